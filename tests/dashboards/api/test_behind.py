"""The dossiers behind a number are as many as the number says, and are those that the oracle counts."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracle import HEADLINES, Oracle, span, success
from tests.strategies import agencies, histories, periods
from tests.support.filling import fill, province

slowly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
questions = st.lists(st.tuples(periods, agencies), min_size=2, max_size=4)


def expected(oracle, kpi, period, agency):
    """code → counted, by the contract."""
    first, last = span(period)

    def asked(moment, unit):
        return bool(moment) and first <= moment[:8] <= last and (not agency or oracle.below(unit, agency, last))

    received = [d for d in oracle.dossiers.values() if asked(d.received, d.agency)]
    match kpi:
        case "online_submission_rate":
            return {d.code: d.channel == "2" for d in received if oracle.online(d.service, d.received[:8])}
        case "services_with_dossiers":
            return {d.code: True for d in received if oracle.online(d.service, last)}
        case "on_time_resolution":
            done = [d for d in oracle.dossiers.values() if asked(d.resolved, d.agency) and d.due]
            return {d.code: d.resolved <= d.due for d in done}
        case _:
            return {code: True for code in paying(oracle, first, last) if asked(first, code.split("-")[0])}


def paying(oracle, first, last):
    for notices in oracle.payments.values():
        moments = [line["ThoiGian"] for line in notices if success(line)]
        named = [(not success(line), line["ThoiGian"], line["MaHoSo"]) for line in notices if "MaHoSo" in line]
        if moments and named and first <= min(moments)[:8] <= last and min(named)[2] in oracle.dossiers:
            yield min(named)[2]


def check(api, oracle, period, agency, limit):
    scope = {"period": period} | ({"agency": agency} if agency else {})
    figures = {row["kpi"]: row for row in api.get("kpi", **scope)}
    for kpi in (name for name in HEADLINES if not name.startswith("portal_")):
        items = api.every("dossiers", kpi=kpi, limit=limit, **scope)
        codes = [item["dossier"] for item in items]
        assert codes == sorted(set(codes))
        assert {item["dossier"]: item["counted"] for item in items} == expected(oracle, kpi, period, agency)
        for counted in ("true", "false"):
            some = api.every("dossiers", kpi=kpi, limit=1000, counted=counted, **scope)
            assert some == [item for item in items if item["counted"] == (counted == "true")]
        if kpi in {"online_submission_rate", "on_time_resolution"}:
            assert len(items) == figures[kpi]["denominator"]
            assert sum(item["counted"] for item in items) == figures[kpi]["numerator"]
        if kpi == "services_with_dossiers":
            assert len({item["procedure"] for item in items}) == figures[kpi]["numerator"]


@slowly
@given(histories(), questions, st.integers(1, 5))
def test_behind_each_number_of_made_up_histories(api, history, asked, limit):
    fill(api.client, history, 3, 3)
    oracle = Oracle(history.files())
    for period, agency in asked:
        check(api, oracle, period, agency, limit)


def test_behind_each_number_of_a_simulated_province(api, tmp_path):
    history = province(tmp_path, 400, seed=7)
    fill(api.client, history)
    oracle = Oracle(history.files())
    somebody = max(oracle.dossiers.values(), key=lambda d: d.code).agency
    for period in ("2026", "2026-Q2", "2026-05", "2026-W20", "2026-05-12"):
        for agency in (None, "H99", "H99.20", somebody):
            check(api, oracle, period, agency, limit=97)


def test_behind_each_row_of_a_list(api, tmp_path):
    """A row by agency counts that agency alone."""
    fill(api.client, province(tmp_path, 300, seed=8))
    for by, alone in (("agency", {"alone": "true"}), ("procedure", {}), ("channel", {})):
        for row in api.get("kpi", period="2026", by=by)[::7]:
            if row["kpi"] in {"online_submission_rate", "on_time_resolution"}:
                asked = {"kpi": row["kpi"], "period": "2026", by: row[by], **alone}
                items = api.every("dossiers", limit=1000, **asked)
                assert (sum(i["counted"] for i in items), len(items)) == (row["numerator"], row["denominator"])
