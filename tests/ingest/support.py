"""A drop folder to write into, and a sink that keeps what it is given."""

import json
from collections import defaultdict

from metrics.errors import Unavailable
from metrics.events import partition_of

PARTITIONS = 4

DOSSIER = {
    "MaHoSo": "H07.14-220601-0001",
    "MaTTHC": "1.002835.000.00.00.H07",
    "KenhThucHien": "2",
    "NgayTiepNhan": "20220601080000",
}
STEP = {"MaHoSo": "H07.14-220601-0001", "ThoiDiemXuLy": "20220601080000", "TrangThai": "2"}
PAYMENT = {
    "MaGiaoDich": "GD1", "ThoiGian": "20220601080000", "MaTrangThai": "00", "LoaiGiaoDich": "thanh_toan",
}  # fmt: skip
SERVICE = {"MaTTHC": "1.002835", "TenTTHC": "Cấp bản sao trích lục hộ tịch", "MucDo": "4"}
AGENCY = {"MaDonVi": "H07", "TenDonVi": "Tỉnh Bến Tre", "Cap": "tinh"}
GOOD = {"agencies": AGENCY, "services": SERVICE, "dossiers": DOSSIER, "progress": STEP, "payments": PAYMENT}


def line(record):
    return json.dumps(record, ensure_ascii=False).encode()


def lines(*records):
    return b"".join(line(record) + b"\n" for record in records)


class MemorySink:
    """Acknowledges on settling. It breaks at settling number `breaks_at`, after `half` of what was open arrived."""

    identity = "memory"

    def __init__(self, partitions=PARTITIONS, breaks_at=None, half=0):
        self.partitions, self.left, self.half = partitions, breaks_at, half
        self.open, self.log = [], defaultdict(list)

    @property
    def ends(self):
        return {place: len(events) for place, events in self.log.items()}

    def send(self, topic, key, event):
        self.open.append(((str(topic), partition_of(key, self.partitions)), event))

    def settle(self):
        broken = self.left == 0
        if broken:
            self.open = self.open[: self.half]
        self.left = None if self.left is None else self.left - 1
        for place, event in self.open:
            self.log[place].append(event)
        self.open = []
        if broken:
            raise Unavailable("broken off by the test")

    def events(self, kind=None):
        found = [json.loads(event) for events in self.log.values() for event in events]
        return [event for event in found if kind in (None, event["kind"])]

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.open = []


def quiet(progress):
    pass
