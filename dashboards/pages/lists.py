"""A part of one of the API's lists, asked for by the address of a page: page, API and export have the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from dashboards.api.errors import Wrong
from dashboards.api.given import Asked
from dashboards.api.listed import Cut
from dashboards.api.lists.tables import TABLES
from dashboards.board import Board
from dashboards.pages.shared import SLOW
from dashboards.pages.visit import Visit

ROWS = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """`name` and `query` are what an export of the whole list is asked by; `next` is the cursor of the next part."""

    name: str
    query: dict[str, str]
    asked: Asked
    items: Sequence[BaseModel]
    next: str | None


def listed(board: Board, visit: Visit, name: str, **usual: str) -> Listing:
    """`usual` holds what is asked where the address does not say."""
    table = TABLES[name]
    asked = asked_of(visit, table.asked, usual)
    cursor = visit.get("cursor")
    part = board.read(
        (name, asked, cursor, ROWS), lambda client: table.part(asked, Cut(client, board.now(), cursor, ROWS)), SLOW
    ).value
    return Listing(name, said(asked), asked, part.items, part.next)


def asked_of(visit: Visit, kind: type[Asked], usual: dict[str, str]) -> Any:
    """Wrong where a value is not one that the list takes."""
    given = usual | {name: value for name in kind.model_fields if (value := visit.get(name)) is not None}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise Wrong(str(first["loc"][0]), first["msg"]) from None


def said(asked: Asked) -> dict[str, str]:
    """As the address of an export says it."""
    return {name: str(value) for name, value in asked.model_dump(mode="json", exclude_none=True).items()}
