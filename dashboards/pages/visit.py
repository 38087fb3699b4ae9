"""What a visitor asks for and how they want to see it: path, query, language and theme. Equal visits see the same."""

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.requests import Request

from dashboards.texts import Lang

LONGEST = 200


class Theme(StrEnum):
    """AUTO follows the visitor's machine."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """`named` are the values in the path, such as an agency's code; `query` has each name once, the last one."""

    path: str
    query: Pairs = ()
    named: Pairs = ()
    lang: Lang = Lang.VI
    theme: Theme = Theme.AUTO

    def having(self, named: Pairs) -> "Visit":
        """With what its path names."""
        return replace(self, named=named)

    def get(self, name: str) -> str | None:
        """A value of the path or the query; an empty one is none at all."""
        return dict(self.query).get(name) or dict(self.named).get(name) or None

    def link(self, path: str | None = None, **changes: object) -> str:
        """The same page, or another path, with some parameters changed; None takes one away. A cursor never travels."""
        kept = {name: value for name, value in self.query if name != "cursor"}
        given = {name.rstrip("_"): value for name, value in changes.items()}
        return address(path or self.path, {**kept, **given})

    def to(self, path: str, **query: object) -> str:
        """Another page with these parameters alone, and the period that is looked at."""
        return address(path, {"period": self.get("period"), **query})


def address(path: str, query: dict[str, object]) -> str:
    pairs = [(name, str(value)) for name, value in query.items() if value is not None]
    return quote(path) + (f"?{urlencode(pairs)}" if pairs else "")


def pairs(query: str) -> Pairs:
    return tuple({name: value[:LONGEST] for name, value in parse_qsl(query)[:50]}.items())


def visit_of(request: Request) -> Visit:
    return Visit(
        path=request.url.path,
        query=pairs(request.url.query),
        named=tuple((name, str(value)) for name, value in request.path_params.items()),
        lang=request.state.lang,
        theme=request.state.theme,
    )


LOOKS = frozenset({"theme", "boards", "seconds"})


def live_visit(page: str, lang: Lang) -> Visit:
    """From an address within this site, without what makes no difference to the part that changes."""
    path, _, query = page.partition("?")
    asked = tuple(pair for pair in pairs(query) if pair[0] not in LOOKS)
    spoken = dict(asked).get("lang")
    return Visit(unquote(path), asked, lang=Lang(spoken) if spoken in set(Lang) else lang)
