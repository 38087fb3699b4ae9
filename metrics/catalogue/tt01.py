"""TT 01/2018/TT-VPCP articles 13–15: the scoring tool, for the indicators that dossiers alone can feed.

Each is the mean of 2, 1 or 0 points a dossier resolved in the period, rounded to one decimal, as article 14 has it.
"""

from datetime import date

from metrics.catalogue.headline import ONLINE
from metrics.civil import CIVIL_SQL_ZONE
from metrics.fields import Derived, Join
from metrics.formula import Bar, Grade, Grades, Ratio
from metrics.kpi import Better, Family, Kpi, Source, Trust
from metrics.predicate import All, Before, Either, Known, Not, OneOf, Within
from metrics.terms import Dossiers, ServicesInForce, Sum
from metrics.uncovered import Uncovered
from metrics.unit import Unit
from metrics.words import Text

FAMILY = Family("tt01", Text("Chấm điểm theo Thông tư 01/2018", "Scoring by Circular 01/2018"))
SOURCE = Source("Thông tư 01/2018/TT-VPCP, điều 13, 14", (date(2019, 1, 6), None), Trust.LAW)

_AT, _DUE = (f"toDate32({moment}, '{CIVIL_SQL_ZONE}')" for moment in ("at", "step_due_at"))
STEPS = Join(
    "steps_of",
    "dossier",
    f"SELECT dossier, minOrNullIf(at, {_AT} > {_DUE}) AS step_late_at, "
    f"minOrNullIf(at, {_AT} = {_DUE}) AS step_even_at, toNullable(min(at)) AS step_limited_at "
    "FROM step FINAL WHERE step_due_at IS NOT NULL GROUP BY dossier",
)
"""Since when a dossier has steps that ended after their limit, on the day of it, and with any limit at all."""

FIELDS = (
    Derived("step_late_at", "step_late_at", Text("bước quá hạn đầu tiên", "first step after its limit"), join=STEPS),
    Derived("step_even_at", "step_even_at", Text("bước sát hạn đầu tiên", "first step on its last day"), join=STEPS),
    Derived("step_limited_at", "step_limited_at", Text("bước có thời hạn", "step with a limit"), join=STEPS),
    Derived(
        "step_points",
        "toInt64(multiIf(step_late_at < closes, 0, step_even_at < closes, 1, step_limited_at < closes, 2, NULL))",
        Text("điểm thời gian của bước chậm nhất", "points of the slowest step"),
        ("step_late_at", "step_even_at", "step_limited_at"),
    ),
    Derived(
        "time_points",
        "toInt64(multiIf(resolved_day < due_day, 2, resolved_day = due_day, 1, 0))",
        Text("điểm thời gian giải quyết", "points for the time taken"),
        ("resolved_day", "due_day"),
    ),
    Derived(
        "contact_points",
        "toInt64(multiIf(requests = 0, 2, requests = 1, 1, 0))",
        Text("điểm số lần liên hệ để hoàn thiện hồ sơ", "points for the contacts to complete it"),
        ("requests",),
    ),
)
RESOLVED = Within("resolved_at")
DATED = All((RESOLVED, Known("due_at")))
STEPPED = All((RESOLVED, Known("step_points")))
RECEIVED, SENT_ONLINE = Within("received_at"), OneOf("channel", ("2",))
LATE_ONLINE = All(
    (
        SENT_ONLINE,
        Either(
            (
                All((RESOLVED, Before("due_at", "resolved_at"))),
                All((Before("received_at", "closes"), Before("due_at", "closes"), Not(Known("done_766")))),
            )
        ),
    )
)
"""Resolved late in the period, or open and overdue at its end."""
OFFERED = Bar(ServicesInForce(ONLINE), ServicesInForce(All(())), least=0.2)
NONE_LATE = Bar(Dossiers(LATE_ONLINE))


def sent_online(least: float) -> Bar:
    return Bar(Dossiers(All((RECEIVED, SENT_ONLINE))), Dossiers(RECEIVED), least)


KPIS = (
    Kpi(
        "tt01_indicator_1", 1, FAMILY, Text("Chỉ số 1: thời gian giải quyết", "Indicator 1: time of resolution"),
        Ratio(Sum("time_points", DATED), Dossiers(DATED), Unit.MARK), Better.HIGHER, SOURCE,
        note=Text("So theo ngày với ngày hẹn trả.", "Compared by day with the due day."),
    ),
    Kpi(
        "tt01_indicator_2", 1, FAMILY, Text("Chỉ số 2: thời hạn từng bước", "Indicator 2: time of each step"),
        Ratio(Sum("step_points", STEPPED), Dossiers(STEPPED), Unit.MARK), Better.HIGHER, SOURCE,
        note=Text(
            "So theo ngày với NgayKetThucTheoQuyDinh; nhiều bước thì lấy bước chậm nhất (cách hiểu của nhip).",
            "By day against NgayKetThucTheoQuyDinh; of several steps the slowest counts (nhip's reading).",
        ),
    ),
    Kpi(
        "tt01_indicator_3", 1, FAMILY,
        Text("Chỉ số 3: số lần liên hệ để hoàn thiện hồ sơ", "Indicator 3: contacts to complete the dossier"),
        Ratio(Sum("contact_points", RESOLVED), Dossiers(RESOLVED), Unit.MARK), Better.HIGHER, SOURCE,
        note=Text("Mỗi yêu cầu bổ sung là một lần liên hệ.", "Each request for a supplement is a contact."),
    ),
    Kpi(
        "tt01_indicator_9", 1, FAMILY, Text("Chỉ số 9: trực tuyến", "Indicator 9: online"),
        Grades((Grade(2, (OFFERED, sent_online(0.3), NONE_LATE)), Grade(1, (sent_online(0.15), NONE_LATE)))),
        Better.HIGHER, SOURCE,
    ),
)  # fmt: skip

NOT_IN = Text("dữ liệu đầu vào không có", "not in the input")
MOST = 2


def _missing(number: int, vi: str, en: str) -> Uncovered:
    title = Text(f"Chỉ số {number}: {vi}", f"Indicator {number}: {en}")
    return Uncovered(f"tt01_indicator_{number}", FAMILY, title, NOT_IN, MOST)


UNCOVERED = (
    _missing(4, "số cơ quan phải liên hệ", "agencies contacted"),
    _missing(5, "tổ chức một cửa", "the one-stop desk"),
    _missing(6, "công khai", "publication"),
    _missing(7, "thái độ", "attitude"),
    _missing(8, "phản ánh, kiến nghị", "petitions"),
)
