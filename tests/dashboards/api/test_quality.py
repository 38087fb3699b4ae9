"""How many dossiers fail each check, against a plain look at every row."""

from datetime import UTC

from hypothesis import HealthCheck, given, settings

from metrics.civil import civil
from metrics.period import parse
from tests.strategies import histories
from tests.support.filling import fill, province

PERIODS = ("2022", "2022-Q2", "2024-02", "2026-05", "1950")
FACTS = "SELECT procedure, agency, channel, received_at, due_at, resolved_at FROM dossier FINAL"
CHECKED = (
    "no_due_date", "no_service", "unknown_service", "unknown_agency", "no_channel", "due_before_received",
    "resolved_before_received",
)  # fmt: skip
slowly = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def failed(row, services, agencies):
    procedure, agency, channel, received, due, resolved = row
    return {
        "no_due_date": due is None,
        "no_service": procedure is None,
        "unknown_service": procedure is not None and procedure not in services,
        "unknown_agency": agency not in agencies,
        "no_channel": channel is None,
        "due_before_received": due is not None and due < received,
        "resolved_before_received": resolved is not None and resolved < received,
    }


def check(api):
    services = {code for (code,) in api.client.query("SELECT procedure FROM service").result_rows}
    agencies = {code for (code,) in api.client.query("SELECT agency FROM agency").result_rows}
    received = [row for row in api.client.query(FACTS).result_rows if row[3] is not None]
    for name in PERIODS:
        period, found = parse(name), api.get("quality", period=name)
        inside = [row for row in received if period.first <= civil(row[3].replace(tzinfo=UTC)).date() <= period.last]
        tried = [failed(row, services, agencies) for row in inside]
        assert found["received"] == len(inside)
        counted = {each["check"]: each["dossiers"] for each in found["checks"]}
        for one in CHECKED:
            assert counted[one] == sum(each[one] for each in tried)
        for each in found["checks"]:
            assert len(api.every("failing", check=each["check"], period=name)) == each["dossiers"]


@slowly
@given(histories())
def test_checks_of_made_up_histories(api, history):
    fill(api.client, history, 3, 3)
    check(api)


def test_checks_of_a_simulated_province(api, tmp_path):
    fill(api.client, province(tmp_path, 500, seed=9))
    check(api)
