"""Whatever is planted in the portal's copy is found, nothing else is; and its effects are what naive readings say."""

from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboards.figures import Scope, kpi
from dashboards.national.differences import added, counts, named
from dashboards.national.gaps import compared_in, gaps
from dashboards.national.imports import Import, digest, keep
from dashboards.national.pairs import Beside
from ingest.portal_columns import USUAL
from ingest.portal_export import read
from ingest.tables import Row
from metrics.period import parse
from tests.dashboards.national.systems import AGENCIES, ORDER, Figures, export, history, systems
from tests.support.filling import fill

YEAR = parse("2026")
PERIODS = {"2026": (1, 13), "2026-03": (3, 4), "2026-Q2": (4, 7)}
TABLES = ("national_import", "national_dossier", "national_figure")


def bring(client, found):
    """Both systems into the store."""
    for table in TABLES:
        client.command(f"TRUNCATE TABLE {table}")
    fill(client, history([each.dossier for each in found if "only_there" not in each.plants]))
    rows = [Row(f"line {number}", said) for number, said in enumerate(export(found), 1)]
    if rows:
        covers = (date(2026, 1, 1), date(2026, 12, 31))
        given_ = read(iter(rows), USUAL, covers)
        about = Import("x.json", digest(given_.records), *covers, covers[1], tuple(sorted(given_.carries)), 1,
                       datetime.now(UTC))  # fmt: skip
        keep(client, about, given_.records)
    return bool(rows)


def month(number):
    return datetime(2026 + (number - 1) // 12, (number - 1) % 12 + 1, 1)  # noqa: DTZ001 - civil


def naive(found, stage, period, agency):
    """Naive figures of one stage, for the province or an agency with all below it."""
    first, last = PERIODS[period]
    there = [one for each in found if (one := each.at(stage)) is not None]
    mine = [one for one in there if agency is None or one.agency == agency or one.agency.startswith(f"{agency}.")]
    return Figures(month(first), month(last), mine).all()


def expected(stages, name):
    """The effect of each class, and the gap; what has no value leaves its effect to the next one."""
    values = [Fraction(*figures[name]) if figures[name][1] else None for figures in stages]
    if values[0] is None or values[-1] is None:
        return None
    moves, before = [], values[0]
    for value in values[1:]:
        moves.append(Fraction(0) if value is None else value - before)
        before = before if value is None else value
    return moves


slowly = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Each example takes a second of a real store: a failing one is shown as it is, not made smaller."""


@settings(slowly, max_examples=5)
@given(systems(), st.sampled_from(sorted(PERIODS)), st.sampled_from((None, *AGENCIES)))
def test_all_and_only_what_was_planted(client, found, period, agency):
    if not bring(client, found):
        return
    whole = Beside(Scope(YEAR))
    listed, more = named(client, whole, None, ("", 0), 1000)
    planted = {(each.dossier.number, plant) for each in found for plant in each.plants}
    assert more is None
    assert {(number_of(one), one.difference.id) for one in listed} == planted
    total = added(counts(client, whole))
    assert total.of == tuple(sum(plant == each for _, plant in planted) for each in ORDER)
    assert total.differing == sum(bool(each.plants) for each in found)

    beside = Beside(Scope(parse(period), agency))
    kpis = [each for each in compared_in(beside.scope.period) if each.id in naive(found, 0, period, agency)]
    assert len(kpis) == 6
    stages = [naive(found, stage, period, agency) for stage in range(len(ORDER) + 1)]
    ours = {each.kpi.id: (each.numerator, each.denominator) for each in kpi(client, beside.scope, kpis=kpis)}
    for each in gaps(client, beside, kpis):
        name = each.kpi.id
        assert each.counts == (stages[0][name], stages[-1][name]), name
        assert each.counts[0] == ours[name]
        moves = expected(stages, name)
        if moves is None:
            assert each.gap is None
        else:
            assert list(each.of) == moves, name
            assert sum(moves) == each.gap


def number_of(one):
    return int((one.dossier or one.national_code).rpartition("-")[2])


@settings(slowly, max_examples=3)
@given(systems(8))
def test_nothing_personal_gets_into_the_store(client, found):
    if bring(client, found):
        for table in TABLES:
            assert "CANARY" not in str(client.query(f"SELECT * FROM {table}").result_rows)
