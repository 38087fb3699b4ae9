"""A point of a trend is the figure of its period."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.figures import Scope, kpi
from dashboards.series import series
from dashboards.spans import history
from metrics.catalogue import CATALOGUE
from metrics.period import parse
from tests.strategies import histories
from tests.support.filling import fill

LAST = (
    "2022-06",
    "2022-W23",
    "2022-Q3",
    "2022",
    "2022-06-15",
    "2022-W01",
    "1970-W02",
    "1970-01-05",
    "2022-BC04",
    "2022-BCQ1",
    "2022-H1",
    "2022-9M",
    "2022-BC9M",
    "2022-BC",
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=histories(), last=st.sampled_from(LAST), agency=st.sampled_from((None, "H07", "H07.14")))
def test_a_point_is_the_figure_of_its_period(client, story, last, agency):
    fill(client, story)
    periods = history(parse(last), 4)
    drawn = series(client, CATALOGUE, periods, agency)
    for period, readings in zip(periods, drawn, strict=True):
        if agency is not None and period != periods[-1]:
            continue  # its tree may have been another one
        asked = kpi(client, Scope(period, agency))
        drawn_of = {reading.kpi: reading for reading in readings}
        assert asked
        assert [(r.kpi, r.numerator, r.denominator) for r in asked] == [
            (r.kpi, drawn_of[r.kpi].numerator, drawn_of[r.kpi].denominator) for r in asked
        ]
