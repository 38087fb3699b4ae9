"""The course of the portal as a chart: requests a minute, and beneath them those that met a server error."""

from datetime import timedelta

import altair as alt

from dashboards.charts import DARK, HEIGHT, LABEL, LIGHT, Spec, config
from dashboards.portal import DAY, Portal
from dashboards.texts import Lang, say

FAILED = "#c8102e"
FORMS = {60: "%d/%m %H:%M", 360: "%d/%m %H:%M", DAY: "%d/%m"}
"""What stands on the axis, by the minutes of a step."""


def course(portal: Portal, lang: Lang, *, dark: bool) -> Spec:
    """An average for each step; steps without requests are gaps."""
    colours = DARK if dark else LIGHT
    names = {"requests": say("requests_a_minute", lang), "failed": say("failed", lang)}
    values = [
        {
            "at": step.at.replace(tzinfo=None).isoformat(),  # as an official reads it, whatever the browser's zone
            "until": (step.at + timedelta(minutes=portal.step)).replace(tzinfo=None).isoformat(),
            "what": name,
            "value": round(getattr(step, field) / portal.step, 2),
        }
        for step in portal.course
        for field, name in names.items()
    ]
    scale = alt.Scale(domain=list(names.values()), range=[colours["accent"], FAILED])
    chart = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("at:T", title=None, axis=alt.Axis(format=FORMS.get(portal.step, "%H:%M"), labelOverlap=True)),
        x2="until:T",
        y=alt.Y("value:Q", title=None, stack=None, axis=alt.Axis(labelExpr=LABEL, tickCount=5)),
        color=alt.Color("what:N", scale=scale, legend=alt.Legend(title=None, orient="top")),
        tooltip=[alt.Tooltip("at:T", format="%d/%m %H:%M"), alt.Tooltip("what:N"), alt.Tooltip("value:Q")],
    )
    bars = chart.mark_rect(opacity=0.85).encode(y2=alt.datum(0))
    spec: Spec = (
        bars.properties(width="container", height=HEIGHT, background="transparent")
        .configure(**config(colours), legend=alt.LegendConfig(labelColor=colours["soft"]))
        .to_dict()
    )
    return spec
