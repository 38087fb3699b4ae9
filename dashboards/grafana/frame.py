"""What every board has around its panels: variables, marks in time, links, the age of the data."""

from collections.abc import Sequence

from dashboards.grafana import lists
from dashboards.grafana.panels import Json, Look, Panel, asked, laid_out, source, stat
from dashboards.texts import Lang, pick
from dashboards.texts.grafana import BOARDS, SAID

SCHEMA = 42
ZONE = "Asia/Ho_Chi_Minh"
TAG = "nhip"
FRESH = 900
"""Seconds after which the age of the data is shown grey."""

MONTH = ("now/M", "now")


def uid(name: str, lang: Lang) -> str:
    """`nhip-wall`, and `nhip-wall-en`."""
    return f"nhip-{name}" + ("" if lang is Lang.VI else f"-{lang}")


def said(key: str, lang: Lang) -> str:
    return pick(SAID[key], lang)


def board(  # noqa: PLR0913 (a board is as much)
    name: str,
    lang: Lang,
    panels: Sequence[Panel],
    *,
    address: str,
    variables: Sequence[Json] = (),
    range_: tuple[str, str] = MONTH,
    refresh: str = "1m",
) -> Json:
    """`address` is nhip's own board, for drill-down."""
    return {
        "uid": uid(name, lang),
        "title": f"nhip – {pick(BOARDS[name], lang)}",
        "tags": [TAG, lang.value],
        "schemaVersion": SCHEMA,
        "editable": False,
        "graphTooltip": 1,
        "timezone": ZONE,
        "weekStart": "monday",
        "time": {"from": range_[0], "to": range_[1]},
        "timepicker": {"refresh_intervals": ["10s", "30s", "1m", "5m", "15m"]},
        "refresh": refresh,
        "links": [_others(lang), _nhip(lang)],
        "templating": {"list": [constant("nhip", address), *variables]},
        "annotations": {"list": [*annotations(lang)]},
        "panels": laid_out(panels),
    }


def _others(lang: Lang) -> Json:
    """The other boards of this language."""
    return {
        "type": "dashboards", "title": "nhip", "tags": [TAG, lang.value], "asDropdown": True, "includeVars": True,
        "keepTime": True, "targetBlank": False, "icon": "external link", "tooltip": "", "url": "",
    }  # fmt: skip


def _nhip(lang: Lang) -> Json:
    return {
        "type": "link", "title": said("open_nhip", lang), "url": "${nhip}/", "tags": [], "asDropdown": False,
        "includeVars": False, "keepTime": False, "targetBlank": True, "icon": "external link", "tooltip": "",
    }  # fmt: skip


def constant(name: str, value: str) -> Json:
    return {
        "type": "constant", "name": name, "query": value, "hide": 2, "skipUrlSync": True,
        "current": {"text": value, "value": value, "selected": False}, "options": [],
    }  # fmt: skip


def choice(name: str, lang: Lang, sql: str) -> Json:
    """One or several of what the store lists, or all; asked when the board is opened."""
    return {
        "type": "query", "name": name, "label": said(name, lang), "datasource": source(),
        "query": {"refId": "A", **asked(sql)}, "definition": sql, "refresh": 1, "regex": "", "sort": 0, "hide": 0,
        "multi": True, "includeAll": True, "options": [], "skipUrlSync": False,
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }  # fmt: skip


def agency(lang: Lang) -> Json:
    return choice("agency", lang, lists.agencies())


def annotations(lang: Lang) -> list[Json]:
    marked = (
        ("thresholds_changed", "orange", lists.thresholds_changed()),
        ("holidays", "#8e8e8e", lists.holidays(lang)),
        ("breaks", "purple", lists.breaks(lang)),
        ("deployments", "blue", lists.deployments()),
    )
    return [
        {
            "name": said(name, lang), "enable": True, "hide": False, "iconColor": colour, "datasource": source(),
            "target": {"refId": "Anno", **asked(sql)},
        }
        for name, colour, sql in marked
    ]  # fmt: skip


def age(lang: Lang, *, w: int = 6, h: int = 5) -> Panel:
    """How old what is shown is; grey where it is no longer live."""
    grey = ((None, "green"), (FRESH, "#6e6e6e"))
    fields = {
        "age": Look(said("age", lang), "s", 0, grey),
        "newest": Look(said("newest", lang), "dateTimeAsLocal"),
    }
    return stat("age", said("age", lang), said("age_means", lang), [lists.age()], fields, w=w, h=h)
