"""How the province's dossiers reach the national portal, as far as its exports were imported (docs/national.md).

Without an export there is nothing to divide by: such a figure has no value. Of a day that no export covers nothing is
counted.
"""

from metrics.catalogue.qd766 import ACT, Indicator
from metrics.catalogue.qd766_progress import SINCE
from metrics.civil import CIVIL_SQL_ZONE
from metrics.fields import Derived, Join
from metrics.kpi import Better, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, Known, OneOf, Within
from metrics.readings.working_sql import working_seconds_sql
from metrics.terms import Dossiers
from metrics.words import Text

FAMILY = Family("national", Text("Đồng bộ lên Cổng dịch vụ công quốc gia", "Sync to the national portal"))
LATE = 8 * 3600
"""Working seconds from the reception to the portal's having it, after which it is late (chưa kiểm chứng)."""

COVERED = (
    f"ifNull(arrayExists(one -> toDate32(received_at, '{CIVIL_SQL_ZONE}') BETWEEN one.1 AND one.2, "
    "(SELECT groupArray((covers_from, covers_to)) FROM national_import)), 0)"
)
"""SQL: an export covers the day of reception."""

NATIONAL = Join(
    "national_of",
    "dossier",
    "SELECT code AS dossier, '1' AS national_found, synced_at AS national_synced_at "
    "FROM national_link WHERE code != ''",
)
"""What the portal's exports say of the dossier."""

FIELDS = (
    Derived("national_covered", f"toString({COVERED})", Text("thuộc phạm vi tệp của Cổng", "covered by an export")),
    Derived("national_found", "national_found", Text("có trên Cổng quốc gia", "on the portal"), join=NATIONAL),
    Derived("national_synced_at", "national_synced_at", Text("thời điểm đồng bộ", "moment of the sync"), join=NATIONAL),
    Derived(
        "national_late",
        f"toString(ifNull({working_seconds_sql('received_at', 'national_synced_at')} > {LATE}, 0))",
        Text("đồng bộ quá 8 giờ làm việc sau tiếp nhận", "synced over 8 working hours after the reception"),
        ("national_synced_at",),
    ),
)

COVERED_HERE = All((Within("received_at"), OneOf("national_covered", ("1",))))
THERE = All((COVERED_HERE, OneOf("national_found", ("1",))))
DATED = All((THERE, Known("national_synced_at")))

SYNC = Indicator(
    "qd766_sync",
    Text("Hồ sơ đồng bộ", "Dossiers synced"),
    Dossiers(THERE),
    Dossiers(COVERED_HERE),
    most=6,
    trust=Trust.UNVERIFIED,
    note=Text(
        "Mẫu số là hồ sơ tỉnh tiếp nhận trong phạm vi tệp của Cổng; số của hệ thống báo cáo quốc gia không có.",
        "The denominator is what the province received of the days covered; the reporting system's is unknown.",
    ),
)

KPIS = (
    *SYNC.kpis(),
    Kpi(
        "national_sync_late",
        1,
        FAMILY,
        Text("Hồ sơ đồng bộ chậm lên Cổng quốc gia", "Dossiers synced late to the national portal"),
        Ratio(Dossiers(All((DATED, OneOf("national_late", ("1",))))), Dossiers(DATED)),
        Better.LOWER,
        Source(f"{ACT}; mức 8 giờ làm việc là thông lệ", SINCE, Trust.UNVERIFIED),
    ),
)
