"""TT 01/2018/TT-VPCP articles 13–15: the scoring tool, for the indicators that dossiers alone can feed.

Each is the mean of 2, 1 or 0 points a dossier resolved in the period, rounded to one decimal, as article 14 has it.
"""

from datetime import date

from metrics.fields import Derived
from metrics.formula import Ratio
from metrics.kpi import Better, Family, Kpi, Source, Trust
from metrics.predicate import All, Known, Within
from metrics.terms import Dossiers, Sum
from metrics.uncovered import Uncovered
from metrics.unit import Unit
from metrics.words import Text

FAMILY = Family("tt01", Text("Chấm điểm theo Thông tư 01/2018", "Scoring by Circular 01/2018"))
SOURCE = Source("Thông tư 01/2018/TT-VPCP, điều 13, 14", (date(2019, 1, 6), None), Trust.LAW)

FIELDS = (
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

KPIS = (
    Kpi(
        "tt01_indicator_1", 1, FAMILY, Text("Chỉ số 1: thời gian giải quyết", "Indicator 1: time of resolution"),
        Ratio(Sum("time_points", DATED), Dossiers(DATED), Unit.MARK), Better.HIGHER, SOURCE,
        note=Text("So theo ngày với ngày hẹn trả.", "Compared by day with the due day."),
    ),
    Kpi(
        "tt01_indicator_3", 1, FAMILY,
        Text("Chỉ số 3: số lần liên hệ để hoàn thiện hồ sơ", "Indicator 3: contacts to complete the dossier"),
        Ratio(Sum("contact_points", RESOLVED), Dossiers(RESOLVED), Unit.MARK), Better.HIGHER, SOURCE,
        note=Text("Mỗi yêu cầu bổ sung là một lần liên hệ.", "Each request for a supplement is a contact."),
    ),
)  # fmt: skip

NOT_IN = Text("dữ liệu đầu vào không có", "not in the input")
NOT_YET = Text("gộp nhiều điều kiện, chưa làm", "several conditions in one, not made yet")
MOST = 2


def _missing(number: int, vi: str, en: str, why: Text = NOT_IN) -> Uncovered:
    title = Text(f"Chỉ số {number}: {vi}", f"Indicator {number}: {en}")
    return Uncovered(f"tt01_indicator_{number}", FAMILY, title, why, MOST)


UNCOVERED = (
    _missing(2, "thời hạn từng bước", "time of each step"),
    _missing(4, "số cơ quan phải liên hệ", "agencies contacted"),
    _missing(5, "tổ chức một cửa", "the one-stop desk"),
    _missing(6, "công khai", "publication"),
    _missing(7, "thái độ", "attitude"),
    _missing(8, "phản ánh, kiến nghị", "petitions"),
    _missing(9, "trực tuyến", "online", NOT_YET),
)
