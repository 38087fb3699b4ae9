"""Every kind of broken line through the whole pipeline; and personal data nowhere behind the border."""

import gzip
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clickhouse_connect.driver.client import Client
from kafka import KafkaConsumer, TopicPartition  # type: ignore[import-untyped]

from dashboards.pipeline import dead_letters
from metrics.events import Topic
from tests.access_lines import AGENTS, BAD_ENDS, BAD_TIMES, ENDS, REQUESTS, STATUSES, TIMES, line
from tests.faults.up import NHIP, Up, state
from tests.oracle import Oracle
from tests.strategies import BAD, BLANKS, NO_LINES, REQUIRED, text

pytestmark = pytest.mark.faults

CANARY = "CANARY"
PERSONAL = {
    "ChuHoSo": f"{CANARY}-Nguyễn Văn A",
    "SoGiayToChuHoSo": f"{CANARY}-001",
    "DinhDanhCHS": f"{CANARY}-002",
    "Email": f"{CANARY}@example.vn",
    "SoDienThoai": f"{CANARY}-003",
    "Fax": f"{CANARY}-004",
    "TrichYeuHoSo": f"{CANARY}-005",
    "ThongTinKhac": {"ghi chú": [f"{CANARY}-006"]},
    "NguoiXuLy": f"{CANARY}-007",
    "DanhSachTepDinhKemHoSo": [{"TenTepDinhKem": f"{CANARY}-008.pdf"}],
    "DanhSachHoSoBoSung": [{"NguoiYeuCauBoSung": f"{CANARY}-009", "NgayBoSung": "20240501000000"}],
}
GOOD: dict[str, dict[str, Any]] = {
    "agencies": {"MaDonVi": "H07.14", "TenDonVi": "Sở", "Cap": "so"},
    "services": {"MaTTHC": "1.000001", "TenTTHC": "Thủ tục", "MucDo": "4"},
    "dossiers": {
        "MaHoSo": "H07.14-240501-0001", "MaTTHC": "1.000001", "KenhThucHien": "2", "NgayTiepNhan": "20240501080000",
        "NgayHenTra": "20240503080000",
    },
    "progress": {"MaHoSo": "H07.14-240501-0001", "ThoiDiemXuLy": "20240502080000", "TrangThai": "9"},
    "payments": {
        "MaGiaoDich": "T-canary", "ThoiGian": "20240501080000", "MaTrangThai": "00", "LoaiGiaoDich": "thanh_toan",
    },
}  # fmt: skip

LOG = [
    *(line(TIMES[-2], *parts) for parts in zip(REQUESTS, STATUSES, AGENTS * 3, ENDS * 2, strict=False)),
    *(line(at, REQUESTS[0], "200", AGENTS[0], "") for at in BAD_TIMES),
    *(line(TIMES[0], REQUESTS[1], "200", AGENTS[0], end) for end in BAD_ENDS),
    b"CANARY", b"", b"\xff\xfe\x00", line(TIMES[0], "GET /" + "CANARY" * 200_000, "200", AGENTS[0], ""),
]  # fmt: skip


def lines(kind: str) -> Iterator[bytes]:
    """Every way to be broken, with personal data in each that can hold some; good lines between."""
    good = GOOD[kind] | (PERSONAL if kind in {"dossiers", "progress", "payments"} else {})
    yield text(good)
    yield from (*NO_LINES, *BLANKS)
    yield f'{{"ChuHoSo": "{CANARY}'.encode()
    yield f"{CANARY} \xff".encode("latin-1")
    for name in REQUIRED[kind]:
        yield text({key: value for key, value in good.items() if key != name})
        yield text(good | {name: None})
        yield text(good | {name: [CANARY]})
    for name, values in BAD[kind]:
        yield from (text(good | {name: value}) for value in (*values, CANARY))
    yield text(good | {"ThongTinKhac": CANARY * 1_000_000})
    yield text(good)


def folder_of(folder: Path) -> list[tuple[str, bytes]]:
    folder.mkdir()
    files = [(f"{kind}.jsonl", b"\n".join(lines(kind)) + b"\n") for kind in GOOD]
    files.append(("access.log", b"\n".join(LOG) + b"\n"))
    whole = gzip.compress(b"\n".join(text(GOOD["progress"] | PERSONAL) for _ in range(9)) + b"\n", mtime=0)
    files += [("progress-2.jsonl.gz", whole), ("progress-3.jsonl.gz", whole[:-12]), ("payments-2.jsonl", b"")]
    for name, content in files:
        (folder / name).write_bytes(content)
    return files


def test_broken_lines_are_rejected_alone_and_nothing_personal_passes(up: Up, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    oracle = Oracle(folder_of(folder))
    for _ in range(2):  # a dead letter is listed once, however often it is met
        said = up.load(folder)
        assert (said["accepted"], said["rejected"]) == (oracle.accepted, oracle.rejected)
        assert buried(up, folder) == oracle.dead
    up.province.assert_exact_with(folder, 2024)
    assert canaries(up, tmp_path) == []


def buried(up: Up, folder: Path) -> set[tuple[str, int]]:
    letters = [letter for letter in dead_letters(up.province.client) if letter.source.startswith(str(folder))]
    assert all(letter.reason and letter.kind in {*GOOD, "access"} for letter in letters)
    return {(Path(letter.source).name, letter.line) for letter in letters}


def canaries(up: Up, tmp_path: Path) -> list[str]:
    """Where any was found: on disk as it is, in every table and topic as they read, in what the commands say."""
    dead = subprocess.run([NHIP, "dead", "--json", "--data", up.data], capture_output=True, check=True)
    assert json.loads(dead.stdout)
    held = {f"file {path}": path.read_bytes() for path in up.data.rglob("*") if path.is_file()}
    held |= tables(up.province.client) | topics(state(up.data).kafka) | {"nhip dead": dead.stdout + dead.stderr}
    assert any("kafka" in name for name in held)
    assert b"H07.14-240501-0001" in held["table dossier"]
    assert b"H07.14-240501-0001" in held["topic nhip.dossiers"]
    return [name for name, content in held.items() if CANARY.encode() in content]


def tables(client: Client) -> dict[str, bytes]:
    names = client.query("SHOW TABLES").result_columns[0]
    return {f"table {name}": client.raw_query(f"SELECT * FROM {name}", fmt="JSONEachRow") for name in names}


def topics(kafka: str) -> dict[str, bytes]:
    return {f"topic {topic}": consumed(kafka, topic) for topic in Topic}


def consumed(kafka: str, topic: str) -> bytes:
    consumer = KafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False)
    try:
        places = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        consumer.assign(places)
        ends, found = consumer.end_offsets(places), bytearray()
        while any(consumer.position(place) < end for place, end in ends.items()):
            for records in consumer.poll(1000).values():
                found += b"\n".join(record.value for record in records)
        return bytes(found)
    finally:
        consumer.close()
