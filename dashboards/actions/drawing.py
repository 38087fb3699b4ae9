"""The course of an action's KPI, drawn as every trend is, with the promise, its date and its target."""

from base64 import b64encode
from datetime import date
from typing import Any

from dashboards.actions.book import Entry
from dashboards.actions.course import Course
from dashboards.charts import DARK, LIGHT, Spec, svg, trend
from dashboards.naming import short_name
from dashboards.texts import Lang
from metrics.period import FORMS_BY_NAME, parse


def image(course: Course, entry: Entry, lang: Lang, *, dark: bool) -> str:
    """A data address, so that the page needs no other request."""
    drawn = svg(spec(course, entry, lang, dark=dark))
    return "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()


def spec(course: Course, entry: Entry, lang: Lang, *, dark: bool) -> Spec:
    colour = (DARK if dark else LIGHT)["soft"]
    drawn = trend(course.readings, course.breaks, lang, dark=dark)
    months = [short_name(each.scope.period) for each in course.readings]
    marked = [month for month in map(_month, (entry.recorded_on, entry.action.due)) if month in months]
    lines = [_rule({"period": month}, "x", "nominal", colour, {"sort": months}) for month in dict.fromkeys(marked)]
    if course.target is not None:
        lines.append(_rule({"value": float(course.target)}, "y", "quantitative", colour, {}))
    return {**drawn, "layer": [*lines, *drawn["layer"]]}


def _rule(value: dict[str, Any], side: str, kind: str, colour: str, more: dict[str, Any]) -> Spec:
    (field,) = value
    return {
        "data": {"values": [value]},
        "mark": {"type": "rule", "color": colour, "strokeDash": [6, 4], "strokeWidth": 1.5},
        "encoding": {side: {"field": field, "type": kind, **more}},
    }


def _month(day: date) -> str:
    return short_name(parse(FORMS_BY_NAME["month"](day)))
