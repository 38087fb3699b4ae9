"""QĐ 766/QĐ-TTg, group "tiến độ giải quyết": 20 points for what ended, or is still open, in time.

On time: the end less the time waited for supplements is not after the due moment. Still open: the last second of the
period stands for the end; while a first supplement is waited for, the moment of that request; after a second request
it is late. Whether days or seconds are compared is not published: both are here, the day is the usual one.
"""

from datetime import date

from metrics.civil import CIVIL_SQL_ZONE
from metrics.course import ended
from metrics.fields import Derived
from metrics.kpi import Better, Family, Kpi, Points, Ratio, Source, Trust
from metrics.predicate import All, Before, Known, Not, OneOf, Predicate, Within
from metrics.readings.working_sql import working_seconds_sql
from metrics.terms import Dossiers, Sum
from metrics.unit import Unit
from metrics.words import Text

FAMILY = Family("qd766", Text("Bộ chỉ số 766", "QĐ 766 indices"))
SINCE = (date(2022, 6, 23), None)
SOURCE = Source("Quyết định 766/QĐ-TTg năm 2022, nhóm tiến độ giải quyết", SINCE, Trust.RECONSTRUCTED)

STOPPED = "(3, 7, 8)"
_JUDGED_AT = "multiIf(done_766 IS NOT NULL, done_766, waiting_since IS NOT NULL, waiting_since, closes - 1)"
_TEXT = Text("thời điểm xét trừ thời gian chờ", "the moment judged, less the time waited")


def _in_time(comparison: str) -> str:
    return f"multiIf(done_766 IS NULL AND requests > 1, '0', due_at IS NULL, in_limit_766, {comparison}, '1', '0')"


FIELDS = (
    Derived(
        "done_766", ended("closes", STOPPED), Text("kết thúc (đến cuối kỳ)", "end, by the period's end"), ("trail",)
    ),
    Derived("over_766", ended("opens", STOPPED), Text("kết thúc trước kỳ", "end before the period"), ("trail",)),
    Derived("judged_766", f"{_JUDGED_AT} - toIntervalSecond(waited)", _TEXT, ("done_766", "waiting_since", "waited")),
    Derived(
        "in_limit_766",
        f"if({working_seconds_sql('received_at', 'judged_766')} > limit_seconds, '0', '1')",
        Text("trong thời hạn của thủ tục", "within the procedure's time limit"),
        ("judged_766", "limit_seconds"),
    ),
    Derived(
        "in_time_766_second",
        _in_time("judged_766 <= due_at"),
        Text("đúng hạn tính theo giây", "in time by the second"),
        ("judged_766", "requests", "in_limit_766"),
    ),
    Derived(
        "in_time_766_day",
        _in_time(f"toDate32(judged_766, '{CIVIL_SQL_ZONE}') <= due_day"),
        Text("đúng hạn tính theo ngày", "in time by the day"),
        ("judged_766", "requests", "due_day", "in_limit_766"),
    ),
    Derived(
        "working_time",
        working_seconds_sql("received_at", "resolved_at"),
        Text("thời gian làm việc từ tiếp nhận đến giải quyết xong", "working time from reception to resolution"),
    ),
)

CONCERNED = All((Before("received_at", "closes"), Not(Known("over_766"))))
"""Received, and ended in the period or open at its end."""


def in_time(field: str) -> tuple[Dossiers, Dossiers]:
    return Dossiers(All((CONCERNED, OneOf(field, ("1",))))), Dossiers(CONCERNED)


NOTE = Text(
    "Hồ sơ không có ngày hẹn trả: so thời gian làm việc với thời hạn của thủ tục; không có cả hai thì tính đúng hạn.",
    "Without a due date the working time is set against the procedure's time limit; without either: in time.",
)
DAY, SECOND = in_time("in_time_766_day"), in_time("in_time_766_second")
ON_TIME_POINTS = Points(*DAY, most=20)

ENDED: Predicate = All((Within("received_at"), Known("resolved_at"), Not(Before("resolved_at", "received_at"))))

KPIS = (
    Kpi(
        "qd766_on_time", 1, FAMILY,
        Text("Hồ sơ xử lý trước hạn, đúng hạn (theo ngày)", "Handled in time, by the day"),
        Ratio(*DAY), Better.HIGHER, SOURCE, note=NOTE,
    ),
    Kpi(
        "qd766_on_time_second", 1, FAMILY,
        Text("Hồ sơ xử lý trước hạn, đúng hạn (theo giây)", "Handled in time, by the second"),
        Ratio(*SECOND), Better.HIGHER, SOURCE, note=NOTE,
    ),
    Kpi(
        "qd766_on_time_points", 1, FAMILY,
        Text("Điểm tiến độ giải quyết", "Points for handling in time"),
        ON_TIME_POINTS, Better.HIGHER, SOURCE,
    ),
    Kpi(
        "qd766_mean_time", 1, FAMILY,
        Text("Thời gian xử lý trung bình của hồ sơ tiếp nhận trong kỳ", "Mean time of dossiers received in the period"),
        Ratio(Sum("working_time", ENDED), Dossiers(ENDED), Unit.WORKING_HOURS), Better.LOWER,
        Source("Quyết định 766/QĐ-TTg năm 2022", SINCE, Trust.UNVERIFIED),
    ),
)  # fmt: skip
