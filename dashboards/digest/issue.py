"""An issue of a digest: the letter as it is sent, and the figures that it prints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from dashboards.digest.letter import letter
from dashboards.digest.model import Digest
from dashboards.digest.sections import document
from dashboards.figures import Reading
from metrics.display import count
from metrics.period import Period

Printed = Mapping[str, Any]
"""`figures` as their JSON has them, and the numbers of the `flow`."""

FLOW = {"received": "tiếp nhận", "resolved": "đã giải quyết", "open": "đang giải quyết", "overdue": "quá hạn chưa xong"}
NUMBERS = ("numerator", "denominator", "value")
ASKED_FOR = "Phát hành lại theo yêu cầu; số liệu không thay đổi."


@dataclass(frozen=True, slots=True)
class Issue:
    """`revision` 1 is the first of its period and place; `changes` say why another one followed."""

    period: Period
    agency: str | None
    revision: int
    made_at: datetime
    subject: str
    changes: tuple[str, ...]
    printed: Printed
    mail: bytes

    @property
    def key(self) -> str:
        """Names it for ever."""
        return f"{self.period.name}/{quote(self.agency or '*', safe='')}/{self.revision}"


def issue(digest: Digest, before: Issue | None, link: str) -> Issue:
    """The first, or the one that takes the place of `before` and says what has changed."""
    printed = _printed(digest)
    changes = () if before is None else (tuple(changed(before.printed, printed, digest)) or (ASKED_FOR,))
    whole = document(digest, link, changes)
    revision = 1 if before is None else before.revision + 1
    mail = letter(whole, digest.period.name)
    return Issue(digest.period, digest.agency, revision, digest.made_at, whole.subject, changes, printed, mail)


def differs(before: Issue, digest: Digest) -> bool:
    """Whether the figures are no longer those that were sent."""
    return any(changed(before.printed, _printed(digest), digest))


def changed(was: Printed, now: Printed, digest: Digest) -> Iterator[str]:
    """A line for each number that is not what it was."""
    titles = {figure.kpi.id: figure.kpi.title.vi for figure in digest.figures}
    then = figures(was)
    for figure in now["figures"]:
        before = then.get((figure["kpi"], figure["version"]))
        if before is not None and any(before[name] != figure[name] for name in NUMBERS):
            yield f"{titles[figure['kpi']]}: đã gửi {_said(before)}, nay {_said(figure)}."
    for name, title in FLOW.items():
        if was["flow"].get(name) != now["flow"][name]:
            yield f"Hồ sơ {title}: đã gửi {count(was['flow'].get(name))}, nay {count(now['flow'][name])}."


def figures(printed: Printed) -> dict[tuple[str, int], Mapping[str, Any]]:
    """By id and version of the definition."""
    return {(each["kpi"], each["version"]): each for each in printed.get("figures", ())}


def _said(figure: Mapping[str, Any]) -> str:
    part, whole = figure["numerator"], figure["denominator"]
    return figure["display"] if whole is None else f"{figure['display']} ({count(part)}/{count(whole)})"


def _printed(digest: Digest) -> Printed:
    shown: Sequence[Reading] = [figure.now for figure in digest.figures]
    return {"figures": [one.json() for one in shown], "flow": asdict(digest.flow)}
