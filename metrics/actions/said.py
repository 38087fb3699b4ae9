"""An action from the words of a command, a form or a line of a list. Every problem is named, in both languages."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from metrics.actions.action import Action, Origin
from metrics.actions.names import ORIGINS
from metrics.alerting.subject import SUBJECTS
from metrics.personal import personal
from metrics.typed import day_of
from metrics.unit import Unit
from metrics.words import Text

NUMBER = re.compile(r"\d{1,9}([.,]\d{1,4})?")
LONGEST: Mapping[str, int] = {"owner": 120, "text": 1000, "origin_name": 200, "result": 1000}
MISSING: Mapping[str, Text] = {
    "agency": Text("thiếu đơn vị", "agency is missing"),
    "owner": Text("thiếu chức danh phụ trách", "owner is missing: the post that answers for it, such as Giám đốc"),
    "due": Text("thiếu hạn", "due is missing"),
    "text": Text("thiếu nội dung cam kết", "text is missing: what is promised"),
}
CALLED: Mapping[str, Origin] = {name: each for each in Origin for name in (each.value, ORIGINS[each].vi)}
DATES = Text("hạn và ngày xong viết như 2025-07-01 hoặc 1/7/2025", "write a date as 2025-07-01 or 1/7/2025")


UNCHANGING = Text(
    "đơn vị, nội dung và nguồn gốc giữ nguyên; hãy bỏ việc này và ghi việc khác",
    "agency, text and origin stay as they are; withdraw it and record another one",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What an action is held against: codes of agencies, groups of recipients."""

    agencies: Collection[str]
    recipients: Collection[str]


def action(said: Mapping[str, str], known: Known) -> tuple[Action | None, tuple[Text, ...]]:
    """`agency`, `owner`, `due`, `text`, and perhaps `origin`, `origin_name`, `kpi`, `target`, `to`, `done`, `result`.

    Either an action or everything that is wrong with the words.
    """
    given = {name: " ".join(value.split()) for name, value in said.items() if value.strip()}
    problems = tuple(_problems(given, known))
    return (None, problems) if problems else (_action(given), ())


def revised(before: Action, changes: Mapping[str, str], known: Known) -> tuple[Action | None, tuple[Text, ...]]:
    """The action with some words changed; what it named already need not be known any more."""
    still = Known({*known.agencies, before.agency}, {*known.recipients, *before.recipients})
    found, problems = action(words(before) | dict(changes), still)
    if found is not None and found.id != before.id:
        found, problems = None, (UNCHANGING,)
    return (None, problems) if found is None else (replace(found, withdrawn=before.withdrawn), ())


def _action(given: Mapping[str, str]) -> Action:
    return Action(
        given["agency"],
        given["owner"],
        day_of(given["due"]) or date.min,  # _problems has seen to it
        given["text"],
        CALLED[given.get("origin", Origin.OTHER).casefold()],
        given.get("origin_name", ""),
        given.get("kpi"),
        Decimal(_plain(given["target"])) if "target" in given else None,
        _names(given),
        day_of(given["done"]) if "done" in given else None,
        given.get("result", ""),
    )


def words(found: Action) -> dict[str, str]:
    """The words that say it: what `action` reads back."""
    said = {
        "agency": found.agency,
        "owner": found.owner,
        "due": found.due.isoformat(),
        "text": found.text,
        "origin": found.origin.value,
        "origin_name": found.origin_name,
        "kpi": found.kpi or "",
        "target": "" if found.target is None else f"{found.target:f}",
        "to": ",".join(found.recipients),
        "done": found.done.isoformat() if found.done else "",
        "result": found.result,
    }
    return {name: value for name, value in said.items() if value}


def _problems(given: Mapping[str, str], known: Known) -> Iterator[Text]:
    yield from (problem for name, problem in MISSING.items() if name not in given)
    yield from _texts(given)
    if "agency" in given and given["agency"] not in known.agencies:
        code = given["agency"]
        yield Text(f"không có đơn vị {code} trong danh mục", f"{code}: no such agency in the catalogue")
    if any(name in given and day_of(given[name]) is None for name in ("due", "done")):
        yield DATES
    if given.get("origin", Origin.OTHER).casefold() not in CALLED:
        names = ", ".join(each.vi for each in ORIGINS.values())
        yield Text(f"nguồn gốc là một trong: {names}", f"origin: one of {', '.join(Origin)}")
    yield from _aim(given)
    for name in _names(given):
        if name not in known.recipients:
            yield Text(f"không có nhóm nhận {name}", f"{name}: no such group of recipients (NHIP_ALERT_RECIPIENTS)")


def _texts(given: Mapping[str, str]) -> Iterator[Text]:
    """People are named by their post: what is kept here is seen by many."""
    for name, most in LONGEST.items():
        text = given.get(name, "")
        if len(text) > most:
            yield Text(f"{name}: dài quá {most} ký tự", f"{name}: longer than {most} characters")
        for kind in personal(text):
            yield Text(
                f"{name}: có {kind.vi}; chỉ ghi chức danh, không ghi người",
                f"{name}: holds {kind.en}; write the post, never a person",
            )


def _aim(given: Mapping[str, str]) -> Iterator[Text]:
    about = SUBJECTS.get(given.get("kpi", ""))
    if "kpi" in given and (about is None or about.kpi is None):
        kpi = given["kpi"]
        yield Text(f"không có chỉ số {kpi}", f"{kpi}: no such KPI; `nhip catalogue` lists them")
    if "target" not in given:
        return
    if "kpi" not in given:
        yield Text("chỉ tiêu cần đi với chỉ số", "a target needs a KPI")
    if not NUMBER.fullmatch(_plain(given["target"])):
        yield Text("chỉ tiêu: ghi một số như 95,5", "target: write a number such as 95,5")
    elif about is not None and about.unit is Unit.PERCENT and Decimal(_plain(given["target"])) > Decimal(100):
        yield Text("chỉ tiêu của một tỷ lệ phải từ 0 đến 100 %", "the target of a rate has to be from 0 to 100 %")


def _plain(number: str) -> str:
    return number.removesuffix("%").strip().replace(",", ".")


def _names(given: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in given.get("to", "").split(",") if one.strip()))
