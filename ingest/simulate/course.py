"""The course of one dossier through an office, as the lines a national sync would send about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from json import JSONEncoder
from random import Random

from ingest.simulate import records
from ingest.simulate.province import Province, Record, Service
from ingest.simulate.worktime import AFTERNOON, CLOSE, DAY, MORNING, NOON, Worktime

Line = tuple[int, str, bytes]  # when it is sent, its kind of file, its text

_json = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# How often one is refused at the desk, withdrawn, stopped, sent back for a supplement, without due date.
REFUSED, WITHDRAWN, STOPPED, SUPPLEMENTED, NO_DUE = 0.03, 0.009, 0.007, 0.06, 0.01
PAYING, FAILING, NOTICED_TWICE, REFUNDED, PAYER_UNKNOWN = 0.35, 0.12, 0.02, 0.006, 0.02
STEP_LATE, STEP_TWICE, RECORD_TWICE, CHANNEL_CORRECTED = 0.02, 0.03, 0.03, 0.004
DESK, POST = (
    0.96,
    0.995,
)  # of what is not filed online, below the first at the desk, then by post, the rest unsaid


def encode(record: Record) -> bytes:
    return _json(record).encode()


@dataclass(slots=True)
class Case:
    """A dossier on its way: where the office stands in time, its record so far, what was sent about it."""

    at: int
    agency: str
    service: Service
    record: Record
    person: int
    due: int = 0
    lines: list[Line] = field(default_factory=list)


class Office:
    """Carries dossiers through. Chances come from `rng` alone."""

    def __init__(self, rng: Random, province: Province, time: Worktime) -> None:
        self.chance: Callable[[], float] = rng.random
        self.province = province
        self.time = time
        self.persons = 0
        self.numbers: dict[str, int] = {}

    def course(self, day: int) -> list[Line]:
        """Everything that will ever be sent about one dossier filed on `day`."""
        case = self._filed(day)
        if self._received(case):
            self._pays(case)
            if self._worked_on(case):
                self._closed(case)
        return case.lines

    def _filed(self, day: int) -> Case:
        service = self.province.used.pick(self.chance())
        agency = service.offices.pick(self.chance())
        channel = self._channel(day, service)
        at = day * DAY + (self._evening_too() if channel == "2" else self._office_hour())
        self.persons += 1
        record = records.dossier(self._code(agency, day), self.persons, self.chance())
        record["MaTTHC"] = records.procedure(service.code, self.chance())
        record["KenhThucHien"], record["NgayNopHoSo"] = channel, self.time.text(at)
        case = Case(at, agency, service, record, self.persons)
        if channel == "2":
            self._step(case, "1", 0)
            self._say(case)
        return case

    def _channel(self, day: int, service: Service) -> str | None:
        """Online grows over the year; when the office is closed there is nothing else."""
        growing = service.online * (0.75 + int(self.time.texts[day][4:6]) / 24)
        if not self.time.works(day) or self.chance() < growing:
            return "2"
        other = self.chance()
        return "1" if other < DESK else "3" if other < POST else None

    def _evening_too(self) -> int:
        return 6 * 3600 + int((self.chance() + self.chance()) * 8.9 * 3600)

    def _office_hour(self) -> int:
        second = int(self.chance() * (NOON - MORNING + CLOSE - AFTERNOON - 900))
        return MORNING + second if second < NOON - MORNING else AFTERNOON + second - (NOON - MORNING)

    def _code(self, agency: str, day: int) -> str:
        prefix = f"{agency}-{self.time.texts[day][2:]}"
        number = self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}-{number:04d}"

    def _received(self, case: Case) -> bool:
        """Online ones wait for the desk; a few are refused there."""
        if case.record["KenhThucHien"] == "2":
            case.at = self._office_moment(case.at + 1800 + int(self.chance() * 5 * 3600))
            if self.chance() < REFUSED:
                return self._ended(case, "3")
        case.due = self._closing_time(case.at, case.service.term)
        case.record["NgayTiepNhan"] = self.time.text(case.at)
        case.record["NgayHenTra"] = self.time.text(case.due) if self.chance() > NO_DUE else None
        self._step(case, "2", 0)
        self._say(case)
        return True

    def _closing_time(self, at: int, days: int) -> int:
        return self.time.after(at // DAY * DAY, days) + CLOSE

    def _office_moment(self, at: int) -> int:
        """The first moment from `at` on at which somebody works, roughly."""
        day, second = divmod(at, DAY)
        if second > CLOSE:
            day, second = day + 1, 0
        if second < MORNING or not self.time.works(day):
            return self.time.after(day * DAY, 0) + self._office_hour()
        return at

    def _pays(self, case: Case) -> None:
        chance = self.chance()
        if not case.service.fee or case.record["KenhThucHien"] != "2" or chance > PAYING:
            return
        case.record["DuocThanhToanTrucTuyen"] = "1"
        at, attempt = case.at + 60, 0
        while self.chance() < FAILING:
            self._payment(case, at, attempt, "24")
            at, attempt = at + 45 + int(self.chance() * 600), attempt + 1
        self._payment(case, at, attempt, "00")
        if chance < NOTICED_TWICE:
            self._payment(case, at, attempt, "00")
        elif chance > PAYING - REFUNDED:
            self._payment(case, at + 3 * DAY, attempt, "00", "hoan_phi")

    def _payment(self, case: Case, at: int, attempt: int, result: str, kind: str = "thanh_toan") -> None:
        code = str(case.record["MaHoSo"]) if self.chance() > PAYER_UNKNOWN else None
        transaction = f"GD{case.person:09d}{attempt:02d}"
        record = records.payment(transaction, self.time.text(at), result, code)
        record |= {"LoaiGiaoDich": kind, "SoTien": str(case.service.fee)}
        case.lines.append((at + 5, "payments", encode(record)))

    def _worked_on(self, case: Case) -> bool:
        """True if the office finishes it; a few are withdrawn or stopped, some need a supplement first."""
        begin, chance = case.at, self.chance()
        self._step(case, "4", 1, 600 + int(self.chance() * 3000))
        if chance < WITHDRAWN + STOPPED:
            case.at = self._later(begin, 1)
            return self._ended(case, "7" if chance < WITHDRAWN else "8")
        waited = self._supplement(case) if chance > 1 - SUPPLEMENTED else 0
        days = waited + self._days_used(case)
        case.at = max(self._later(begin, days), case.at + 3600)
        if days > 1:
            self._step(case, "4", 3, -3000)
        return True

    def _later(self, at: int, days: int) -> int:
        """Some office hour, that many working days later; 0 is soon."""
        if not days:
            return at + 3600 + int(self.chance() * 1800)
        return self.time.after(at // DAY * DAY, days) + self._office_hour()

    def _days_used(self, case: Case) -> int:
        if self.chance() < self.province.late[case.agency]:
            return case.service.term + 1 + int(self.chance() * 5)
        return int(case.service.term * (0.25 + 0.74 * self.chance()))

    def _supplement(self, case: Case) -> int:
        """Asked for a day later, brought after some more; the due date moves, and the record keeps both."""
        days, known = 1 + int(self.chance() * 5), case.record["NgayHenTra"] is not None
        case.at = asked = self._later(case.at, 1)
        self._step(case, "5", 1)
        self._say(case)
        before, case.at = case.due, self._later(asked, days)
        case.due = self._closing_time(before, days + 1)
        times = map(self.time.text, (asked, case.at, before, case.due))
        case.record["DanhSachHoSoBoSung"] = [records.supplement(*times)]
        if known:
            case.record["NgayHenTra"] = self.time.text(case.due)
        self._step(case, "4", 1)
        self._say(case)
        return days + 1

    def _closed(self, case: Case) -> None:
        """Processed (9), then handed over (10); now and then the channel is corrected with it."""
        self._step(case, "9", 1)
        case.record["NgayKetThucXuLy"] = self.time.text(case.at)
        if self.chance() < CHANNEL_CORRECTED:
            case.record["KenhThucHien"] = "1"
        if self.chance() < 0.5:  # noqa: PLR2004 - about half are also synced before the citizen comes
            self._say(case)
        case.at = self._later(case.at, int(self.chance() * self.chance() * 6))
        self._step(case, "10", 0)
        case.record["NgayTra"] = self.time.text(case.at)
        self._say(case)

    def _ended(self, case: Case, status: str) -> bool:
        self._step(case, status, 0)
        self._say(case)
        return False

    def _step(self, case: Case, status: str, unit: int, shift: int = 0) -> None:
        """One step; some are sent weeks late, some twice."""
        at, chance = case.at + shift, self.chance()
        case.record["TrangThaiHoSo"] = status
        line = encode(records.step(str(case.record["MaHoSo"]), self.time.text(at), status, unit))
        sent = at + 3 if chance > STEP_LATE else at + DAY + int(chance / STEP_LATE * 40 * DAY)
        case.lines.append((sent, "progress", line))
        if chance > 1 - STEP_TWICE:
            case.lines.append((sent + int((1 - chance) * 1000 * DAY), "progress", line))

    def _say(self, case: Case) -> None:
        """Sends the whole record as it is now; now and then twice."""
        line = (case.at + 4, "dossiers", encode(case.record))
        case.lines += (line, line) if self.chance() < RECORD_TWICE else (line,)
