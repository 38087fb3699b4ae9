"""The pages there are: address, template, and what is in it. Routes and live streams draw from this one list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.routing import compile_path

from dashboards.board import Board
from dashboards.pages import (
    agencies,
    calendar,
    definitions,
    dossiers,
    figure,
    indices,
    national,
    overview,
    portal,
    quality,
    restatements,
    services,
    wall,
)
from dashboards.pages.visit import Pairs, Visit


@dataclass(frozen=True, slots=True)
class View:
    """`live/<template>` is the part that changes; a page around it carries the same values."""

    path: str
    template: str
    values: Callable[[Board, Visit], Mapping[str, Any]]
    live: bool = True


VIEWS = (
    View("/", "overview.html", overview.values),
    View("/wall", "wall.html", wall.values),
    View("/agencies", "agencies.html", agencies.league_values),
    View("/agencies/{code:path}", "agency.html", agencies.agency_values),
    View("/services", "services.html", services.values),
    View("/kpi/{kpi}", "kpi.html", figure.values),
    View("/kpi/{kpi}/dossiers", "behind.html", dossiers.behind_values, live=False),
    View("/dossiers/{code:path}", "dossier.html", dossiers.one_values, live=False),
    View("/definitions", "definitions.html", definitions.values, live=False),
    View("/compare", "compare.html", definitions.compared, live=False),
    View("/late", "late.html", dossiers.late_values),
    View("/calendar", "calendar.html", calendar.values),
    View("/indices", "indices.html", indices.values),
    View("/portal", "portal.html", portal.values),
    View("/restatements", "restatements.html", restatements.values, live=False),
    View("/national", "national.html", national.values, live=False),
    View("/quality", "quality.html", quality.values),
    View("/tra-cuu", "lookup.html", dossiers.lookup_values, live=False),
)


def named(view: View, path: str) -> Pairs | None:
    """What the path names, such as an agency's code, if it is one of this view."""
    pattern, _, _ = compile_path(view.path)
    found = pattern.match(path)
    return None if found is None else tuple(found.groupdict().items())
