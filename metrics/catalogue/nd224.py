"""NĐ 224/2026/NĐ-CP article 19: online services measured continuously, since 1 July 2026."""

from datetime import date

from metrics.catalogue.headline import ONLINE
from metrics.catalogue.qd766_progress import ENDED
from metrics.formula import Formula
from metrics.kpi import Better, Count, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, Known, NotAfter, OneOf, Within
from metrics.terms import Dossiers, Quantile, ServicesInForce, Sum
from metrics.uncovered import Uncovered
from metrics.unit import Unit
from metrics.words import Text

FAMILY = Family("nd224", Text("Nghị định 224/2026, điều 19", "Decree 224/2026, article 19"))
SOURCE = Source("Nghị định 224/2026/NĐ-CP, điều 19", (date(2026, 7, 1), None), Trust.LAW)
RECEIVED, FULL = Within("received_at"), OneOf("level", ("4",))
SENT_ONLINE = OneOf("channel", ("2",))
DATED = All((Within("resolved_at"), Known("due_at")))


def content(name: str, vi: str, en: str, formula: Formula, better: Better = Better.HIGHER) -> Kpi:
    return Kpi(f"nd224_{name}", 1, FAMILY, Text(vi, en), formula, better, SOURCE)


def hours(share: float) -> Count:
    return Count(Quantile("working_time", share, ENDED), Unit.WORKING_HOURS)


KPIS = (
    content(
        "full_services", "Dịch vụ công trực tuyến toàn trình", "Full-process services",
        Ratio(ServicesInForce(FULL), ServicesInForce(ONLINE)),
    ),
    content(
        "online_dossiers", "Hồ sơ tiếp nhận trực tuyến", "Dossiers received online",
        Ratio(Dossiers(All((RECEIVED, SENT_ONLINE))), Dossiers(RECEIVED)),
    ),
    content(
        "full_online_dossiers", "Hồ sơ trực tuyến toàn trình", "Fully online dossiers",
        Ratio(Dossiers(All((RECEIVED, SENT_ONLINE, FULL))), Dossiers(RECEIVED)),
    ),
    content(
        "time_mean", "Thời gian giải quyết trung bình", "Mean time of resolution",
        Ratio(Sum("working_time", ENDED), Dossiers(ENDED), Unit.WORKING_HOURS), Better.LOWER,
    ),
    content("time_median", "Thời gian giải quyết, trung vị", "Median time of resolution", hours(0.5), Better.LOWER),
    content("time_p90", "Thời gian giải quyết, 90 % hồ sơ", "Time of resolution, 90 %", hours(0.9), Better.LOWER),
    content(
        "on_time", "Hồ sơ giải quyết đúng hạn", "Resolved on time",
        Ratio(Dossiers(All((DATED, NotAfter("resolved_at", "due_at")))), Dossiers(DATED)),
    ),
)  # fmt: skip

UNCOVERED = (
    Uncovered(
        "nd224_automation", FAMILY, Text("Mức độ tự động hóa", "Degree of automation"),
        Text("chưa có phương pháp tính", "no method has been published"),
    ),
    Uncovered(
        "nd224_satisfaction", FAMILY, Text("Mức độ hài lòng", "Satisfaction"),
        Text("chưa có nguồn đánh giá", "no source of ratings yet"),
    ),
    Uncovered(
        "nd224_proactive", FAMILY, Text("Dịch vụ chủ động", "Proactive services"),
        Text("dữ liệu đầu vào không có", "not in the input"),
    ),
)  # fmt: skip
