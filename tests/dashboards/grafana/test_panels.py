"""Every statement of every board runs on the real engine, and says what `nhip kpi` says."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from dashboards.figures import Scope, kpi
from dashboards.grafana.boards import boards
from dashboards.grafana.files import BOARD
from metrics.catalogue import CATALOGUE
from metrics.civil import CIVIL
from metrics.period import parse
from metrics.unit import decimals
from tests.support.mini_grafana import expanded, panels, statements

MOST_ROWS = 2000
SLOWEST = 30
AGENCY = "H99.01"
BOARDS = {each["uid"]: each for each in boards(BOARD)}
VIETNAMESE = {uid: each for uid, each in BOARDS.items() if not uid.endswith("-en")}


def moments(begin, end):
    return tuple(datetime.fromisoformat(at).replace(tzinfo=CIVIL) for at in (begin, end))


def of(name):
    period = parse(name)
    return moments(f"{period.first}T00:00:00", f"{period.last}T23:59:59")


MONTH, DAY, EMPTY = of("2026-06"), of("2026-06-15"), of("2019-02")
NIGHT = moments("2026-06-16T01:00:00", "2026-06-16T02:00:00")
NOTHING_CHOSEN = {"agency": None, "field": None}


def asked(client, sql, span, chosen=None):
    began = time.monotonic()
    answer = client.query(expanded(sql, *span, NOTHING_CHOSEN | (chosen or {})))
    assert time.monotonic() - began < SLOWEST
    return answer


@pytest.mark.parametrize(
    ("span", "chosen"),
    [
        (DAY, {"agency": [AGENCY]}),
        (EMPTY, {"agency": [AGENCY, "H99.02"], "field": ["LV01", "it's"]}),
        (NIGHT, {}),
        (MONTH, {"field": ["LV01"]}),
    ],
)
@pytest.mark.parametrize("uid", VIETNAMESE)
def test_every_statement_is_answered_as_panels_need_it(kept, uid, span, chosen):
    for name, sql in statements(VIETNAMESE[uid], closed=False):
        answer = asked(kept.reader, sql, span, chosen)
        assert len(answer.result_rows) <= MOST_ROWS, name
        if answer.column_names[:1] == ("time",):
            times = [row[0] for row in answer.result_rows]
            assert all(isinstance(each, datetime) for each in times), name
            assert "ORDER BY at DESC" in sql or times == sorted(times), name


def test_an_empty_range_still_has_its_row(kept):
    """A stat without a row shows nothing at all, where 0 and "no value" are different answers."""
    for panel in panels(BOARDS["nhip-overview"], closed=False):
        if panel["type"] == "stat":
            [row] = asked(kept.reader, panel["targets"][0]["rawSql"], EMPTY).result_rows
            assert all(value in {0, None} for value in row) or panel["title"].startswith("Tuổi"), panel["title"]


def shown(reading):
    return None if reading.steps is None else reading.steps / 10 ** decimals(reading.kpi.unit)


def test_every_definition_of_the_catalogue_reads_as_nhip_kpi(kept):
    """With one agency and all below it where it knows agencies; closed rows are opened."""
    period, seen = parse("2026-06"), set()
    province = {each.kpi.id: each for each in kpi(kept.writer, Scope(period), kpis=CATALOGUE)}
    mine = {each.kpi.id: each for each in kpi(kept.writer, Scope(period, AGENCY), kpis=CATALOGUE)}
    for panel in panels(BOARDS["nhip-overview"]):
        for target in panel["targets"] if panel["type"] == "stat" and "age" not in panel["title"] else ():
            answer = asked(kept.reader, target["rawSql"], MONTH, {"agency": [AGENCY]})
            for name, value in zip(answer.column_names, answer.result_rows[0], strict=True):
                if name in province:
                    seen.add(name)
                    assert value == shown(mine.get(name, province[name])), name
    assert seen == {each.id for each in CATALOGUE if not each.of_petitions}


def test_tiles_of_week_and_month_read_as_nhip_kpi(kept):
    """The leaders' board looks at the week and the month in which the range ends."""
    span = moments("2026-06-20T00:00:00", "2026-06-28T23:59:59")
    wanted = {"tuần này": parse("2026-W26"), "tháng này": parse("2026-06")}
    seen = 0
    for panel in panels(BOARDS["nhip-leaders"]):
        period = wanted.get(panel["title"].rpartition(" – ")[2])
        if period is None:
            continue
        upto = type(period)(period.name, period.first, min(period.last, span[1].date()))
        read = {each.kpi.title.vi: each for each in kpi(kept.writer, Scope(upto))}
        row = asked(kept.reader, panel["targets"][0]["rawSql"], span).result_rows[0]
        assert row[0] == shown(read[panel["title"].rpartition(" – ")[0]]), panel["title"]
        seen += 1
    assert seen == 8


def test_a_tile_says_how_it_stands_against_the_limits(kept):
    states = {}
    for panel in panels(BOARDS["nhip-wall"]):
        answer = asked(kept.reader, panel["targets"][0]["rawSql"], MONTH)
        if "state" in answer.column_names:
            states[panel["title"]] = answer.result_rows[0][1]
    assert states["Tỷ lệ hồ sơ nộp trực tuyến"] == 2
    assert states["Tỷ lệ hồ sơ giải quyết đúng hạn"] == 0
    assert states["Dịch vụ công trực tuyến có phát sinh hồ sơ"] is None


def test_a_limit_does_not_hold_before_it_was_set(kept):
    panel = next(p for p in panels(BOARDS["nhip-wall"]) if p["title"] == "Tỷ lệ hồ sơ nộp trực tuyến")
    before = moments("2026-01-01T00:00:00", "2026-01-01T23:00:00")
    assert asked(kept.reader, panel["targets"][0]["rawSql"], before).result_rows[0][1] is None


def test_agencies_side_by_side_read_as_nhip_kpi_lists_them(kept):
    panel = next(p for p in panels(BOARDS["nhip-agency"]) if p["title"].startswith("Từng đơn vị"))
    answer = asked(kept.reader, panel["targets"][0]["rawSql"], MONTH)
    rows = {row[0]: dict(zip(answer.column_names, row, strict=True)) for row in answer.result_rows}
    listed = [each for each in kpi(kept.writer, Scope(parse("2026-06"), by="agency")) if each.key != "?"]
    assert {each.key for each in listed if each.numerator} == set(rows)
    for each in listed:
        assert each.key not in rows or rows[each.key][each.kpi.id] == shown(each), (each.key, each.kpi.id)


def test_days_read_as_nhip_kpi_and_stand_at_civil_midnight(kept):
    for panel in panels(BOARDS["nhip-overview"], closed=False):
        if panel["type"] != "timeseries":
            continue
        asked_of = next(each for each in CATALOGUE if each.title.vi == panel["title"].rpartition(" – ")[0])
        points = {row[0]: row[1] for row in asked(kept.reader, panel["targets"][0]["rawSql"], MONTH).result_rows}
        assert len(points) > 10
        for at, value in list(points.items())[::7]:
            day = at.replace(tzinfo=UTC).astimezone(CIVIL)
            assert (day.hour, day.minute) == (0, 0)
            [reading] = kpi(kept.writer, Scope(parse(day.date().isoformat())), kpis=[asked_of])
            assert value == shown(reading), (panel["title"], day)


def test_after_midnight_the_last_hours_are_still_a_day(kept):
    """`$__timeFilter(day)` would compare with midnight UTC and miss it."""
    panel = next(p for p in panels(BOARDS["nhip-overview"], closed=False) if p["title"].startswith("Tỷ lệ hồ sơ nộp"))
    [day] = [each.date() for each in NIGHT[:1]]
    [reading] = [each for each in kpi(kept.writer, Scope(parse(day.isoformat()))) if each.kpi.id == panel_kpi(panel)]
    assert asked(kept.reader, panel["targets"][0]["rawSql"], NIGHT).result_rows[0][0] == shown(reading)


def panel_kpi(panel):
    return next(each.id for each in CATALOGUE if each.title.vi == panel["title"])


def test_the_tree_of_the_variable_has_everybody_once(kept):
    [variable] = [v for v in BOARDS["nhip-agency"]["templating"]["list"] if v["name"] == "agency"]
    rows = asked(kept.reader, variable["query"]["rawSql"], MONTH).result_rows
    known = {row[0] for row in kept.writer.query("SELECT DISTINCT agency FROM agency").result_rows}
    assert [row[0] for row in rows][:1] == ["H99"]
    assert len(rows) == len(known)
    assert {row[0] for row in rows} == known


def test_the_age_of_the_data_goes_on_at_night(kept):
    """Nothing happens for hours; that all was in is known, because somebody looked."""
    sql = next(p for p in panels(BOARDS["nhip-wall"]) if p["title"].startswith("Tuổi"))["targets"][0]["rawSql"]
    at = datetime(2027, 6, 1, 20, tzinfo=UTC)
    old = asked(kept.reader, sql, (at, at)).result_rows[0][1]
    streams = [row[0] for row in kept.writer.query("SELECT DISTINCT stream FROM pipeline_progress").result_rows]
    for stream in streams:
        kept.writer.insert("pipeline_lag", [[at - timedelta(seconds=60), stream, 0]], ["at", "stream", "records"])
        kept.writer.insert("pipeline_lag", [[at - timedelta(seconds=5), stream, 9]], ["at", "stream", "records"])
    assert old > 86400
    assert asked(kept.reader, sql, (at, at)).result_rows[0][1] == 60
