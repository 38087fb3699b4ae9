"""Panels as plain dictionaries: what each looks like, and nothing of what it asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

SOURCE_TYPE, SOURCE_UID, PLUGIN = "grafana-clickhouse-datasource", "nhip-clickhouse", "4.20.0"
NOTHING = "—"
WIDE = 24

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """`key` names it for ever: its number follows from it. `w`, `h`: in units of the grid of 24 columns."""

    key: str
    w: int
    h: int
    body: Json

    @property
    def id(self) -> int:
        """Alert rules and links point at it, so it does not move when another panel comes before it."""
        return crc32(self.key.encode()) % 1_000_000 + 1


@dataclass(frozen=True, slots=True)
class Look:
    """How a field is shown. `steps`: colours from which value on; `texts`: words and colours of single values."""

    name: str | None = None
    unit: str = "none"
    decimals: int | None = None
    steps: Sequence[tuple[float | None, str]] = ((None, "text"),)
    texts: Mapping[str, tuple[str, str]] | None = None
    link: tuple[str, str] | None = None

    def config(self) -> Json:
        said: Json = {
            "unit": self.unit,
            "noValue": NOTHING,
            "mappings": [_mapping(self.texts)] if self.texts else [],
            "thresholds": {
                "mode": "absolute",
                "steps": [{"color": colour, "value": value} for value, colour in self.steps],
            },
        }
        said |= {"decimals": self.decimals} if self.decimals is not None else {}
        said |= {"displayName": self.name} if self.name else {}
        return said | ({"links": [_link(*self.link)]} if self.link else {})

    def override(self, field: str) -> Json:
        plain = Look().config()
        changed = {name: value for name, value in self.config().items() if plain.get(name) != value}
        properties = [{"id": name, "value": value} for name, value in changed.items()]
        return {"matcher": {"id": "byName", "options": field}, "properties": properties}


def _mapping(texts: Mapping[str, tuple[str, str]]) -> Json:
    options = {
        value: {"text": text, "color": colour, "index": place}
        for place, (value, (text, colour)) in enumerate(texts.items())
    }
    return {"type": "value", "options": options}


def _link(title: str, url: str) -> Json:
    return {"title": title, "url": url, "targetBlank": True}


def source() -> Json:
    return {"type": SOURCE_TYPE, "uid": SOURCE_UID}


def target(sql: str, ref: str = "A", *, series: bool = False) -> Json:
    return {"refId": ref, "datasource": source(), **asked(sql, series=series)}


def asked(sql: str, *, series: bool = False) -> Json:
    """The part of a target that the plugin reads; `format` is what its backend goes by."""
    kind = {"queryType": "timeseries", "format": 0} if series else {"queryType": "table", "format": 1}
    return {"pluginVersion": PLUGIN, "editorType": "sql", **kind, "rawSql": sql}


def stat(  # noqa: PLR0913 (what a panel is)
    key: str, title: str, means: str, asked_of: Sequence[str], fields: Mapping[str, Look], *, w: int = 6, h: int = 5
) -> Panel:
    """Large numbers: the fields of one row."""
    options = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "/.*/", "values": False},
        "colorMode": "background_solid"
        if any(look.texts or len(look.steps) > 1 for look in fields.values())
        else "none",
        "graphMode": "none",
        "justifyMode": "auto",
        "orientation": "auto",
        "textMode": "value_and_name" if len(fields) > 1 else "value",
        "wideLayout": True,
        "showPercentChange": False,
    }
    return _panel("stat", key, (title, means), asked_of, fields, options, w=w, h=h)


def course(  # noqa: PLR0913 (what a panel is)
    key: str, title: str, means: str, sql: str, look: Look, *, w: int = 12, h: int = 8
) -> Panel:
    """A line over time."""
    options = {
        "legend": {"showLegend": True, "displayMode": "list", "placement": "bottom", "calcs": []},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    made = _panel("timeseries", key, (title, means), (sql,), {}, options, series=True, w=w, h=h)
    line = {"drawStyle": "line", "lineWidth": 2, "fillOpacity": 0, "showPoints": "auto", "spanNulls": False}
    made.body["fieldConfig"]["defaults"] = look.config() | {"custom": line}
    return made


def table(  # noqa: PLR0913 (what a panel is)
    key: str, title: str, means: str, sql: str, fields: Mapping[str, Look], *, w: int = 24, h: int = 10
) -> Panel:
    return _panel("table", key, (title, means), (sql,), fields, {"showHeader": True, "cellHeight": "sm"}, w=w, h=h)


def _panel(  # noqa: PLR0913, PLR0917 (what every kind has)
    kind: str,
    key: str,
    said: tuple[str, str],
    asked_of: Sequence[str],
    fields: Mapping[str, Look],
    options: Json,
    *,
    series: bool = False,
    w: int = 6,
    h: int = 5,
) -> Panel:
    body = {
        "type": kind,
        "title": said[0],
        "description": said[1],
        "datasource": source(),
        "targets": [target(sql, chr(ord("A") + place), series=series) for place, sql in enumerate(asked_of)],
        "fieldConfig": {
            "defaults": Look().config(),
            "overrides": [look.override(field) for field, look in fields.items()],
        },
        "options": options,
    }
    return Panel(key, w, h, body)


def row(key: str, title: str, panels: Sequence[Panel]) -> Panel:
    """Closed until somebody opens it: what is in it is asked only then."""
    return Panel(key, WIDE, 1, {"type": "row", "title": title, "collapsed": True, "panels": list(panels)})


def laid_out(panels: Sequence[Panel], top: int = 0) -> list[Json]:
    """From left to right, then down; a new line begins where one does not fit."""
    made: list[Json] = []
    x, y, height = 0, top, 0
    for panel in panels:
        if x + panel.w > WIDE:
            x, y, height = 0, y + height, 0
        made.append(_placed(panel, x, y))
        x, height = x + panel.w, max(height, panel.h)
    return made


def _placed(panel: Panel, x: int, y: int) -> Json:
    inner = panel.body.get("panels")
    body = panel.body if inner is None else panel.body | {"panels": laid_out(inner, y + 1)}
    return {"id": panel.id, "gridPos": {"x": x, "y": y, "w": panel.w, "h": panel.h}, **body}
