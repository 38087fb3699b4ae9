"""Templates into HTML, with the words and number forms of the visitor's language."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dashboards.board import Board
from dashboards.naming import clock_name, day_name, days_name, moment_name, period_name, short_name, span_name
from dashboards.pages.navigation import groups
from dashboards.pages.spark import spark
from dashboards.pages.visit import Visit, visit_of
from dashboards.texts import TEXTS, pick, say
from metrics.annual import INDICES, printed
from metrics.breaks import sentence
from metrics.civil import civil
from metrics.display import count, percent, shown
from metrics.words import CODES, Text

ENVIRONMENT = Environment(
    loader=PackageLoader("dashboards"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters["remove_none"] = lambda query: {name: value for name, value in query.items() if value is not None}
ENVIRONMENT.globals.update(
    spark=spark,
    count=count,
    percent=percent,
    shown=shown,
    civil=civil,
    sentence=sentence,
    printed=printed,
    navigation=groups,
)


def render(request: Request, name: str, **values: Any) -> HTMLResponse:
    """A whole page. Where a guard stands before it, `user` is who asks, and `nobody` says that it is no one we know."""
    board: Board = request.app.state.board
    visit = visit_of(request)
    user = getattr(request.state, "user", None)
    nobody = hasattr(request.state, "user") and user is None
    html = drawn(
        visit, name, board.now(), **{"user": user, "nobody": nobody, "grafana": board.config.grafana, **values}
    )
    return HTMLResponse(html, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"})


def drawn(visit: Visit, name: str, now: datetime, **values: Any) -> str:
    """A template as this visit sees it."""
    return ENVIRONMENT.get_template(name).render(**words(visit, now), **values)


def words(visit: Visit, now: datetime) -> dict[str, Callable[..., str] | object]:
    lang = visit.lang
    today: date = civil(now).date()
    return {
        "visit": visit,
        "lang": lang,
        "now": civil(now),
        "t": lambda key, **values: say(key, lang, **values),
        "known": lambda key: key in TEXTS,
        "in_words": lambda text: pick(text, lang),
        "code": partial(code_name, visit),
        "index_name": lambda name: pick(INDICES.get(name, Text(name, name)), lang),
        "period_name": lambda period: period_name(period, lang),
        "short_name": short_name,
        "days_name": days_name,
        "day_name": lambda day: day_name(day) if day else "–",
        "moment": moment_name,
        "span": lambda span: span_name(span, lang),
        "clock": lambda at: clock_name(at, today),
    }


def code_name(visit: Visit, field: str, value: str | None) -> str:
    """What a code is called; an unknown one by itself, none at all as unknown."""
    if value is None or value == "?":
        return say("unknown", visit.lang)
    text = CODES.get(field, {}).get(value) or TEXTS.get(f"{field}.{value}") or Text(value, value)
    return pick(text, visit.lang)
