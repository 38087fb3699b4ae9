"""QĐ 766/QĐ-TTg: what dossiers, services and their payment marks can feed, each as a rate and as points of 100.

The annex of the decision was not read. Formulas marked reconstructed reproduced the national portal's answers; the
split of the 12 points for online services is unverified: both published ways are here, and are never added together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from metrics.catalogue.headline import ONLINE
from metrics.catalogue.qd766_progress import FAMILY, ON_TIME_POINTS, SINCE
from metrics.fields import Derived
from metrics.kpi import Better, Kpi, Points, Ratio, Score, Source, Target, Trust
from metrics.predicate import All, OneOf, Within
from metrics.terms import Dossiers, ServicesInForce, ServicesJudged, Term
from metrics.uncovered import Uncovered
from metrics.words import Text

ACT = "Quyết định 766/QĐ-TTg năm 2022"

FIELDS = (
    Derived(
        "started_at",
        "coalesce(received_at, submitted_at)",
        Text("thời điểm tiếp nhận, nếu không có thì thời điểm nộp", "moment of reception, else of submission"),
    ),
)

RECEIVED, STARTED = Within("received_at"), Within("started_at")
ONLINE_CHANNEL = OneOf("channel", ("2",))
ALL_SERVICES = All(())
FEE = OneOf("has_fee", ("1",))
PAID_ONLINE = OneOf("paid_online", ("1", "2"))


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate, and what it is worth."""

    id: str
    title: Text
    part: Term
    whole: Term
    most: float
    full_at: float = 1.0
    empty: float | None = None
    trust: Trust = Trust.RECONSTRUCTED
    note: Text | None = None

    @property
    def points(self) -> Points:
        return Points(self.part, self.whole, self.most, self.full_at, self.empty)

    def kpis(self) -> Iterator[Kpi]:
        source, better = Source(ACT, SINCE, self.trust), Better.HIGHER
        rate, target = Ratio(self.part, self.whole), Target(self.full_at, source) if self.full_at < 1 else None
        yield Kpi(self.id, 1, FAMILY, self.title, rate, better, source, target=target, note=self.note)
        named = Text("Điểm: ", "Points: ") + self.title
        yield Kpi(f"{self.id}_points", 1, FAMILY, named, self.points, better, source, note=self.note)


OFFERED = Indicator(
    "qd766_online_offered",
    Text("TTHC cung cấp dịch vụ công trực tuyến", "Procedures offered online"),
    ServicesInForce(ONLINE),
    ServicesInForce(ALL_SERVICES),
    most=2,
    full_at=0.8,
    trust=Trust.UNVERIFIED,
)
WITH_ONLINE = Indicator(
    "qd766_services_with_online",
    Text("DVCTT có phát sinh hồ sơ trực tuyến", "Online services with dossiers received online"),
    ServicesJudged(All((STARTED, ONLINE_CHANNEL)), ONLINE),
    ServicesInForce(ONLINE),
    most=4,
    trust=Trust.UNVERIFIED,
    note=Text("Khác chỉ số chính: chỉ tính hồ sơ nộp trực tuyến.", "Unlike the headline figure: online dossiers only."),
)
ONLINE_SHARE = Indicator(
    "qd766_online_share",
    Text("Hồ sơ nộp trực tuyến", "Dossiers submitted online"),
    Dossiers(All((RECEIVED, ONLINE_CHANNEL))),
    Dossiers(RECEIVED),
    most=6,
    full_at=0.5,
    trust=Trust.UNVERIFIED,
    note=Text("Chưa nhân tỷ lệ đồng bộ, chưa xét kết quả điện tử.", "Without the sync rate and electronic results."),
)
FULL_PROCESS = Indicator(
    "qd766_full_process",
    Text("Hồ sơ trực tuyến toàn trình (phương án 12 điểm)", "Full-process dossiers (the way that gives 12 points)"),
    Dossiers(All((RECEIVED, ONLINE_CHANNEL, OneOf("level", ("4",))))),
    Dossiers(All((RECEIVED, OneOf("level", ("4",))))),
    most=12,
    trust=Trust.UNVERIFIED,
)
PAID_DOSSIERS = Indicator(
    "qd766_paid_dossiers",
    Text("Hồ sơ thanh toán trực tuyến", "Dossiers paid online"),
    Dossiers(All((STARTED, FEE, PAID_ONLINE))),
    Dossiers(All((STARTED, FEE))),
    most=6,
    empty=0,
    note=Text("Chưa trừ hồ sơ được miễn phí: dữ liệu không có mức phí.", "Dossiers free of charge are not known."),
)
PAID_SERVICES = Indicator(
    "qd766_paid_services",
    Text("TTHC có giao dịch thanh toán trực tuyến", "Fee procedures with an online payment"),
    ServicesJudged(All((STARTED, PAID_ONLINE)), FEE),
    ServicesInForce(FEE),
    most=2,
    full_at=0.8,
)
FEE_SERVICES = Indicator(
    "qd766_fee_services",
    Text("TTHC có phí phát sinh hồ sơ", "Fee procedures with dossiers"),
    ServicesJudged(STARTED, FEE),
    ServicesInForce(FEE),
    most=2,
    full_at=0.8,
)
DIGITISED = Indicator(
    "qd766_digitised",
    Text("Số hóa hồ sơ", "Digitised dossiers"),
    Dossiers(All((RECEIVED, OneOf("digitised", ("1",))))),
    Dossiers(RECEIVED),
    most=4,
    note=Text("Chưa xét kết quả điện tử: dữ liệu không có.", "Electronic results are not in the data."),
)

INDICATORS = (
    OFFERED, WITH_ONLINE, ONLINE_SHARE, FULL_PROCESS, PAID_DOSSIERS, PAID_SERVICES, FEE_SERVICES, DIGITISED,
)  # fmt: skip


def score(name: str, title: Text, parts: tuple[Points, ...], most: float, trust: Trust) -> Kpi:
    return Kpi(name, 1, FAMILY, title, Score(parts, most), Better.HIGHER, Source(ACT, SINCE, trust))


SPLIT = (OFFERED.points, WITH_ONLINE.points, ONLINE_SHARE.points)
PAYMENT = (PAID_DOSSIERS.points, PAID_SERVICES.points, FEE_SERVICES.points)
SCORES = (
    score(
        "qd766_online_split246",
        Text("Nhóm dịch vụ công trực tuyến, cách chia 2 + 4 + 6", "Online services, split 2 + 4 + 6"),
        SPLIT,
        12,
        Trust.UNVERIFIED,
    ),
    score(
        "qd766_online_full12",
        Text("Nhóm dịch vụ công trực tuyến, 12 điểm toàn trình", "Online services, 12 points for the full process"),
        (FULL_PROCESS.points,),
        12,
        Trust.UNVERIFIED,
    ),
    score("qd766_payment", Text("Nhóm thanh toán trực tuyến", "Online payment"), PAYMENT, 10, Trust.RECONSTRUCTED),
    score(
        "qd766_total",
        Text("Tổng điểm 766 (phần tính được)", "QĐ 766 total, as far as covered"),
        (ON_TIME_POINTS, *SPLIT, *PAYMENT, DIGITISED.points),
        100,
        Trust.UNVERIFIED,
    ),
)

KPIS = (*(kpi for indicator in INDICATORS for kpi in indicator.kpis()), *SCORES)


def _missing(name: str, vi: str, en: str, most: float, why: Text) -> Uncovered:
    return Uncovered(f"qd766_{name}", FAMILY, Text(vi, en), why, most)


PUBLISHED = Text("cần dữ liệu công bố TTHC của Cổng quốc gia", "needs the national database of procedures")
NATIONAL = Text("cần dữ liệu của Cổng dịch vụ công quốc gia", "needs data of the National Portal")
PAPERS = Text("dữ liệu đầu vào không có thành phần hồ sơ, kết quả điện tử", "papers and results are not in the input")

UNCOVERED = (
    _missing("publish_on_time", "TTHC công bố đúng hạn", "Procedures published in time", 6, PUBLISHED),
    _missing("public_update", "Cập nhật, công khai đúng hạn", "Made public in time", 4, PUBLISHED),
    _missing("public_content", "Công khai đủ nội dung", "Complete content", 2, PUBLISHED),
    _missing("e_result", "Cấp kết quả điện tử", "Electronic results", 6, PAPERS),
    _missing("certified_copy", "Chứng thực bản sao điện tử", "Certified electronic copies", 2, NATIONAL),
    _missing("reused", "Tái sử dụng dữ liệu", "Data reused", 2, PAPERS),
    _missing("shared", "Kết nối, chia sẻ để tái sử dụng", "Shared for reuse", 4, PAPERS),
    _missing("population_dossier", "Hồ sơ dùng dữ liệu dân cư", "Dossiers using population data", 2, PAPERS),
    _missing("population_service", "TTHC kết nối dữ liệu dân cư", "Procedures using population data", 2, PAPERS),
)
