"""The pages there are: address, template, and what is in it. Routes and live streams draw from this one list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.routing import compile_path

from dashboards.board import Board
from dashboards.pages import overview, wall
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
)


def named(view: View, path: str) -> Pairs | None:
    """What the path names, such as an agency's code, if it is one of this view."""
    pattern, _, _ = compile_path(view.path)
    found = pattern.match(path)
    return None if found is None else tuple(found.groupdict().items())
