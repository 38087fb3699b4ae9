"""A dossier as the national portal's export says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from metrics.civil import civil

CARRIED: Mapping[str, str] = MappingProxyType(
    {
        "MaTTHC": "procedure",
        "KenhThucHien": "channel",
        "NgayNopHoSo": "submitted_at",
        "NgayTiepNhan": "received_at",
        "NgayHenTra": "due_at",
        "TrangThaiHoSo": "status",
        "NgayKetThucXuLy": "resolved_at",
        "NgayTra": "resolved_at",
        "DuocThanhToanTrucTuyen": "paid_online",
        "HoSoCoThanhPhanSoHoa": "digitised",
        "DonViXuLy": "unit",
        "MaHoSoDiaPhuong": "local_code",
        "NgayDongBo": "synced_at",
    }
)
"""A field of the export, and what is known of a dossier by it. Of what no field says, nothing is known there."""


@dataclass(frozen=True, slots=True)
class Record:
    """`resolved_at` is `NgayKetThucXuLy`, else `NgayTra`; `unit` is written as the portal writes it: a name or a code.

    A moment at 0 h is a day without an hour.
    """

    dossier: str
    local_code: str | None
    unit: str | None
    procedure: str | None
    channel: str | None
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    status: str | None
    resolved_at: datetime | None
    paid_online: str | None
    digitised: str | None
    synced_at: datetime | None

    @property
    def day(self) -> date | None:
        """The civil day of reception, else of submission: by it an export covers a dossier or does not."""
        moment = self.received_at or self.submitted_at
        return None if moment is None else civil(moment).date()
