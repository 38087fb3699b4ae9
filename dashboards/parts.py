"""A period that crosses a break, in the parts on its two sides: what each of them reads, and why they are two."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clickhouse_connect.driver.client import Client

from dashboards.figures import Reading, Scope, kpi
from metrics.breaks import Break, parts, within
from metrics.kpi import Kpi
from metrics.period import Period


@dataclass(frozen=True, slots=True)
class Part:
    """`breaks` are those that the part begins with; none for the first."""

    reading: Reading
    breaks: tuple[Break, ...]


def in_parts(client: Client, scope: Scope, kpis: Sequence[Kpi]) -> list[Part]:
    """Of the KPIs whose period is made of several parts, part by part; none where nothing breaks it."""
    spans = {each: parts(scope.period, each) for each in kpis if each.dimensions() >= scope.places}
    broken = {each: found for each, found in spans.items() if len(found) > 1}
    read = {
        (reading.kpi, span.first): reading
        for span in dict.fromkeys(span for found in broken.values() for span in found)
        for reading in kpi(
            client, replace(scope, period=span), kpis=[k for k, found in broken.items() if span in found]
        )
    }
    return [Part(read[each, span.first], _before(scope.period, each, span)) for each in broken for span in broken[each]]


def _before(whole: Period, asked: Kpi, span: Period) -> tuple[Break, ...]:
    return tuple(each for each in within(whole.first, whole.last, asked) if each.day == span.first)
