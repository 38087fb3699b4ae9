"""What a visitor finds within one click: pages in groups. A new page gets its place here."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.pages.visit import Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` is a key of the texts; `beside` are other pages that belong to it; with `dated` the period goes along."""

    path: str
    name: str
    beside: tuple[str, ...] = ()
    dated: bool = True

    def link(self, visit: Visit) -> str:
        return visit.to(self.path) if self.dated else self.path

    def holds(self, path: str) -> bool:
        """Whether the page is this one or below it."""
        mine = (self.path, *self.beside)
        return path in mine or any(page != "/" and path.startswith(f"{page}/") for page in mine)


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    entries: tuple[Entry, ...]


PUBLIC = Entry("/tra-cuu", "lookup", dated=False)

GROUPS = (
    Group(
        "nav_figures",
        (
            Entry("/", "overview"),
            Entry("/agencies", "agencies"),
            Entry("/services", "services"),
            Entry("/portal", "portal"),
            Entry("/indices", "indices"),
            Entry("/wall", "wall"),
        ),
    ),
    Group(
        "nav_work",
        (
            Entry("/late", "late", dated=False),
            Entry("/alerts", "alerts", dated=False),
            Entry("/actions", "actions", dated=False),
            Entry("/digest", "digest", dated=False),
            PUBLIC,
        ),
    ),
    Group(
        "nav_trust",
        (
            Entry("/definitions", "definitions", beside=("/compare", "/kpi")),
            Entry("/quality", "quality", beside=("/restatements",)),
            Entry("/national", "national"),
            Entry("/calendar", "calendar"),
        ),
    ),
)


def groups(*, nobody: bool) -> Iterator[Group]:
    """Who is not logged in finds what is for everybody."""
    yield from [Group("nav_work", (PUBLIC,))] if nobody else GROUPS
