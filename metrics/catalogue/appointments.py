"""Appointments and pauses: the first and the current due moment, and three ways of treating supplements.

The three ways are options of one definition, so that nothing else differs between their figures. *Restart* and *push*
are measured in working time: an end after office hours belongs to the working second before it.
"""

from datetime import date
from enum import StrEnum

from metrics.course import HOURS_A_PUSH, RECORDED, recorded_moment
from metrics.fields import Derived
from metrics.formula import Formula
from metrics.kpi import Better, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, AtLeast, Known, NotAfter, OneOf, Predicate, Within
from metrics.readings.working_sql import working_seconds_sql
from metrics.terms import Dossiers
from metrics.words import Text

FAMILY = Family("appointments", Text("Hẹn trả và thời gian chờ", "Appointments and pauses"))
ONE_STOP = (date(2018, 6, 21), date(2025, 6, 30))
DECREE = "Nghị định 61/2018/NĐ-CP"

_KNOWN_DUES = (
    f"arrayConcat([original_due_at], arrayMap(one -> {recorded_moment('one.due_before')}, appointments), "
    f"arrayMap(one -> {recorded_moment('one.due_after')}, appointments))"
)
_RENEWED = "one.due_after IS NOT NULL AND ifNull(one.due_after != one.due_before, 1)"

FIELDS = (
    Derived(
        "appointments",
        "arraySort(one -> ifNull(one.requested_at, ''), arrayFilter("
        f"one -> ifNull({recorded_moment('one.requested_at')} < closes, 1), {RECORDED}))",
        Text("các lần hẹn theo hồ sơ", "appointments as recorded"),
    ),
    Derived(
        "original_due_at",
        f"coalesce({recorded_moment('arrayFirst(one -> one.due_before IS NOT NULL, appointments).due_before')}, "
        "first_due_at, due_at)",
        Text("thời điểm hẹn trả đầu tiên", "first due moment"),
        ("appointments",),
    ),
    Derived(
        "reappointments",
        f"toInt64(arrayCount(one -> {_RENEWED}, appointments) "
        f"+ (due_at IS NOT NULL AND NOT arrayExists(one -> ifNull(one = due_at, 0), {_KNOWN_DUES})))",
        Text("số lần hẹn lại", "number of re-appointments"),
        ("appointments", "original_due_at"),
    ),
    Derived(
        "resolved_less_waits",
        "resolved_at - toIntervalSecond(waited)",
        Text("thời điểm giải quyết xong trừ thời gian chờ", "resolved moment less the time waited"),
        ("waited",),
    ),
    Derived(
        "in_time_push",
        "multiIf(pushes = 0, toString(resolved_at <= due_at), "
        f"toString({working_seconds_sql('pushed_from', 'resolved_at')} <= {HOURS_A_PUSH} * pushes))",
        Text("đúng hạn khi lùi hạn", "in time with the due moment pushed"),
        ("pushes", "pushed_from"),
    ),
    Derived(
        "in_time_restart",
        "multiIf(empty(completed_waits), toString(resolved_at <= due_at), limit_seconds IS NULL, NULL, toString("
        + working_seconds_sql("arrayMax(arrayMap(one -> one.2, completed_waits))", "resolved_at")
        + " <= limit_seconds))",
        Text("kết quả khi tính lại thời hạn từ đầu", "result with the time limit begun again"),
        ("completed_waits", "limit_seconds"),
    ),
)

RECEIVED, RESOLVED = Within("received_at"), Within("resolved_at")
DATED = All((RESOLVED, Known("due_at")))


class Pause(StrEnum):
    """What a supplement does to the time."""

    SUBTRACT = "subtract"
    PUSH = "push"
    RESTART = "restart"


IN_TIME: dict[Pause, Predicate] = {
    Pause.SUBTRACT: NotAfter("resolved_less_waits", "due_at"),
    Pause.PUSH: OneOf("in_time_push", ("1",)),
    Pause.RESTART: OneOf("in_time_restart", ("1",)),
}
SOURCES = {
    Pause.SUBTRACT: Source("Quyết định 766/QĐ-TTg năm 2022: trừ thời gian chờ", trust=Trust.RECONSTRUCTED),
    Pause.PUSH: Source("Phần mềm một cửa đang dùng: lùi hạn trả", trust=Trust.CODE),
    Pause.RESTART: Source(f"{DECREE}, điều 19.4: tính lại từ đầu", ONE_STOP, Trust.LAW),
}
TITLES = {
    Pause.SUBTRACT: Text("Đúng hạn, trừ thời gian chờ bổ sung", "On time, less the time waited"),
    Pause.PUSH: Text("Đúng hạn, lùi hạn theo thời gian chờ", "On time, the due moment pushed"),
    Pause.RESTART: Text("Đúng hạn, tính lại thời hạn sau bổ sung", "On time, the limit begun again"),
}
NO_LIMIT = Text(
    "Hồ sơ đã bổ sung mà danh mục không có thời hạn của thủ tục thì không tính.",
    "Supplemented dossiers of procedures without a known time limit are left out.",
)


def on_time(pause: Pause) -> Kpi:
    """Resolved in the period and dated; but for the treatment of supplements the same for all three."""
    restart = pause is Pause.RESTART
    whole = All((DATED, Known("in_time_restart"))) if restart else DATED
    formula = Ratio(Dossiers(All((whole, IN_TIME[pause]))), Dossiers(whole))
    note = NO_LIMIT if restart else None
    return Kpi(f"on_time_{pause}", 1, FAMILY, TITLES[pause], formula, Better.HIGHER, SOURCES[pause], note=note)


FIRST_DATED = All((RESOLVED, Known("original_due_at")))
MOVED = Text(
    "Lần hẹn lại theo hồ sơ bổ sung; ngày hẹn đổi ngoài các lần ấy được tính một lần.",
    "Re-appointments as recorded with supplements; a due moment that was moved otherwise counts once.",
)


def decreed(name: str, title: Text, formula: Formula, better: Better, note: Text | None = None) -> Kpi:
    return Kpi(name, 1, FAMILY, title, formula, better, Source(f"{DECREE}, điều 19.9", ONE_STOP, Trust.LAW), note=note)


def reappointed(times: int) -> Ratio:
    return Ratio(Dossiers(All((RECEIVED, AtLeast("reappointments", times)))), Dossiers(RECEIVED))


KPIS = (
    decreed(
        "on_time_first_due", Text("Đúng hạn theo ngày hẹn đầu tiên", "On time by the first appointment"),
        Ratio(Dossiers(All((FIRST_DATED, NotAfter("resolved_at", "original_due_at")))), Dossiers(FIRST_DATED)),
        Better.HIGHER,
        Text("Theo ngày hẹn hiện tại: on_time_resolution.", "By the current due moment: on_time_resolution."),
    ),
    *(on_time(pause) for pause in Pause),
    decreed(
        "reappointed_share", Text("Hồ sơ phải hẹn lại", "Dossiers re-appointed"), reappointed(1), Better.LOWER, MOVED
    ),
    decreed(
        "reappointed_dossiers", Text("Hồ sơ hẹn lại từ hai lần", "Dossiers re-appointed twice or more"), reappointed(2),
        Better.LOWER, MOVED,
    ),
)  # fmt: skip
