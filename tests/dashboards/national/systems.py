"""Pairs of systems: dossiers as the province has them, and what was planted in the portal's copy of each.

A plant is applied by plain code of its own, so that the figures between "nothing handed over" and "all of it" can be
had by reading made-up dossiers naively, class after class.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.strategies import KINDS, History, text

AGENCIES = ("H07", "H07.14", "H07.15", "H08")
SERVICES = (("1.000001", "4"), ("1.000002", "3"), ("2.000001", "2"), ("2.000002", "4"))
NOWHERE = "NOWHERE"
ORDER = (
    "not_synced", "synced_late", "only_there", "code_changed", "unit_unmapped", "unit_differs", "procedure_differs",
    "received_differs", "submitted_differs", "channel_differs", "due_differs", "rewritten", "closed_at_reception",
    "end_missing", "end_differs", "status_differs", "payment_differs", "digitised_differs",
)  # fmt: skip
PRESENCE = ("not_synced", "synced_late", "only_there")
FREE = (
    "code_changed", "unit_unmapped", "unit_differs", "procedure_differs", "received_differs", "submitted_differs",
    "channel_differs", "due_differs", "payment_differs", "digitised_differs",
)  # fmt: skip
ENDS = {True: ("closed_at_reception", "end_missing", "end_differs", "status_differs"), False: ("rewritten",)}


@dataclass(frozen=True)
class Dossier:
    number: int
    agency: str
    procedure: str
    channel: str
    received: datetime
    due: datetime | None
    ended: datetime | None
    paid: str
    digitised: str
    status: str = ""
    submitted: datetime = datetime(2026, 1, 1, 8)  # noqa: DTZ001 - civil

    @property
    def code(self) -> str:
        return f"{self.agency}-260101-{self.number:04d}"


@dataclass(frozen=True)
class Planted:
    """`here` is None where only the portal has it; `plants` in the order of the classes."""

    dossier: Dossier
    plants: tuple[str, ...] = ()
    said_local: bool = True

    def at(self, stage: int) -> Dossier | None:
        """As it is after so many classes have been handed over; None where it is not there."""
        handed = set(ORDER[:stage])
        if "not_synced" in self.plants and "not_synced" in handed:
            return None
        if "only_there" in self.plants:
            return self.dossier if "only_there" in handed else None
        found = self.dossier
        for plant in self.plants:
            if plant in handed:
                found = apply(plant, found)
        return found

    @property
    def there(self) -> Dossier | None:
        return self.at(len(ORDER))


def apply(plant: str, one: Dossier) -> Dossier:
    days = timedelta(days=1)
    changes: dict[str, Any] = {
        "unit_unmapped": {"agency": NOWHERE},
        "unit_differs": {"agency": AGENCIES[(AGENCIES.index(one.agency) + 1) % 4] if one.agency in AGENCIES else ""},
        "procedure_differs": {"procedure": SERVICES[([code for code, _ in SERVICES].index(one.procedure) + 1) % 4][0]},
        "received_differs": {"received": one.received - 2 * days},
        "submitted_differs": {"submitted": one.submitted - 3 * days},
        "channel_differs": {"channel": "1" if one.channel == "2" else "2"},
        "due_differs": {"due": None if one.due and one.number % 3 == 0 else (one.due or one.received) + 5 * days},
        "rewritten": {"status": "9", "ended": one.received + timedelta(days=1, hours=1)},
        "closed_at_reception": {"ended": one.received},
        "end_missing": {"ended": None, "status": "4"},
        "end_differs": {"ended": (one.ended or one.received) + 3 * days},
        "status_differs": {"status": "10"},
        "payment_differs": {"paid": "1" if one.paid in {"0", ""} else "0"},
        "digitised_differs": {"digitised": "1" if one.digitised == "0" else "0"},
    }.get(plant, {})
    return replace(one, **changes)


@st.composite
def dossiers(draw: st.DrawFn, number: int) -> Dossier:
    """Each received at a moment of its own, never at 0 h."""
    received = datetime(2026, draw(st.integers(2, 4)), draw(st.integers(3, 28)), 9, number % 60, number // 60)  # noqa: DTZ001
    due = draw(st.one_of(st.none(), st.integers(1, 20).map(lambda days: received + timedelta(days=days))))
    ended = draw(st.one_of(st.none(), st.integers(4, 25).map(lambda days: received + timedelta(days=days, hours=2))))
    return Dossier(
        number=number,
        agency=draw(st.sampled_from(AGENCIES)),
        procedure=draw(st.sampled_from(SERVICES))[0],
        channel=draw(st.sampled_from(("1", "2", "2", "3"))),
        received=received,
        due=due,
        ended=ended,
        paid=draw(st.sampled_from(("0", "1", "2", ""))),
        digitised=draw(st.sampled_from("01")),
        status="9" if ended else draw(st.sampled_from("568")),
        submitted=received - timedelta(minutes=30),
    )


@st.composite
def planted(draw: st.DrawFn, number: int) -> Planted:
    one = draw(dossiers(number))
    if draw(st.integers(0, 3)) == 0:
        return Planted(one, (draw(st.sampled_from(PRESENCE)),))
    free = draw(st.sets(st.sampled_from(FREE), max_size=3))
    if {"unit_unmapped", "unit_differs"} <= free:
        free.remove("unit_differs")
    ends = draw(st.one_of(st.just(set()), st.sampled_from(ENDS[one.ended is not None]).map(lambda end: {end})))
    alone = draw(st.booleans()) and not free & {"procedure_differs", "received_differs"}
    return Planted(one, tuple(each for each in ORDER if each in free | ends), said_local=not alone)


@st.composite
def systems(draw: st.DrawFn, most: int = 25) -> list[Planted]:
    return [draw(planted(number)) for number in range(draw(st.integers(1, most)))]


def moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y%m%d%H%M%S}"


def line(one: Dossier, code: str) -> dict[str, Any]:
    """As the national record says it."""
    return {
        "MaHoSo": code,
        "MaTTHC": one.procedure,
        "KenhThucHien": one.channel,
        "NgayNopHoSo": moment(one.submitted),
        "NgayTiepNhan": moment(one.received),
        "NgayHenTra": moment(one.due),
        "TrangThaiHoSo": one.status,
        "NgayKetThucXuLy": moment(one.ended),
        "DuocThanhToanTrucTuyen": one.paid,
        "HoSoCoThanhPhanSoHoa": one.digitised,
    }


def services() -> list[bytes]:
    return [
        text({"MaTTHC": code, "TenTTHC": "Thủ tục", "MucDo": level, "CoPhi": "1", "HieuLucTu": "20200101"})
        for code, level in SERVICES
    ]


def agencies() -> list[bytes]:
    parents = {"H07.14": "H07", "H07.15": "H07"}
    return [text({"MaDonVi": code, "TenDonVi": code, "MaDonViCha": parents.get(code)}) for code in AGENCIES]


def history(found: list[Dossier]) -> History:
    lines: dict[str, list[bytes]] = {
        **{kind: [] for kind in KINDS},
        "agencies": agencies(),
        "services": services(),
        "dossiers": [text(line(one, one.code)) for one in found],
    }
    return History(lines, tuple(kind for kind in KINDS for _ in lines[kind]))


def export(found: list[Planted]) -> list[dict[str, str]]:
    """The portal's records, as its export writes them."""
    return [exported(each, there) for each in found if (there := each.there) is not None]


def exported(each: Planted, there: Dossier) -> dict[str, str]:
    changed = "code_changed" in each.plants
    code = f"H99-260101-{each.dossier.number + 70000}" if changed else each.dossier.code
    # Longer than the longest holidays: late is a matter of working hours.
    late = timedelta(days=21 if "synced_late" in each.plants else 0)
    said: dict[str, Any] = {
        **line(there, code),
        "DonViXuLy": "Sở Không Tên" if there.agency == NOWHERE else there.agency,
        "NgayDongBo": moment(each.dossier.received + late),
        "MaHoSoDiaPhuong": each.dossier.code if changed and each.said_local else None,
        "ChuHoSo": "CANARY Nguyễn Văn A",
    }
    return {name: value for name, value in said.items() if value}


@dataclass
class Figures:
    """What some definitions read, naively: (numerator, denominator) over dossiers of a period."""

    first: datetime
    last: datetime
    found: list[Dossier] = field(default_factory=list)

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.first <= at < self.last

    def all(self) -> dict[str, tuple[int, int]]:
        levels = dict(SERVICES)
        received = [one for one in self.found if self.within(one.received)]
        online = [one for one in received if levels[one.procedure] in "34"]
        due = [one for one in self.found if self.within(one.ended) and one.due]
        used = {one.procedure for one in online}
        return {
            "services_with_dossiers": (len(used), sum(level in "34" for level in levels.values())),
            "online_submission_rate": (sum(one.channel == "2" for one in online), len(online)),
            "on_time_resolution": (sum(one.ended <= one.due for one in due), len(due)),
            "qd766_online_share": (sum(one.channel == "2" for one in received), len(received)),
            "qd766_paid_dossiers": (sum(one.paid in {"1", "2"} for one in received), len(received)),
            "qd766_digitised": (sum(one.digitised == "1" for one in received), len(received)),
        }
