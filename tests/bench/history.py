"""The same made-up history as canonical events and as the drop folder that would give them.

Five events a dossier, in five rounds over all dossiers: two events of one dossier are a whole round apart, so that
every batch after the first round finds old state and changes it. A tenth of the states come after the first steps, and
another tenth is corrected at the very end, when everything has been counted already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROUNDS = 5
AGENCIES, PROCEDURES, DAYS = 50, 100, 330
GOLDEN = 0.6180339887498949
FIRST_DAY = date(2026, 1, 1)
CALENDAR = [(FIRST_DAY + timedelta(days=day)).strftime("%Y%m%d") for day in range(DAYS + 60)]
CHANNELS = "2112212322"
SHAPE = (
    f"{ROUNDS} events a dossier, a round apart; {DAYS} days, {AGENCIES} agencies, {PROCEDURES} procedures (few of them "
    "common), 3 channels; 10 % of the states come late, 10 % are corrected after all was counted"
)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What happens to one dossier; everything follows from its number and how many there are."""

    code: str
    procedure: str
    channel: str
    recorded: str  # the received moment, where the system recorded one
    due: str
    steps: tuple[tuple[str, str], ...]
    corrected: bool
    late: bool


def dossier(number: int, of: int) -> Dossier:
    day = number * DAYS // of
    clock = f"{8 + number % 9:02}{number * 7 % 60:02}{number * 11 % 60:02}"
    received, handled = CALENDAR[day] + clock, day + 4 + number * 13 % 11
    return Dossier(
        code=f"H07.{number * 7919 % AGENCIES:02}-{CALENDAR[day][2:]}-{number:07}",
        procedure=f"1.{2000 + int(PROCEDURES * (number * GOLDEN % 1) ** 2):06}",
        channel=CHANNELS[number % 10],
        recorded=received if number % 2 else "",
        due=CALENDAR[day + 10] + "170000",
        steps=(
            ("2", received),
            ("4", CALENDAR[day + 2] + clock),
            ("9", CALENDAR[handled] + clock),
            ("10", CALENDAR[handled + 1] + clock),
        ),
        corrected=number % 10 == 3,
        late=number % 10 == 7,
    )


@dataclass(frozen=True, slots=True)
class State:
    dossier: Dossier
    channel: str
    due: str


@dataclass(frozen=True, slots=True)
class Step:
    dossier: Dossier
    status: str
    at: str


def round_of(number: int, it: Dossier) -> State | Step:
    """What the round says of the dossier."""
    state = 2 if it.late else 0
    if number == state:
        return State(it, it.channel, it.due)
    if it.corrected and number == ROUNDS - 1:
        return State(it, "1" if it.channel == "2" else "2", CALENDAR[CALENDAR.index(it.due[:8]) - 6] + "170000")
    status, at = it.steps[number - (number > state)]
    return Step(it, status, at)


def told(events: int) -> Iterator[State | Step]:
    """All of the history, round by round."""
    dossiers = events // ROUNDS
    for number in range(ROUNDS):
        for each in range(dossiers):
            yield round_of(number, dossier(each, dossiers))


def event(said: State | Step) -> bytes:
    """As ingest would write it."""
    it = said.dossier
    if isinstance(said, Step):
        return (
            f'{{"kind":"step","dossier":"{it.code}","at":"{said.at}","status":"{said.status}","unit":"Phòng 1"}}'
        ).encode()
    recorded = f',"recorded_received_at":"{it.recorded}"' if it.recorded else ""
    return (
        f'{{"kind":"dossier","dossier":"{it.code}","procedure":"{it.procedure}","channel":"{said.channel}",'
        f'"applicant":"1","submitted_at":"{it.steps[0][1]}"{recorded},"due_at":"{said.due}","status":"2",'
        f'"return_way":"0","paid_online":"0","digitised":"1"}}'
    ).encode()


def events(count: int) -> Iterator[tuple[str, bytes]]:
    """(dossier, event)."""
    return ((said.dossier.code, event(said)) for said in told(count))


def line(said: State | Step) -> str:
    """As a province's system would export it, people's names and numbers included."""
    it = said.dossier
    if isinstance(said, Step):
        return (
            f'{{"MaHoSo":"{it.code}","NguoiXuLy":"Trần Thị Bình","ThoiDiemXuLy":"{said.at}",'
            f'"PhongBanXuLy":"Phòng 1","TrangThai":"{said.status}"}}\n'
        )
    recorded = f'"{it.recorded}"' if it.recorded else "null"
    return (
        f'{{"MaHoSo":"{it.code}","MaTTHC":"{it.procedure}.000.00.00.H07","KenhThucHien":"{said.channel}",'
        f'"ChuHoSo":"Nguyễn Văn An","SoDienThoai":"0900000000","Email":null,"LoaiDoiTuong":"1",'
        f'"TrichYeuHoSo":"Đề nghị cấp bản sao","NgayNopHoSo":"{it.steps[0][1]}","NgayTiepNhan":{recorded},'
        f'"NgayHenTra":"{said.due}","TrangThaiHoSo":"2","HinhThuc":"0","DuocThanhToanTrucTuyen":"0",'
        f'"HoSoCoThanhPhanSoHoa":"1"}}\n'
    )


def write(folder: Path, count: int) -> Path:
    """The drop folder of so many lines."""
    folder.mkdir(parents=True)
    with (folder / "dossiers.jsonl").open("w") as states, (folder / "progress.jsonl").open("w") as steps:
        for said in told(count):
            (steps if isinstance(said, Step) else states).write(line(said))
    return folder
