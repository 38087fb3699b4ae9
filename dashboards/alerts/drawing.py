"""A threshold drawn on the course of its KPI: the days, the limits, and where it would have fired."""

from base64 import b64encode
from typing import Any

import altair as alt

from dashboards.alerts.preview import Course, Preview
from dashboards.charts import DARK, FONT, HEIGHT, LABEL, LIGHT, Spec, svg
from dashboards.naming import day_name
from metrics.alerting.threshold import Level, Threshold

ACT = {False: "#a92f1f", True: "#ff9280"}
WARN = {False: "#825200", True: "#f0bf62"}


def image(preview: Preview, course: Course, *, dark: bool) -> str:
    """A data address, so that the page needs no other request."""
    drawn = svg(spec(preview.threshold, course, dark=dark))
    return "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()


def spec(threshold: Threshold, course: Course, *, dark: bool) -> Spec:
    colours = DARK if dark else LIGHT
    base = alt.Chart(alt.InlineData(values=list(_days(course)))).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%-d/%-m", labelOverlap=True, grid=False)),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(labelExpr=LABEL)),
    )
    layers: list[Any] = [base.mark_line(color=colours["accent"], strokeWidth=2)]
    for limit, colour in ((threshold.warn, WARN[dark]), (threshold.act, ACT[dark])):
        if limit is not None:
            line = alt.Chart(alt.InlineData(values=[{"value": float(limit)}]))
            layers.append(line.mark_rule(color=colour, strokeDash=[6, 4], strokeWidth=1.5).encode(y="value:Q"))
    beyond = base.transform_filter("datum.level > 0")
    layers.append(beyond.mark_point(color=ACT[dark], fill=colours["card"], size=36, opacity=1, strokeWidth=2))
    fired = base.transform_filter("datum.fired")
    layers.append(fired.mark_point(color=ACT[dark], fill=ACT[dark], shape="triangle-down", size=140, opacity=1))
    chart = alt.layer(*layers).properties(width="container", height=HEIGHT, background="transparent")
    lines = dict.fromkeys(("domainColor", "tickColor", "gridColor"), colours["line"])
    axis = {"labelColor": colours["soft"], **lines}
    whole: Spec = chart.configure(font=FONT, axis=axis, view=alt.ViewConfig(stroke=None)).to_dict()
    return whole


def _days(course: Course) -> Any:
    fired = {each.at.date() for each in course.fired}
    for each in course.days:
        yield {
            "day": each.day.isoformat(),
            "name": day_name(each.day),
            "value": None if each.seen.value is None else float(each.seen.value),
            "level": int(each.level) if each.level is not Level.NONE else 0,
            "fired": each.day in fired,
        }
