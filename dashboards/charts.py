"""Charts, each declared once: drawn on the server as an image, and in the browser from the same declaration.

A figure that is cut and not rounded must not be drawn as if it were exact: labels are the displayed texts, made here.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from dashboards.figures import Reading
from dashboards.naming import period_name, short_name
from dashboards.texts import Lang, pick, say
from metrics.breaks import Break, sentence
from metrics.unit import Unit

WIDTH, HEIGHT = 900, 220
FONT = "Segoe UI, Roboto, Noto Sans, DejaVu Sans, Arial, sans-serif"

LABEL = "replace(replace(replace(format(datum.value, ',~f'), /,/g, ' '), '.', ','), / /g, '.')"
"""Thousands point and decimal comma on the axis, as everywhere."""

Spec = dict[str, Any]

LIGHT = {"ink": "#15232a", "soft": "#4a5a62", "line": "#d5dcdf", "accent": "#0d6470", "card": "#ffffff"}
DARK = {"ink": "#e9f0f2", "soft": "#a9b8be", "line": "#2b3a41", "accent": "#62c7d2", "card": "#162025"}


ORDER, ROWS = ["@order"], [{"period": "@rows"}]
"""What stands for the names of a chart's periods, and for its data, while it is declared."""


def trend(readings: Sequence[Reading], breaks: Sequence[Sequence[Break]], lang: Lang, *, dark: bool) -> Spec:
    """A KPI over its last periods; the last one may still be running. A period without a value is a gap.

    `breaks` are, of each reading, what lies between it and the one before: no line is drawn over them.
    """
    kpi = readings[0].kpi
    declared = _declared(kpi.unit, pick(kpi.title, lang), lang, dark=dark)
    order = [short_name(reading.scope.period) for reading in readings]
    filled = declared.replace(json.dumps(ORDER), json.dumps(order))
    spec: Spec = json.loads(filled.replace(json.dumps(ROWS), json.dumps(list(_rows(readings, breaks, lang)))))
    return spec


@cache
def _declared(unit: Unit, called: str, lang: Lang, *, dark: bool) -> str:
    """The chart without its data, as JSON: Altair takes fifty milliseconds for what hardly ever differs."""
    colours = DARK if dark else LIGHT
    title = say("number" if unit is Unit.COUNT else "value", lang)
    across = alt.Chart(alt.InlineData(values=ROWS)).encode(
        x=alt.X("period:N", sort=ORDER, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
    )
    base = across.encode(
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(zero=unit is Unit.COUNT, nice=True),
            axis=alt.Axis(labelExpr=LABEL, tickCount=5),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=say("period", lang)),
            alt.Tooltip("display:N", title=title),
            alt.Tooltip("counts:N", title=called),
        ],
    )
    line = base.mark_line(color=colours["accent"], strokeWidth=2.5).encode(detail="part:N")
    cut = across.mark_rule(aria=False, color=colours["soft"], strokeDash=[2, 4], xOffset=-14).encode(tooltip="broken:N")
    cuts = cut.transform_filter("datum.broken != ''")
    points = base.mark_point(color=colours["accent"], fill=colours["card"], size=60, opacity=1, strokeWidth=2)
    label: dict[str, Any] = {"dy": -14, "fontSize": 12, "opacity": alt.expr("width < 480 ? 0 : 1")}
    halo = base.mark_text(**label, stroke=colours["card"], strokeWidth=4).encode(text="display:N")
    labels = base.mark_text(**label, color=colours["ink"]).encode(text="display:N")
    chart = (cuts + line + halo + points + labels).properties(
        width="container", height=HEIGHT, background="transparent"
    )
    return json.dumps(chart.configure(**config(colours)).to_dict())


def svg(spec: Spec) -> str:
    """Drawn without a browser, so of a fixed width."""
    return str(vl_convert.vegalite_to_svg({**spec, "width": WIDTH}))


def bundle() -> str:
    """Vega for the browser, as a module that sets `vegaEmbed`."""
    return str(vl_convert.javascript_bundle(None))  # type: ignore[arg-type]  # None is its usual ending


def _rows(readings: Sequence[Reading], breaks: Sequence[Sequence[Break]], lang: Lang) -> Iterator[dict[str, Any]]:
    part = 0
    for reading, found in zip(readings, breaks, strict=True):
        part += bool(found)
        yield {**_row(reading, lang), "part": part, "broken": pick(sentence(found), lang) if found else ""}


def _row(reading: Reading, lang: Lang) -> dict[str, Any]:
    value = reading.value
    return {
        "period": short_name(reading.scope.period),
        "name": period_name(reading.scope.period, lang),
        "value": value * 100 if value is not None and reading.kpi.unit is Unit.PERCENT else value,
        "display": reading.display,
        "counts": _counts(reading),
    }


def _counts(reading: Reading) -> str:
    whole = "" if reading.denominator is None else f" / {reading.denominator}"
    return f"{reading.numerator}{whole}"


def config(colours: dict[str, str]) -> Spec:
    axis = {
        "labelColor": colours["soft"],
        "domainColor": colours["line"],
        "tickColor": colours["line"],
        "gridColor": colours["line"],
        "labelFontSize": 12,
    }
    return {"font": FONT, "axis": axis, "view": alt.ViewConfig(stroke=None)}
