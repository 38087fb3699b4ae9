"""Several boards in turn on one screen: `?boards=wall,agencies&seconds=20`."""

from dataclasses import dataclass

from dashboards.api.errors import Wrong
from dashboards.pages import inputs
from dashboards.pages.visit import Visit

BOARDS = {
    "wall": "/wall",
    "overview": "/",
    "agencies": "/agencies",
    "services": "/services",
    "late": "/late",
    "quality": "/quality",
}
SECONDS = 20


@dataclass(frozen=True, slots=True)
class Rotation:
    """The address to go on to, and after how many seconds."""

    next: str
    seconds: int


def rotation(visit: Visit) -> Rotation | None:
    """None where no boards are named. A page that is not among them goes on to the first."""
    given = visit.get("boards")
    if given is None:
        return None
    names = given.split(",")
    if not set(names) <= BOARDS.keys():
        raise Wrong("boards", f"write some of {','.join(BOARDS)}")
    paths = [BOARDS[name] for name in names]
    following = paths[(paths.index(visit.path) + 1) % len(paths)] if visit.path in paths else paths[0]
    return Rotation(visit.link(following), inputs.number(visit, "seconds", 5, 3600, SECONDS))
