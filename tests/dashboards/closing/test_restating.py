"""Close, correct, restate: what is named is exactly what two naive readings of the lines differ by."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.closing.differences import Turn
from dashboards.closing.figures import as_closed
from dashboards.closing.named import Wanted, kinds, named
from dashboards.closing.restating import restatements
from dashboards.figures import Scope, in_force, kpi
from metrics.kpi import Ratio
from tests.dashboards.api.test_behind import expected
from tests.oracle import Oracle, span, success
from tests.strategies import AGENCIES, History, histories, periods, text
from tests.support.closing import beginning, bring, closed, empty

slowly = settings(max_examples=5)


def things(oracle, kpi_id, kind, period, agency):
    """code → (in the denominator, in the numerator), of everything that the figure counts."""
    if kind == "service":
        used = {oracle.dossiers[code].service for code in expected(oracle, kpi_id, period, agency)}
        last = span(period)[1]
        return {code: (True, code in used) for code in oracle.services if oracle.online(code, last)}
    if kind == "payment":
        return dict.fromkeys(paid(oracle, period, agency), (False, True))
    ratio = kpi_id != "services_with_dossiers"
    return {code: (ratio, counted) for code, counted in expected(oracle, kpi_id, period, agency).items()}


def paid(oracle, period, agency):
    first, last = span(period)
    for code, notices in oracle.payments.items():
        moments = [line["ThoiGian"] for line in notices if success(line)]
        unit = oracle.payer(notices)
        mine = agency is None or (unit is not None and oracle.below(unit, agency, last))
        if moments and first <= min(moments)[:8] <= last and mine:
            yield code


def told(client, wanted):
    """Every named thing, from pages of two."""
    found, after = [], ""
    while after is not None:
        page = named(client, wanted, after, 2)
        found += page.items
        after = page.next
    return found


def pair(side):
    return None if side is None else (side.whole, side.counted)


def check(client, close, before, now, agency):
    """Each headline figure, its restatement and everything named, against the two oracles."""
    period = close.period.name
    figures = [{row["kpi"]: row for row in oracle.kpis(period, agency)} for oracle in (before, now)]
    restated = {each.kpi.id: each for each in restatements(client, close, agency)}
    for each in in_force(close.period):
        if each.id not in figures[0]:
            continue  # no oracle of it, or it has no agencies
        was, after = (found[each.id] for found in figures)
        assert (each.id in restated) == (was != after)
        for kind in kinds(each):
            found = told(client, Wanted(close, each, agency, kind))
            then, today = (things(oracle, each.id, kind, period, agency) for oracle in (before, now))
            differing = {code for code in then.keys() | today.keys() if then.get(code) != today.get(code)}
            assert {one.difference.code: (pair(one.difference.was), pair(one.difference.now)) for one in found} == {
                code: (then.get(code), today.get(code)) for code in differing
            }
            assert [one.difference.code for one in found] == sorted(differing)
            turn = found[0].difference.turn if found else Turn.ENTERED
            some = told(client, Wanted(close, each, agency, kind, turn))
            assert some == [one for one in found if one.difference.turn is turn]
            if each.id in restated:
                explains(restated[each.id], kind, found, was, after)


def explains(restatement, kind, found, was, after):
    """What is named adds up to how the figure has changed."""
    (why,) = [why for why in restatement.whys if why.thing == kind]
    assert (restatement.was, restatement.now) == (was, after)
    for turn in Turn:
        assert getattr(why, turn.value) == sum(one.difference.turn is turn for one in found)
    assert why.numerator == sum(one.difference.now is not None and one.difference.now.counted for one in found) - sum(
        one.difference.was is not None and one.difference.was.counted for one in found
    )
    if restatement.kpi.id != "services_with_dossiers" or kind == "service":
        assert why.numerator == after["numerator"] - was["numerator"]
        if isinstance(restatement.kpi.formula, Ratio):
            assert why.denominator == after["denominator"] - was["denominator"]


@slowly
@given(histories(), st.data(), periods)
def test_what_changes_after_a_close_is_named_and_explains_the_difference(client, history, data, period):
    empty(client)
    lines = data.draw(st.integers(0, len(history.arrival)), label="lines before the close")
    bring(client, history, lines)
    close = closed(client, period)
    before, now = (Oracle(beginning(history, count).files()) for count in (lines, None))
    everywhere = [Scope(close.period, agency, by) for agency in (None, *AGENCIES, "nobody") for by in (None, "agency")]
    everywhere += [Scope(close.period, by=by) for by in ("procedure", "channel")]
    live = [[reading.json() for reading in kpi(client, scope)] for scope in everywhere]
    assert [list(as_closed(client, scope)) for scope in everywhere] == live
    bring(client, history, after=lines)
    assert [list(as_closed(client, scope)) for scope in everywhere] == live
    for agency in (None, data.draw(st.sampled_from(("H07", "H07.14", "H09")), label="agency")):
        check(client, close, before, now, agency)


def test_a_late_line_a_changed_due_date_and_a_dossier_that_moved(client):
    empty(client)
    lines = {"agencies": [], "services": [service()], "progress": [], "payments": []}
    first = [dossier(n, NgayKetThucXuLy="20220110090000") for n in (1, 2, 3)]
    later = [
        dossier(1, NgayHenTra="20220109170000"),  # was on time, is late
        dossier(2, NgayKetThucXuLy="20220201080000"),  # resolved in another month
        dossier(4, NgayKetThucXuLy="20220131235959"),  # came late
    ]
    history = History({**lines, "dossiers": first + later}, ("services", *["dossiers"] * 6))
    bring(client, history, 4)
    close = closed(client, "2022-01")
    assert restatements(client, close) == []
    bring(client, history, after=4)
    (restated,) = [each for each in restatements(client, close) if each.kpi.id == "on_time_resolution"]
    assert (restated.was["display"], restated.now["display"]) == ("100,0 %", "66,6 %")
    found = {one.difference.code[-1]: one for one in told(client, Wanted(close, restated.kpi))}
    turns = {number: one.difference.turn for number, one in found.items()}
    assert turns == {"1": Turn.NO_LONGER_COUNTED, "2": Turn.LEFT, "4": Turn.ENTERED}
    assert [name for name, _, _ in found["1"].turned()] == ["due_at"]
    assert [(name, was.month, now.month) for name, was, now in found["2"].turned()] == [("resolved_at", 1, 2)]
    assert found["4"].was is None


def service():
    return text({"MaTTHC": "1.000001", "TenTTHC": "Thủ tục", "MucDo": "4"})


def dossier(number, **more):
    return text(
        {
            "MaHoSo": f"H07.14-220101-{number}",
            "MaTTHC": "1.000001",
            "KenhThucHien": "2",
            "NgayTiepNhan": "20220103080000",
            "NgayHenTra": "20220131235959",
            **more,
        }
    )
