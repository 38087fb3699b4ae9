"""A threshold from the words of a command or a form. Every problem is named, in both languages."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from metrics.alerting.refusal import unknown
from metrics.alerting.subject import SUBJECTS, Subject
from metrics.alerting.threshold import NOW, Direction, Measured, Threshold
from metrics.unit import Unit
from metrics.words import Text

NUMBER = re.compile(r"\d{1,9}([.,]\d{1,4})?")
WHOLE = re.compile(r"\d{1,9}")

LIMITS: Mapping[str, tuple[Measured, Direction, int]] = {
    "below": (Measured.VALUE, Direction.BELOW, 1),
    "above": (Measured.VALUE, Direction.ABOVE, 1),
    "drop": (Measured.CHANGE, Direction.BELOW, -1),
    "rise": (Measured.CHANGE, Direction.ABOVE, 1),
}
"""How a limit is said, what it is of, and with which sign: a drop of 10 is a change below −10."""

Said = Mapping[str, str]
USUAL = Threshold("", 0, Direction.BELOW, Decimal(0))


def threshold(said: Said) -> tuple[Threshold | None, tuple[Text, ...]]:
    """`kpi`, one of LIMITS, and perhaps warn, agency, tier, over, least, for, calm, back, office-hours, to.

    Either a threshold or what is wrong with the words; whether it makes sense is for `refusals`.
    """
    reading = Reading({name: value.strip() for name, value in said.items() if value.strip()})
    found = reading.threshold()
    return (None, tuple(reading.problems)) if reading.problems else (found, ())


def words(given: Threshold) -> dict[str, str]:
    """The words that say it: what `threshold` reads back."""
    limit, sign = next(
        (name, sign) for name, (*how, sign) in LIMITS.items() if how == [given.measured, given.direction]
    )
    numbers = {limit: sign * given.act, "back": given.back} | (
        {} if given.warn is None else {"warn": sign * given.warn}
    )
    minutes = {"for": given.hold, "calm": given.calm}
    said = {
        "kpi": given.subject,
        **{name: f"{number.normalize():f}" for name, number in numbers.items()},
        "agency": given.agency or "",
        "tier": given.tier or "",
        "over": given.over,
        "least": str(given.least),
        **{name: str(span // timedelta(minutes=1)) for name, span in minutes.items()},
        "office-hours": "yes" if given.open_only else "",
        "to": ",".join(given.recipients),
    }
    return {name: value for name, value in said.items() if value}


class Reading:
    """Words being read; problems gather."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self.problems: list[Text] = []

    def threshold(self) -> Threshold | None:
        about, limits = SUBJECTS.get(self._said.get("kpi", "")), [name for name in LIMITS if name in self._said]
        if about is None:
            self.problems.append(unknown(self._said.get("kpi", "?")))
        if len(limits) != 1:
            self.problems.append(
                Text(
                    "cần đúng một giới hạn: dưới, trên, giảm hoặc tăng", "give one of --below, --above, --drop, --rise"
                )
            )
        return None if self.problems or about is None else self._of(about, limits[0])

    def _of(self, about: Subject, limit: str) -> Threshold:
        measured, direction, sign = LIMITS[limit]
        warn = self._number("warn", about.unit) if "warn" in self._said else None
        usual_over = USUAL.over if about.kpi else NOW
        return Threshold(
            about.id,
            about.version,
            direction,
            sign * self._number(limit, about.unit),
            None if warn is None else sign * warn,
            measured,
            self._said.get("over", usual_over if measured is Measured.VALUE else "day"),
            self._said.get("agency"),
            self._said.get("tier"),
            self._whole("least", USUAL.least),
            self._minutes("for", USUAL.hold),
            self._minutes("calm", USUAL.calm),
            self._number("back", about.unit) if "back" in self._said else USUAL.back,
            "office-hours" in self._said,
            tuple(self._names("to")),
        )

    def _number(self, name: str, unit: Unit) -> Decimal:
        """`49,5` or `49.5`, with % if it likes. A count has no fraction: 1.547 would be anybody's guess."""
        text = self._said[name]
        plain = text.removesuffix("%").strip() if unit is Unit.PERCENT else text
        if not NUMBER.fullmatch(plain):
            self.problems.append(
                Text(f"{name}: ghi một số như 95,5 hoặc 95.5", f"--{name}: write a number such as 95,5 or 95.5")
            )
            return Decimal(0)
        if unit is Unit.COUNT and not WHOLE.fullmatch(plain):
            self.problems.append(
                Text(f"{name}: số nguyên, không có dấu phân cách", f"--{name}: a whole number, without separators")
            )
        return Decimal(plain.replace(",", "."))

    def _whole(self, name: str, usual: int) -> int:
        text = self._said.get(name, str(usual))
        if not WHOLE.fullmatch(text):
            self.problems.append(Text(f"{name}: ghi một số nguyên không âm", f"--{name}: write a whole number"))
            return usual
        return int(text)

    def _minutes(self, name: str, usual: timedelta) -> timedelta:
        return timedelta(minutes=min(self._whole(name, usual // timedelta(minutes=1)), 1_000_000))

    def _names(self, name: str) -> Iterator[str]:
        yield from dict.fromkeys(one.strip() for one in self._said.get(name, "").split(",") if one.strip())
