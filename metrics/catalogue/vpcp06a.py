"""Form II.06a/VPCP/KSTT: state and result of resolving procedures, columns 3 to 13, as of the period's edges.

Identities: 3 = 4+5+6, 7 = 8+9+10, 11 = 12+13, 3 = 7+11. To keep them, each dossier of column 3 is in exactly one column
of each sum: waiting and stopped dossiers are in 12 alone (the form's header claims them for 9, too), and a dossier
refused or withdrawn after reception is in 9. Days are compared, not moments; supplements *push* the due day.
"""

from metrics.course import HOURS_A_PUSH, ended, last_step, pushed_until
from metrics.fields import Derived
from metrics.kpi import Better, Count, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, Before, Known, Not, OneOf, Predicate, Within
from metrics.terms import Dossiers
from metrics.words import Text

FAMILY = Family("vpcp06a", Text("Biểu II.06a/VPCP/KSTT", "Form II.06a/VPCP/KSTT"))
SOURCE = Source("Thông tư 02/2017/TT-VPCP, 01/2020/TT-VPCP: biểu II.06a/VPCP/KSTT", trust=Trust.CODE)

RETURNED = "(3, 7)"
PAUSED = "(5, 6, 8)"
_DUE_PASSED = f"{pushed_until('done_day_06a')} >= {HOURS_A_PUSH} * pushes"
_DUE_AHEAD = f"{pushed_until('done_day_06a + 1')} < {HOURS_A_PUSH} * pushes"
_OPEN_PASSED = f"{pushed_until('last_day')} >= {HOURS_A_PUSH} * pushes"

FIELDS = (
    Derived(
        "done_06a", ended("closes", RETURNED), Text("kết thúc (đến cuối kỳ)", "end, by the period's end"), ("waits",)
    ),
    Derived("over_06a", ended("opens", RETURNED), Text("kết thúc trước kỳ", "end before the period"), ("waits",)),
    Derived(
        "done_day_06a",
        "toDate32(done_06a, 'Etc/GMT-7')",
        Text("ngày kết thúc", "day of the end"),
        ("done_06a",),
    ),
    Derived(
        "result_06a",
        "multiIf(done_06a IS NULL, NULL, "
        f"due_at IS NULL OR (ifNull(resolved_at >= closes, 1) AND {last_step('closes')}.2 IN {RETURNED}), 'on_time', "
        "pushes = 0, multiIf(done_day_06a < due_day, 'early', done_day_06a = due_day, 'on_time', 'late'), "
        f"{_DUE_PASSED}, 'late', {_DUE_AHEAD}, 'early', 'on_time')",
        Text("kết quả xử lý", "result"),
        ("done_day_06a", "due_day", "pushed_from"),
    ),
    Derived(
        "open_06a",
        f"multiIf(done_06a IS NOT NULL, NULL, {last_step('closes')}.2 IN {PAUSED} OR waiting_since IS NOT NULL "
        "OR due_at IS NULL, 'in_time', "
        f"pushes = 0, if(last_day <= due_day, 'in_time', 'overdue'), {_OPEN_PASSED}, 'overdue', 'in_time')",
        Text("tình trạng đang giải quyết", "state while open"),
        ("done_06a", "due_day", "pushed_from", "waiting_since"),
    ),
)

CONCERNED = All((Before("received_at", "closes"), Not(Known("over_06a"))))
"""Received by the period's end and not ended before it began: column 3."""
NEW = All((CONCERNED, Within("received_at")))


def column(number: int, name: str, title: Text, where: Predicate, better: Better = Better.HIGHER) -> Kpi:
    shown = Text(f"({number}) {title.vi}", f"({number}) {title.en}")
    return Kpi(f"vpcp06a_{name}", 1, FAMILY, shown, Count(Dossiers(where)), better, SOURCE)


DONE = All((CONCERNED, Known("done_06a")))
OPEN = All((CONCERNED, Not(Known("done_06a"))))


def result(*codes: str) -> Predicate:
    return All((CONCERNED, OneOf("result_06a", codes)))


def state(code: str) -> Predicate:
    return All((OPEN, OneOf("open_06a", (code,))))


LOWER = Better.LOWER
ONLINE = OneOf("channel", ("2",))
COLUMNS = (
    column(3, "received", Text("Tiếp nhận, tổng số", "Received, total"), CONCERNED),
    column(4, "online", Text("Tiếp nhận trực tuyến trong kỳ", "Received online"), All((NEW, ONLINE))),
    column(
        5,
        "desk_post",
        Text("Tiếp nhận trực tiếp, bưu chính trong kỳ", "Received at the desk or by post"),
        All((NEW, Not(ONLINE))),
    ),
    column(
        6,
        "carried_over",
        Text("Kỳ trước chuyển sang", "Carried over"),
        All((CONCERNED, Before("received_at", "opens"))),
        LOWER,
    ),
    column(7, "resolved", Text("Đã giải quyết, tổng số", "Resolved, total"), DONE),
    column(8, "early", Text("Đã giải quyết trước hạn", "Resolved early"), result("early")),
    column(9, "in_time", Text("Đã giải quyết đúng hạn", "Resolved on time"), result("on_time")),
    column(10, "late", Text("Đã giải quyết quá hạn", "Resolved late"), result("late"), LOWER),
    column(11, "open", Text("Đang giải quyết, tổng số", "Open, total"), OPEN, LOWER),
    column(12, "open_in_time", Text("Đang giải quyết trong hạn", "Open in time"), state("in_time"), LOWER),
    column(13, "overdue", Text("Đang giải quyết quá hạn", "Open and overdue"), state("overdue"), LOWER),
)

ON_TIME = Kpi(
    id="vpcp06a_on_time",
    version=1,
    family=FAMILY,
    title=Text("Giải quyết trước và đúng hạn (8+9)/7", "Resolved early or on time (8+9)/7"),
    formula=Ratio(Dossiers(result("early", "on_time")), Dossiers(DONE)),
    better=Better.HIGHER,
    source=SOURCE,
    note=Text(
        "Hồ sơ không có ngày hẹn trả và hồ sơ rút, từ chối sau tiếp nhận được tính đúng hạn, như biểu mẫu.",
        "Without a due date, withdrawn or refused after reception: on time, as the form has it.",
    ),
)

KPIS = (*COLUMNS, ON_TIME)

FIRST_COLUMN, LAST_COLUMN = 3, 13
NUMBERS = {each.id: at for at, each in enumerate(COLUMNS, start=FIRST_COLUMN)}

IDENTITIES = ((3, (4, 5, 6)), (7, (8, 9, 10)), (11, (12, 13)), (3, (7, 11)))
"""Which column is the sum of which, for every period and agency."""


def number(kpi: Kpi) -> int:
    """The column of the form that a KPI is."""
    return NUMBERS[kpi.id]
