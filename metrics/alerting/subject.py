"""What a threshold can be about: every KPI, the lists of late dossiers, and the state of the data itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from metrics.catalogue import CATALOGUE
from metrics.kpi import Kpi, Points, Ratio
from metrics.unit import Unit
from metrics.words import Text


@dataclass(frozen=True, slots=True)
class Subject:
    """`version` is the KPI's, 0 where it is none. `advice` is what to do where a limit is reached.

    Limits are said in `unit`, those of a rate in percent: 49.5 is 49.5 %.

    `of_agencies`: it can be asked for one agency; `has_whole`: it is a share of something.
    """

    id: str
    version: int
    title: Text
    unit: Unit
    advice: Text
    kpi: Kpi | None = None
    of_agencies: bool = False
    has_whole: bool = False


LOOK_BEHIND = Text(
    "Mở liên kết để xem các hồ sơ đứng sau con số, rồi đôn đốc đơn vị liên quan.",
    "Open the link to see the dossiers behind the number, then ask the agencies concerned.",
)
WORK_OFF = Text(
    "Mở danh sách, phân công xử lý ngay; hồ sơ chắc chắn trễ phải có thư xin lỗi và hẹn lại.",
    "Open the list and assign them now; where one will surely be late, apologise and set another date.",
)
LOOK_AT_DATA = Text(
    "Kiểm tra nguồn dữ liệu và đường truyền ở trang Chất lượng dữ liệu; số trên bảng có thể chưa đủ.",
    "Look at the sources and the pipeline on the data quality page; the figures may be incomplete.",
)

OTHERS = (
    Subject("overdue", 0, Text("Hồ sơ quá hạn chưa xong", "Overdue open dossiers"), Unit.COUNT, WORK_OFF,
            of_agencies=True),
    Subject("due_24h", 0, Text("Hồ sơ đến hạn trong 24 giờ", "Dossiers due within 24 hours"), Unit.COUNT, WORK_OFF,
            of_agencies=True),
    Subject("due_3d", 0, Text("Hồ sơ đến hạn trong 3 ngày làm việc", "Dossiers due within 3 working days"),
            Unit.COUNT, WORK_OFF, of_agencies=True),
    Subject("due_7d", 0, Text("Hồ sơ đến hạn trong 7 ngày làm việc", "Dossiers due within 7 working days"),
            Unit.COUNT, WORK_OFF, of_agencies=True),
    Subject("data_age", 0, Text("Tuổi của dữ liệu", "Age of the data"), Unit.HOURS, LOOK_AT_DATA),
    Subject("dead_letter_share", 0, Text("Tỷ lệ dòng bị loại", "Share of dead letters"), Unit.PERCENT, LOOK_AT_DATA,
            has_whole=True),
    Subject("drift", 0, Text("Số liệu sai lệch giữa dữ kiện và ô số liệu", "Figures where facts and cells disagree"),
            Unit.COUNT, LOOK_AT_DATA),
)  # fmt: skip


def of_kpi(kpi: Kpi) -> Subject:
    whole = isinstance(kpi.formula, Ratio | Points)
    by_agency = "agency" in kpi.dimensions()
    return Subject(kpi.id, kpi.version, kpi.title, kpi.unit, LOOK_BEHIND, kpi, by_agency, whole)


VERSIONS: Mapping[tuple[str, int], Subject] = MappingProxyType(
    {(kpi.id, kpi.version): of_kpi(kpi) for kpi in CATALOGUE} | {(other.id, 0): other for other in OTHERS}
)
"""Every subject there is, by name and version."""

SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {name: VERSIONS[name, version] for name, version in sorted(VERSIONS, key=lambda key: key[1])}
)
"""Of each the newest version: a limit is set on the definition that holds now."""


def subject(name: str, version: int) -> Subject | None:
    """None where the catalogue has it no more."""
    return VERSIONS.get((name, version))
