"""What provinces report in public: post at both ends, the catalogue's make-up, times, supplements, late reception."""

from metrics.catalogue.headline import ONLINE
from metrics.catalogue.qd766_progress import ENDED
from metrics.fields import Derived
from metrics.formula import Formula
from metrics.kpi import Better, Count, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, AtLeast, Known, OneOf, Predicate, Within
from metrics.readings.working_sql import working_seconds_sql
from metrics.terms import Dossiers, Quantile, ServicesInForce, ServicesJudged, Sum
from metrics.unit import Unit
from metrics.words import Text

CATALOGUE_FAMILY = Family("catalogue", Text("Danh mục thủ tục (biểu II.07b)", "The catalogue (form II.07b)"))
SERVICE_FAMILY = Family("service", Text("Phục vụ người dân", "Serving the public"))
FORM = Source("Biểu II.07b/VPCP/KSTT; báo cáo của các tỉnh", trust=Trust.CODE)
REPORTS = Source("Báo cáo công khai của các tỉnh", trust=Trust.GOVERNMENT)
PAR = Source("PAR INDEX: tiêu chí bưu chính công ích", trust=Trust.GOVERNMENT)
LIMIT = Source("Thực tiễn điều hành năm 2025: 8 giờ làm việc", trust=Trust.GOVERNMENT)

QUARTER = 92 * 86_400
"""Seconds: the catalogue changes some times a year."""
RECEPTION_LIMIT = 8 * 3600
FIELDS = (
    Derived(
        "reception_time",
        working_seconds_sql("submitted_at", "received_at"),
        Text("thời gian làm việc từ nộp đến tiếp nhận", "working time from submission to reception"),
    ),
    Derived(
        "desk_time",
        "toInt64(dateDiff('second', step_processed_at, step_returned_at))",
        Text("thời gian kết quả chờ ở bộ phận một cửa", "time that the result waits at the desk"),
    ),
)

ALL = All(())
PROVINCE, DISTRICT, COMMUNE = (OneOf("authority", (level,)) for level in ("tinh", "huyen", "xa"))
LEVEL_3, LEVEL_4 = (OneOf("level", (level,)) for level in "34")
RECEIVED, RESOLVED = Within("received_at"), Within("resolved_at")
SUBMITTED = All((RECEIVED, OneOf("channel", ("2",)), Known("reception_time"), AtLeast("reception_time", 0)))
RETURNED = All((Within("step_returned_at"), Known("desk_time"), AtLeast("desk_time", 0)))
WITH_RETURN = All((RESOLVED, Known("return_way")))


def of_catalogue(name: str, vi: str, en: str, formula: Formula) -> Kpi:
    title = Text(vi, en)
    return Kpi(f"catalogue_{name}", 1, CATALOGUE_FAMILY, title, formula, Better.HIGHER, FORM, freshness=QUARTER)


def services(name: str, vi: str, en: str, which: Predicate) -> Kpi:
    return of_catalogue(name, vi, en, Count(ServicesInForce(which)))


def share(name: str, vi: str, en: str, field: str) -> Kpi:
    return of_catalogue(name, vi, en, Ratio(ServicesInForce(OneOf(field, ("1",))), ServicesInForce(ALL)))


def of_level(name: str, vi: str, en: str, which: Predicate, among: Predicate) -> Kpi:
    return of_catalogue(name, vi, en, Ratio(ServicesInForce(which), ServicesInForce(among)))


def used(name: str, vi: str, en: str, level: str) -> Kpi:
    such = All((ONLINE, OneOf("authority", (level,))))
    return of_catalogue(name, vi, en, Ratio(ServicesJudged(RECEIVED, such), ServicesInForce(such)))


def public(name: str, title: Text, formula: Formula, source: Source, better: Better = Better.LOWER) -> Kpi:
    return Kpi(name, 1, SERVICE_FAMILY, title, formula, better, source)


KPIS = (
    services("all", "Thủ tục hành chính trong danh mục", "Procedures of the catalogue", ALL),
    services("province", "Thủ tục cấp tỉnh", "Procedures of the province", PROVINCE),
    services("district", "Thủ tục cấp huyện", "Procedures of districts", DISTRICT),
    services("commune", "Thủ tục cấp xã", "Procedures of communes", COMMUNE),
    services("level_3", "Dịch vụ mức độ 3 (một phần)", "Services of level 3 (partial)", LEVEL_3),
    services("level_4", "Dịch vụ mức độ 4 (toàn trình)", "Services of level 4 (full)", LEVEL_4),
    share("one_stop", "Thủ tục thực hiện một cửa", "Procedures by one-stop desk", "one_stop"),
    share("interlinked", "Thủ tục liên thông", "Interlinked procedures", "interlinked"),
    share("electronic", "Thủ tục có quy trình điện tử", "Procedures with an electronic process", "electronic_process"),
    share("shared", "Thủ tục dùng chung nhiều cấp", "Procedures shared by several levels", "shared"),
    share("within_level", "Thủ tục liên thông cùng cấp", "Procedures interlinked within a level", "within_level"),
    share("between_levels", "Thủ tục liên thông giữa các cấp", "Interlinked between levels", "between_levels"),
    services("on_the_spot", "Thủ tục giải quyết tại chỗ", "Handled on the spot", OneOf("on_the_spot", ("1",))),
    services("time_cut", "Thủ tục được cắt giảm thời gian", "Procedures with a cut time", OneOf("time_cut", ("1",))),
    services("online", "Dịch vụ công trực tuyến (mức độ 3, 4)", "Online services (level 3 or 4)", ONLINE),
    of_level("province_share", "Tỷ lệ thủ tục cấp tỉnh", "Share of the province's procedures", PROVINCE, ALL),
    of_level("district_share", "Tỷ lệ thủ tục cấp huyện", "Share of districts' procedures", DISTRICT, ALL),
    of_level("commune_share", "Tỷ lệ thủ tục cấp xã", "Share of communes' procedures", COMMUNE, ALL),
    of_level("level_3_share", "Tỷ lệ mức độ 3 trong DVCTT", "Level 3 among online services", LEVEL_3, ONLINE),
    of_level("level_4_share", "Tỷ lệ mức độ 4 trong DVCTT", "Level 4 among online services", LEVEL_4, ONLINE),
    share("by_post", "Thủ tục nhận, trả qua bưu chính", "Procedures offered by post", "by_post"),
    used("used_province", "DVCTT cấp tỉnh có hồ sơ", "Online services of the province with dossiers", "tinh"),
    used("used_district", "DVCTT cấp huyện có hồ sơ", "Online services of districts with dossiers", "huyen"),
    used("used_commune", "DVCTT cấp xã có hồ sơ", "Online services of communes with dossiers", "xa"),
    public(
        "postal_reception_share", Text("Hồ sơ nhận qua bưu chính công ích", "Dossiers received by post"),
        Ratio(Dossiers(All((RECEIVED, OneOf("channel", ("3",))))), Dossiers(RECEIVED)), PAR, Better.HIGHER,
    ),
    public(
        "postal_return_share", Text("Kết quả trả qua bưu chính công ích", "Results returned by post"),
        Ratio(Dossiers(All((WITH_RETURN, OneOf("return_way", ("1",))))), Dossiers(WITH_RETURN)), PAR, Better.HIGHER,
    ),
    public(
        "reception_late", Text("Hồ sơ trực tuyến tiếp nhận quá 8 giờ làm việc", "Received later than 8 working hours"),
        Ratio(Dossiers(All((SUBMITTED, AtLeast("reception_time", RECEPTION_LIMIT + 1)))), Dossiers(SUBMITTED)), LIMIT,
    ),
    public(
        "processing_time_mean", Text("Thời gian giải quyết trung bình", "Mean processing time"),
        Ratio(Sum("working_time", ENDED), Dossiers(ENDED), Unit.WORKING_DAYS), REPORTS,
    ),
    public(
        "processing_time_median", Text("Thời gian giải quyết, trung vị", "Median processing time"),
        Count(Quantile("working_time", 0.5, ENDED), Unit.WORKING_DAYS), REPORTS,
    ),
    public(
        "desk_time_mean", Text("Thời gian kết quả chờ ở một cửa", "Mean wait of results at the desk"),
        Ratio(Sum("desk_time", RETURNED), Dossiers(RETURNED), Unit.DAYS), REPORTS,
    ),
    public(
        "supplements_per_dossier", Text("Số lần yêu cầu bổ sung mỗi hồ sơ", "Requests for supplements a dossier"),
        Ratio(Sum("requests", RECEIVED), Dossiers(RECEIVED), Unit.NUMBER), REPORTS,
    ),
    public(
        "supplemented_share", Text("Hồ sơ phải bổ sung", "Dossiers that needed a supplement"),
        Ratio(Dossiers(All((RECEIVED, AtLeast("requests", 1)))), Dossiers(RECEIVED)), REPORTS,
    ),
)  # fmt: skip
