"""What is fuzzed: a parser, bytes to begin with, and what must hold of what comes out. Any exception is a finding."""

import gzip
import io
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from xlsxwriter import Workbook

from ingest import portal_export
from ingest.access.page_map import read_page_map
from ingest.border import Border, Outgoing
from ingest.feed import row_of
from ingest.follow.tables import Table, TableSaid
from ingest.kinds import ACCESS, KINDS
from ingest.lines import numbered, unzipped
from ingest.mapping.mapping import Mapped, read
from ingest.mapping.rows import Rows
from ingest.national import FILE_KINDS
from ingest.portal_columns import Mapped as Columns
from ingest.portal_columns import mapping
from ingest.probe import said as probes
from ingest.push.body import TooLarge, records, unpacked
from ingest.reading import Reader
from ingest.tables import table
from metrics.errors import Misconfigured, Rejected
from metrics.events import KINDS as EVENTS
from tests.access_lines import BAD_ENDS, BAD_TIMES, ENDS, REQUESTS, TIMES
from tests.access_lines import line as access_line
from tests.ingest.support import GOOD, line
from tests.ingest.test_mapping import MAPPING, ROW
from tests.ingest.test_mapping import table as csv_text

CANARY = b"CANARY"
PERSONAL = ("ChuHoSo", "SoGiayToChuHoSo", "Email", "SoDienThoai", "Fax", "TrichYeuHoSo", "NguoiXuLy", "ThongTinKhac")
NAMES = tuple(name for kind in EVENTS.values() for name in kind.fields)


@dataclass(frozen=True, slots=True)
class Target:
    seeds: tuple[bytes, ...]
    try_it: Callable[[bytes], None]


def clean(events: Iterable[Outgoing]) -> None:
    """Only fields that have a name, and no reason quotes what was given."""
    for topic, _, event in events:
        said = json.loads(event)
        kind = EVENTS[said["kind"]]
        assert kind.topic is topic, said
        assert set(said) <= {"kind", *kind.fields}, said
        assert CANARY not in str(said.get("reason")).encode(), said


def a_line(given: bytes) -> None:
    """The first byte chooses the kind; what stands in personal fields must not come out anywhere."""
    if not given:
        return
    kind = FILE_KINDS[given[0] % len(FILE_KINDS)]
    reader, source = Reader(kind), KINDS[FILE_KINDS.index(kind)]
    clean(Border().passed(source, reader, "fuzz", [(1, given[1:])]))
    with suppress(ValueError, RecursionError):
        if isinstance(said := json.loads(given[1:]), dict):
            marked = json.dumps({**said, **dict.fromkeys(PERSONAL, "PRIVATE")}).encode()
            before = b"PRIVATE" in given
            out = list(Border().passed(source, reader, "fuzz", [(1, marked)]))
            assert before or not any(b"PRIVATE" in event for _, _, event in out), out


def a_log(given: bytes) -> None:
    source = list(Border().passed(ACCESS, ACCESS.reader(), "fuzz", numbered([given])))
    clean(source)
    assert not any(CANARY in event for _, _, event in source)


def a_pack(given: bytes) -> None:
    for _ in numbered(unzipped([given[:100], given[100:]])):
        pass


def a_body(given: bytes) -> None:
    with suppress(Rejected, TooLarge):
        body = unpacked(given)
        reader, source = Reader(FILE_KINDS[2]), KINDS[2]
        for content_type in ("application/json", "application/x-ndjson"):
            clean(Border().passed(source, reader, "fuzz", records(body, content_type)))


def a_change(rows: Rows, given: bytes) -> None:
    if (row := row_of(given)) is not None:
        clean(rows.passed("fuzz", [(1, row)]))


def a_table(read_by: Table, name: str, given: bytes) -> None:
    with io.BytesIO(given) as file:
        clean(read_by.passed("fuzz", read_by.rows(file, name), Border()))


def in_file(name: str, read_it: Callable[[Path], object], folder: Path, given: bytes) -> None:
    """Misconfigured is how a wrong one is told; in words that can be shown."""
    path = folder / name
    path.write_bytes(given)
    with suppress(Misconfigured, Rejected):
        read_it(path)


def an_export(columns: Columns, path: Path) -> object:
    return portal_export.read(portal_export.rows(path), columns, (date(2022, 1, 1), date(2022, 12, 31)))


def _mapped(folder: Path) -> Table:
    path = folder / "mapping.toml"
    path.write_text(MAPPING)
    said = read(path, TableSaid)
    return Table(said, Mapped(said))


def _workbook() -> bytes:
    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(ROW))
        sheet.write_row(1, 0, list(ROW.values()))
    return file.getvalue()


PAGES = b'[[pages]]\nname = "a"\nurl = "http://x/"\n'
MAP = b'[[pages]]\nsince = 2026-12-01\nstart = ["/a/*"]\n'


def targets(folder: Path) -> dict[str, Target]:
    """`folder` is for files that are read by their names."""
    by_mapping = _mapped(folder)
    (folder / "columns.toml").write_text('[columns]\nMaHoSo = "Số hồ sơ"\n')
    export = partial(an_export, mapping(folder / "columns.toml"))
    changes = partial(a_change, Rows(by_mapping.mapped, Border()))
    a_csv = partial(a_table, by_mapping)
    lines = tuple(bytes([n]) + line(GOOD.get(kind.name, {})) for n, kind in enumerate(FILE_KINDS))
    logs = [
        access_line(at, asked, "200", "CANARY", end)
        for at in (*TIMES[:2], *BAD_TIMES[:3])
        for asked in REQUESTS[:6]
        for end in (*ENDS[:3], *BAD_ENDS[:2])
    ]
    w3c = (
        b"#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) time-taken\n"
        b"2022-01-01 00:00:00 203.0.113.7 GET / 200 CANARY 12\n"
    )
    said = {
        "time_iso8601": "2022-01-01T00:00:00+07:00",
        "remote_addr": "203.0.113.7",
        "request": "GET /CANARY HTTP/1.1",
    }
    as_json = json.dumps({**said, "status": "200", "http_user_agent": "CANARY", "request_time": "0.1"}).encode()
    rows = csv_text([ROW, ROW | {"Thủ tục": "CANARY"}]).encode()
    dossier = json.dumps([GOOD["dossiers"] | {"ChuHoSo": "CANARY"}]).encode()
    change = json.dumps({"op": "u", "after": ROW, "before": None}).encode()
    return {
        "lines": Target(lines, a_line),
        "access log": Target((b"\n".join(logs), w3c, as_json), a_log),
        "gzip": Target((gzip.compress(b"\n".join(logs)),), a_pack),
        "HTTP body": Target((dossier, gzip.compress(dossier), b'{"service":"x","data":' + dossier + b"}"), a_body),
        "change event": Target((change, json.dumps(ROW).encode()), changes),
        "CSV": Target((rows,), partial(a_csv, "a.csv")),
        "CSV, gzip": Target((gzip.compress(rows),), partial(a_csv, "a.csv.gz")),
        "XLSX": Target((_workbook(),), partial(a_csv, "a.xlsx")),
        "national export, JSON": Target((dossier,), partial(in_file, "e.json", export, folder)),
        "national export, CSV": Target((rows,), partial(in_file, "e.csv", export, folder)),
        "staff's table": Target((rows,), partial(in_file, "t.csv", table, folder)),
        "mapping": Target((MAPPING.encode(),), partial(in_file, "m.toml", lambda p: read(p, TableSaid), folder)),
        "page map": Target((MAP,), partial(in_file, "p.toml", read_page_map, folder)),
        "probed pages": Target((PAGES,), partial(in_file, "q.toml", probes.read, folder)),
    }
