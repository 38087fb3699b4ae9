"""Services of the catalogue: which had dossiers in the period, and which lie silent."""

from typing import Any

from dashboards.api.lists.services import ServicesAsked
from dashboards.board import Board
from dashboards.pages import inputs
from dashboards.pages.lists import asked_of, said
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW, data_at, known_agencies
from dashboards.pages.sorting import ordered, sort_of
from dashboards.pages.visit import Visit
from dashboards.services import KINDS, choices, services

ROWS = 100
COLUMNS = {
    "procedure": lambda service: service.procedure,
    "name": lambda service: service.name,
    "field": lambda service: service.field_name,
    "authority": lambda service: service.authority,
    "level": lambda service: service.level,
    "received": lambda service: service.received,
    "received_online": lambda service: service.received_online,
    "valid_from": lambda service: service.valid_from,
}


def values(board: Board, visit: Visit) -> dict[str, Any]:
    period = inputs.period(board, visit)
    asked = asked_of(visit, ServicesAsked, {"period": period.name})
    every = board.read(
        ("services", period, asked.agency), lambda client: services(client, period, asked.agency), SLOW
    ).value
    find = (visit.get("find") or "").casefold()
    keeps = asked.filter().keeps
    found = [each for each in every if keeps(each) and find in f"{each.name or ''} {each.procedure}".casefold()]
    sort = sort_of(visit, COLUMNS, "-received")
    page = inputs.number(visit, "page", 1, len(every) // ROWS + 1, 1)
    return {
        "bar": period_bar(board, period),
        "agencies": known_agencies(board, period),
        "all": len(every),
        "silent": sum(not each.used for each in every),
        "found": len(found),
        "rows": ordered(found, COLUMNS, sort)[ROWS * (page - 1) : ROWS * page],
        "more": len(found) > ROWS * page,
        "page": page,
        "sort": sort,
        "choices": choices(every),
        "kinds": KINDS,
        "asked": asked,
        "query": said(asked),
        "data_at": data_at(board),
    }
