"""Figures as they were read when a period was closed: kept as the text of their JSON, so that nothing reads anew.

An agency without others below it reads with `--agency` what its row of the list by agency reads, and where it has no
row, what an agency reads that counts nothing. So few figures are kept, and every agency can be asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close, close_of
from dashboards.closing.tree import agencies_then
from dashboards.figures import EVERY, Reading, Scope
from dashboards.store import add, ask
from metrics.catalogue import CATALOGUE, USUAL
from metrics.errors import Misconfigured

COLUMNS = ["close", "agency", "dimension", "place", "figure"]
PROVINCE, WHOLE, NOBODY = "", "", "nobody"

Frozen = Mapping[str, Any]
"""A figure as `nhip kpi --json` printed it."""


def freeze(client: Client, close: UUID, agency: str, dimension: str, readings: Iterable[Reading]) -> None:
    figures = (json.dumps(reading.json(), ensure_ascii=False) for reading in readings)
    rows = [(close, agency, dimension, place, figure) for place, figure in enumerate(figures)]
    if rows:
        add(client, "closed_figure", rows, COLUMNS)


def as_closed(client: Client, scope: Scope) -> Sequence[Frozen]:
    """Refused where the period was not closed; Misconfigured where such a list is never kept."""
    return frozen(client, close_of(client, scope.period), scope)


def of_kept(figures: Iterable[Frozen], family: str | None) -> Iterator[Frozen]:
    """As lists choose: the usual definitions, a family's, or `all`. One that is no more belongs to no family."""
    families = {(each.id, each.version): each.family.id for each in CATALOGUE}
    usual = {(each.id, each.version) for each in USUAL}
    for figure in figures:
        named = figure["kpi"], figure["version"]
        if family == EVERY or (named in usual if family is None else families.get(named) == family):
            yield figure


def frozen(client: Client, close: Close, scope: Scope) -> Sequence[Frozen]:
    """The figures of a scope in the order in which they were read."""
    if scope.agency is None:
        return _kept(client, close, PROVINCE, scope.by or WHOLE)
    listed = _kept(client, close, PROVINCE, "agency")
    if scope.by == "agency":
        below = agencies_then(client, close, scope.agency)
        return [figure for figure in listed if figure["agency"] in below]
    if scope.by is not None:
        raise Misconfigured(
            [f"by: a close keeps lists by {scope.by} of the whole province alone; ask without an agency"]
        )
    own = [figure for figure in listed if figure["agency"] == scope.agency]
    return _kept(client, close, scope.agency, WHOLE) or _alone(
        scope.agency, own, _kept(client, close, PROVINCE, NOBODY)
    )


def _alone(agency: str, own: Sequence[Frozen], nobodys: Sequence[Frozen]) -> Sequence[Frozen]:
    mine = {(figure["kpi"], figure["version"]): figure for figure in own}
    return [mine.get((figure["kpi"], figure["version"]), {**figure, "agency": agency}) for figure in nobodys]


def _kept(client: Client, close: Close, agency: str, dimension: str) -> list[Frozen]:
    rows = ask(
        client,
        "SELECT figure FROM closed_figure WHERE close = {close:UUID} AND agency = {agency:String} "
        "AND dimension = {dimension:String} ORDER BY place",
        close=close.id,
        agency=agency,
        dimension=dimension,
    )
    return [json.loads(figure) for (figure,) in rows]
