"""Whatever a client sends, it is told: found, unchanged, wrong or unknown; never a fault of ours."""

import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.filling import fill, province

ALLOWED = {200, 304, 400, 404}
NASTY = (
    "' OR 1=1 --",
    "{a:String}",
    "\\",
    "'",
    '"',
    "`",
    "%00",
    "\x00",
    "\n",
    "\t\\N",
    "]",
    "H99'); DROP TABLE x",
    "$$",
    "😀",
)

anything = st.one_of(st.text(max_size=60), st.sampled_from(NASTY), st.text(min_size=201, max_size=210))
places = st.lists(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.none(), st.booleans()), max_size=3)
cursors = places.map(lambda place: urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("="))
GOOD = {
    "period": ("2026", "2026-06", "2298", "1901", "2026-W53"),
    "agency": ("H99", "H99.20"),
    "kpi": ("on_time_resolution", "services_with_dossiers", "payment_transactions"),
    "by": ("agency", "procedure", "channel"),
    "counted": ("true", "false"),
    "limit": ("1", "1000"),
    "window": ("overdue", "24h", "3d", "7d"),
    "check": ("no_channel", "unknown_service"),
    "tier": ("so", "xa"),
    "count": ("1", "60"),
}
NAMES = (
    *GOOD,
    "cursor",
    "procedure",
    "channel",
    "alone",
    "used",
    "field",
    "level",
    "one_stop",
    "kind",
    "reason",
    "lang",
    "unit",
    "index",
    "year",
    "as_of",
    "difference",
    "family",
    "at",
    "state",
    "origin",
    "above",
)
PATHS = (
    "kpi", "dossiers", "catalogue", "agencies", "league", "services", "late", "late/counts", "failing", "dead",
    "quality", "series", "exports/kpi.csv", "exports/dossiers.csv", "exports/late.parquet", "exports/services.xlsx",
    "pro-forma", "indices", "indices/criteria", "exports/indices.csv",
    "national", "national/agencies", "national/differences", "national/published", "exports/national.csv",
    "unplaced", "actions", "exports/actions.csv", "readings", "thresholds/preview", "thresholds/proposals",
    "portal/funnel",
)  # fmt: skip


def value(name):
    return st.one_of(st.sampled_from(GOOD[name]), anything) if name in GOOD else st.one_of(cursors, anything)


@st.composite
def queries(draw):
    """Mostly good, so that a bad one gets past the others."""
    good = {name: draw(st.sampled_from(values)) for name, values in GOOD.items()}
    bad = draw(st.sets(st.sampled_from(NAMES), max_size=3))
    left = draw(st.sets(st.sampled_from(NAMES), max_size=5)) - bad
    return {name: value for name, value in good.items() if name not in left} | {name: draw(value(name)) for name in bad}


@pytest.fixture(scope="module", autouse=True)
def loaded(api, tmp_path_factory):
    fill(api.client, province(tmp_path_factory.mktemp("province"), 100, seed=5))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), queries())
def test_any_parameter(api, path, query):
    answer = api.http.get(f"/api/v1/{path}", params=query)
    assert answer.status_code in ALLOWED, answer.text
    if answer.status_code in {400, 404}:
        assert set(answer.json()) == {"error", "field"}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(anything, min_size=1, max_size=3))
def test_any_path(api, parts):
    url = api.http.base_url.join("/api/v1/").copy_with(
        raw_path=b"/api/v1/" + b"/".join("".join(f"%{b:02x}" for b in part.encode()).encode() for part in parts)
    )
    assert api.http.get(url).status_code in ALLOWED
    code = "".join(f"%{b:02x}" for b in parts[0].encode())
    assert api.http.get(f"/api/v1/dossiers/{code}").status_code in ALLOWED


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40))
def test_any_header(api, content):
    text = content.decode("latin-1").translate(dict.fromkeys((*range(32), 127), " ")).strip()
    answer = api.http.get(
        "/api/v1/catalogue", headers={"If-None-Match": text.encode("latin-1"), "Accept": text.encode("latin-1")}
    )
    assert answer.status_code in ALLOWED
