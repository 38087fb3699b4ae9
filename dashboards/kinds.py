"""Which services are of a kind, such as online ones, from which day to which: as the whole catalogue says it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.question import spans
from dashboards.store import ask
from metrics.predicate import Predicate

FIRST_EVER, LAST_EVER = date(1900, 1, 1), date(2299, 12, 31)
"""The store's calendar."""

Span = tuple[str, date, date]
"""A service, and the first and the last day on which one version of it was such."""


def of_kind(client: Client, services: Predicate) -> list[Span]:
    """Of all times, so that every period asks the same and is answered from what is known."""
    rows = ask(client, spans(services), first=FIRST_EVER, last=LAST_EVER)
    return [(code, begun, ended) for code, begun, ended in rows]


def on(found: Sequence[Span], day: date) -> list[str]:
    """Those that were such services on that day."""
    return [code for code, begun, ended in found if begun <= day <= ended]


@dataclass(frozen=True, slots=True)
class Held:
    """The services of a kind in a period: such on all its days, or on some. `place` tells several kinds apart."""

    place: int
    steady: frozenset[str]
    changing: tuple[Span, ...]

    @property
    def perhaps(self) -> "Held":
        """All of them as if they were such on all days: a shorter condition, that holds for more."""
        return Held(self.place, self.steady.union(code for code, *_ in self.changing), ())

    def has(self, service: str | None, day: date) -> bool:
        return service in self.steady or service in on(self.changing, day)

    @property
    def parameters(self) -> dict[str, Any]:
        """The many are one text, which the store splits sooner than it reads a list of texts."""
        between = next(char for char in map(chr, count(ord(","))) if not any(char in code for code in self.steady))
        given: dict[str, Any] = {
            f"steady{self.place}": between.join(sorted(self.steady)),
            f"between{self.place}": between,
        }
        if self.changing:
            codes, begun, ended = map(list, zip(*self.changing, strict=True))
            given |= {f"changing{self.place}": codes, f"begun{self.place}": begun, f"ended{self.place}": ended}
        return given

    def on_day(self, service: str, day: str) -> str:
        """A condition on columns of services and days."""
        split = f"splitByString({{between{self.place}:String}}, {{steady{self.place}:String}})"
        throughout = f"{service} IN ({split})" if self.steady else "0"
        if not self.changing:
            return f"ifNull({throughout}, 0)"
        codes = f"{{changing{self.place}:Array(String)}}"
        spans = f"{{begun{self.place}:Array(Date32)}}, {{ended{self.place}:Array(Date32)}}"
        within = f"code = {service} AND begun <= {day} AND {day} <= ended"
        some = f"arrayExists((code, begun, ended) -> {within}, {codes}, {spans})"
        return f"ifNull({throughout} OR ({service} IN {codes} AND {some}), 0)"


Kinds = Mapping[Predicate, Held]
"""The services of each kind, in one period."""


def kinds_in(client: Client, asked: Iterable[Predicate], first: date, last: date) -> Kinds:
    return {each: held(of_kind(client, each), place, first, last) for place, each in enumerate(asked)}


def parameters_of(kinds: Iterable[Held]) -> dict[str, Any]:
    """Of all of them, as a question with their conditions needs them."""
    return {name: value for kind in kinds for name, value in kind.parameters.items()}


def held(found: Sequence[Span], place: int, first: date, last: date) -> Held:
    """From what `of_kind` says, in a period."""
    within = [span for span in found if span[1] <= last and first <= span[2]]
    throughout = [span for span in within if span[1] <= first and last <= span[2]]
    return Held(place, frozenset(code for code, *_ in throughout), tuple(sorted({*within} - {*throughout})))
