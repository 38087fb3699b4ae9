"""Mappings: all that is wrong with one is said at once; rows become what it says; nothing else passes."""

import csv
import gzip
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from deploy.sources.mappings import all_sorts
from ingest.border import Border
from ingest.follow.folder import FollowedFolder, Plan
from ingest.follow.place import PLACES
from ingest.follow.shelf import LocalShelf
from ingest.follow.tables import Table, TableSaid
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped, read
from ingest.mapping.rows import Rows
from ingest.source import pour
from metrics.errors import Misconfigured, Rejected
from tests.ingest.support import MemorySink

MAPPING = """
files = "*.csv*"
formats = ["%d/%m/%Y %H:%M", "iso"]

[values]
code = "Số hồ sơ"
service = { column = "Thủ tục", codes = { A = "1.000001", B = "1.000002", 7 = "1.000007" } }
channel = { column = "Kênh", codes = "channels", other = "1", empty = "3" }
due = { column = "Hẹn trả", time = "moment", at = "17:00:00", zone = "Europe/Amsterdam" }
at = { column = "Lúc", time = "moment" }
unit = { column = "Phòng", match = "Phòng ([0-9]+)", pad = 3 }

[codes.channels]
web = "2"

[[records]]
kind = "dossiers"
fields = { MaHoSo = "H07.{unit}-{code}", MaTTHC = "{service}", KenhThucHien = "{channel}", NgayHenTra = "{due}" }

[[records]]
kind = "progress"
needs = "at"
fields = { MaHoSo = "H07.{unit}-{code}", ThoiDiemXuLy = "{at}", TrangThai = "2" }
"""
ROW = {
    "Số hồ sơ": "1", "Thủ tục": "A", "Kênh": "web", "Hẹn trả": "2022-06-01", "Lúc": "31/05/2022 08:05",
    "Phòng": "Phòng 7", "Họ tên": "CANARY Nguyễn Văn A",
}  # fmt: skip


@pytest.fixture
def mapping(tmp_path):
    """Makes a mapping of its text."""

    def made(text=MAPPING):
        path = tmp_path / "mapping.toml"
        path.write_text(text)
        return Mapped(read(path, TableSaid))

    return made


def test_a_row_becomes_what_the_mapping_says(mapping):
    assert list(mapping().records(ROW)) == [
        ("dossiers", {"MaHoSo": "H07.007-1", "MaTTHC": "1.000001", "KenhThucHien": "2",
                      "NgayHenTra": "20220601220000"}),
        ("progress", {"MaHoSo": "H07.007-1", "ThoiDiemXuLy": "20220531080500", "TrangThai": "2"}),
    ]  # fmt: skip


def test_what_is_nothing_is_left_out(mapping):
    row = ROW | {"Kênh": " ", "Hẹn trả": None, "Lúc": ""}
    assert list(mapping().records(row)) == [
        ("dossiers", {"MaHoSo": "H07.007-1", "MaTTHC": "1.000001", "KenhThucHien": "3"})
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Thủ tục": "Z"}, "service (column Thủ tục): a code that the mapping does not know (#bbe); add it there"),
        ({"Thủ tục": "CANARY"}, "service (column Thủ tục): a code that the mapping does not know (#"),
        ({"Thủ tục": 19}, "service (column Thủ tục): a code that the mapping does not know (19); add it there"),
        ({"Phòng": "CANARY"}, "unit (column Phòng): not of the form Phòng ([0-9]+)"),
        ({"Lúc": "CANARY"}, "at (column Lúc): no time of the form %d/%m/%Y %H:%M or iso"),
        ({"Lúc": "2022-05-31"}, "at (column Lúc): says no time of day"),
        ({"Lúc": "9999-12-31T23:59:59-12:00"}, "at (column Lúc): a time beyond all years"),
    ],
)
def test_what_it_does_not_know_is_rejected_and_not_quoted(mapping, change, reason):
    with pytest.raises(Rejected) as why:
        list(mapping().records(ROW | change))
    assert str(why.value).startswith(reason)
    assert "CANARY" not in str(why.value)


DATED = MAPPING.replace(
    'column = "Kênh", codes = "channels", other = "1"', 'column = "Kênh", codes = "channels", on = "at"'
).replace(
    'web = "2"',
    'web = [{ code = "2", to = 2022-05-31 }, { code = "3", from = 2022-06-01, to = 2022-06-30 }]\n"ở quầy" = "1"',
)


@pytest.mark.parametrize(
    ("given", "at", "channel"),
    [
        ("web", "31/05/2022 23:59", "2"),
        ("web", "01/06/2022 00:00", "3"),
        ("web", "30/06/2022 23:59", "3"),
        ("web", "01/07/2022 00:00", None),
        ("web", "", None),
        ("ở quầy", "01/07/2022 00:00", "1"),
        ("ở quầy", "", "1"),
    ],
)
def test_what_a_code_means_may_depend_on_the_day(mapping, given, at, channel):
    row = ROW | {"Kênh": given, "Lúc": at}
    if channel is None:
        with pytest.raises(Rejected, match=r"does not know(| on 20220701) \(#[0-9a-f]{3}\)"):
            list(mapping(DATED).records(row))
    else:
        (_, dossier), *_ = mapping(DATED).records(row)
        assert dossier["KenhThucHien"] == channel


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (', on = "at"', "values.channel.on: some codes have dates"),
        ('on = "at"', "values.channel.on: there is no value moon"),
    ],
)
def test_dated_codes_need_a_day(mapping, wrong, problem):
    with pytest.raises(Misconfigured) as why:
        mapping(DATED.replace(wrong, wrong.replace("at", "moon") if wrong.startswith("on") else ""))
    assert problem in str(why.value)


def test_a_row_is_taken_whole_or_not_at_all(mapping):
    border = Border()
    rows = [(2, ROW), (3, ROW | {"Số hồ sơ": ""}), (4, Rejected("broken")), (5, ROW | {"Lúc": None})]
    sent = [json.loads(event) for _, _, event in Rows(mapping(), border).passed("a.csv", rows)]
    assert [event["kind"] for event in sent] == ["dossier", "step", "dead", "dead", "dossier"]
    assert [(event["line"], event["file_kind"]) for event in sent[2:4]] == [("3", "dossiers"), ("4", "dossiers")]
    assert sent[2]["reason"] == "dossiers: MaHoSo: missing; give it a value"
    assert (border.accepted, border.rejected) == ({"dossiers": 2, "progress": 1}, {"dossiers": 2})


def test_every_problem_is_listed(mapping, tmp_path):
    bad = """
    files = "*.csv"
    zone = "Moon/Base"
    [values]
    a = { column = "A", codes = "nowhere", time = "moment" }
    b = { column = "B", match = "(a)(b)", other = "1", zone = "Mars/Base" }
    c = { column = "C", match = "(" }
    [[records]]
    kind = "dossiers"
    needs = "d"
    fields = { MaHoSo = "{e}", ChuHoSo = "{a}" }
    """
    with pytest.raises(Misconfigured) as why:
        mapping(bad)
    told = [problem.removeprefix(f"{tmp_path / 'mapping.toml'}: ") for problem in why.value.problems]
    assert [problem.split(" is no field")[0].split("; ")[0] for problem in told] == [
        "zone: 'Moon/Base' is no time zone that this machine knows, such as Asia/Ho_Chi_Minh",
        "values.a.codes: there is no [codes.nowhere]",
        "values.a.time: a code is no time",
        "values.b.other: only with codes",
        "values.b.zone: 'Mars/Base' is no time zone that this machine knows, such as Asia/Ho_Chi_Minh",
        "values.b.match: more than one group",
        "values.c.match: missing ), unterminated subpattern at position 0",
        "records 1 (dossiers): MaHoSo: there is no value {e}",
        "records 1 (dossiers): ChuHoSo",
        "records 1 (dossiers): MaTTHC is missing",
        "records 1 (dossiers): needs: there is no value d",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("files = ", "no TOML"),
        ("files = 'a'", "values: Field required"),
        (MAPPING + "moon = 1", "records.1.moon: Extra inputs are not permitted"),
        (MAPPING.replace('"progress"', '"moon"'), "records.1.kind: Value error, must be one of"),
    ],
)
def test_what_is_no_mapping_is_said(mapping, text, problem):
    with pytest.raises(Misconfigured, match=r"mapping\.toml") as why:
        mapping(text)
    assert any(problem in one for one in why.value.problems)


moments = st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001
zones = st.sampled_from(("Asia/Ho_Chi_Minh", "Europe/Amsterdam", "America/New_York", "UTC"))


@given(moments, zones, st.sampled_from(("text", "offset", "object", "aware")))
def test_a_time_is_the_same_instant_however_it_is_written(moment, zone, way):
    moment = moment.replace(microsecond=0)
    there = ZoneInfo(zone) if zone != "Asia/Ho_Chi_Minh" else UTC
    instant = moment.replace(tzinfo=there) if zone != "Asia/Ho_Chi_Minh" else moment.replace(tzinfo=UTC) - 7 * HOUR
    forms = {
        "text": str(moment), "offset": instant.isoformat(), "object": moment, "aware": instant.astimezone(UTC),
    }  # fmt: skip
    said = TableSaid(
        files="*", zone=zone, values={"at": {"column": "a", "time": "moment"}},
        records=({"kind": "progress", "fields": {"ThoiDiemXuLy": "{at}"}},),
    )  # fmt: skip
    ((_, fields),) = Mapped(said).records({"a": forms[way]})
    civil = instant.astimezone(UTC).replace(tzinfo=None) + 7 * HOUR
    assert fields["ThoiDiemXuLy"] == f"{civil:%Y%m%d%H%M%S}"


HOUR = timedelta(hours=1)


# Files


@pytest.fixture
def followed(tmp_path, mapping):
    (tmp_path / "drop").mkdir()
    sink = MemorySink()

    def look(text=MAPPING):
        mapped = mapping(text)
        kept = Kept(tmp_path / "places", "x", sink.identity, PLACES)
        table = Table(mapped.said, mapped)
        plan = Plan(lambda name: table if table.takes(name) else None, quiet=0.0)
        before = len(sink.events())
        pour(FollowedFolder(LocalShelf(tmp_path / "drop"), kept, Border(), plan, lambda: 0.0, print), sink)
        return sink.events()[before:]

    look.drop = tmp_path / "drop"
    return look


def table(rows, **form):
    text = io.StringIO()
    writer = csv.writer(text, **form)
    writer.writerow(ROW)
    writer.writerows(row.values() for row in rows)
    return text.getvalue()


NUMBERED = [ROW | {"Số hồ sơ": str(number), "Lúc": "", "Họ tên": 'CANARY "A",\r\nB'} for number in range(1, 4)]


@pytest.mark.parametrize("form", [{}, {"delimiter": ";"}, {"delimiter": "\t", "quoting": csv.QUOTE_ALL}])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_form_of_a_csv_file(followed, form, encoding, packed):
    content = table(NUMBERED, **form).encode(encoding)
    (followed.drop / ("a.csv.gz" if packed else "a.csv")).write_bytes(gzip.compress(content) if packed else content)
    said = f"delimiter = {json.dumps(form.get('delimiter', ','))}\nencoding = '{encoding.removesuffix('-sig')}'\n"
    assert sorted(event["dossier"] for event in followed(said + MAPPING)) == ["H07.007-1", "H07.007-2", "H07.007-3"]


def test_a_spreadsheet_has_numbers_and_dates(followed):
    with Workbook(followed.drop / "a.xlsx", {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        book.add_worksheet("Bìa").write(0, 0, "not this one")
        sheet = book.add_worksheet("Hồ sơ")
        sheet.write_row(0, 0, ROW)
        sheet.write_row(2, 0, [12, 7, None, date(2022, 6, 1), datetime(2022, 5, 31, 8, 5, 7), "Phòng 7"])  # noqa: DTZ001
    found = followed("sheet = 'Hồ sơ'\n" + MAPPING.replace("*.csv*", "*.xlsx"))
    assert [(event["kind"], event["dossier"]) for event in found] == [("dossier", "H07.007-12"), ("step", "H07.007-12")]
    assert (found[0]["procedure"], found[0]["due_at"]) == ("1.000007", "20220601220000")
    assert found[1]["at"] == "20220531080507"


def test_bad_rows_are_buried_alone_and_numbered_by_their_first_line(followed):
    lines = [*table(NUMBERED[:1]).splitlines(keepends=True), "1,2,3,4,5,6,7,8\r\n", "\r\n", '"never closed\r\n']
    (followed.drop / "a.csv").write_bytes("".join(lines).encode() + b"\xff\xfe,A,web,,,Ph\xc3\xb2ng 7,\n" * 9000)
    found = followed()
    assert [event["kind"] for event in found[:3]] == ["dossier", "dead", "dead"]
    assert [letter["line"] for letter in found[1:3]] == ["4", "6"]
    assert all("CANARY" not in json.dumps(event) for event in found)


def test_a_head_without_the_columns_is_one_dead_letter_until_the_mapping_is_mended(followed):
    (followed.drop / "a.csv").write_text(table(NUMBERED).replace("Kênh", "Kenh"))
    (letter,) = followed()
    assert (letter["line"], letter["reason"].split(";")[0]) == ("1", "columns are missing or there twice: Kênh")
    assert followed() == []
    assert len(followed(MAPPING.replace('"Kênh"', '"Kenh"'))) == 3


def test_a_column_that_is_there_twice_is_not_guessed(followed):
    (followed.drop / "a.csv").write_text(table(NUMBERED).replace("Họ tên", "Kênh"))
    (letter,) = followed()
    assert "there twice: Kênh" in letter["reason"]


def test_what_is_no_spreadsheet_is_one_dead_letter(followed):
    for content in (b"", b"PK\x03\x04 no", b"a,b,c"):
        (followed.drop / "a.xlsx").write_bytes(content)
        (letter,) = followed(MAPPING.replace("*.csv*", "*.xlsx"))
        assert letter["reason"].startswith("no XLSX file")


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reading(content):
    said = TableSaid.model_validate(
        {"files": "*", "values": {"a": "a"}, "records": [{"kind": "progress", "fields": {"MaHoSo": "{a}"}}]}
    )
    for name, start in (("x.csv", b"a,b\n"), ("x.csv.gz", gzip.compress(b"a\nb\n")), ("x.xlsx", b"PK\x03\x04")):
        for encoding in ("utf-8", "utf-16", "cp1258"):
            one = Table(said.model_copy(update={"encoding": encoding}), Mapped(said))
            for number, row in one.rows(io.BytesIO(start + content), name):
                assert number > 0
                assert isinstance(row, dict | Rejected)


def test_a_settlement_file_becomes_payments():
    """The example that comes with the documents: a payment, its refund, and one that failed and names no dossier."""
    mapped = Mapped(read(Path(__file__).parents[2] / "docs/mappings/settlement.toml", TableSaid))
    row = {"Mã giao dịch": "T1", "Thời gian": "02/06/2026 08:00:00", "Mã hồ sơ": "H07-1", "Số tiền": "20000",
           "Trạng thái": "Thành công", "Loại": "Thanh toán", "Người trả": "CANARY"}  # fmt: skip
    border = Border()
    refund = row | {"Loại": "Hoàn phí", "Trạng thái": "Đã hoàn", "Thời gian": "03/06/2026 09:30:00"}
    failed = row | {"Mã giao dịch": "T2", "Trạng thái": "Hết giờ", "Mã hồ sơ": ""}
    sent = [
        json.loads(event) for _, _, event in Rows(mapped, border).passed("a.csv", enumerate([row, refund, failed], 2))
    ]
    paid = {"kind": "payment", "transaction": "T1", "at": "20260602080000", "result": "00", "type": "thanh_toan",
            "dossier": "H07-1", "amount": "20000", "gateway": "Cổng A"}  # fmt: skip
    assert sent[0] == paid
    assert sent[1] == paid | {"at": "20260603093000", "type": "hoan_phi"}
    assert sent[2] == {name: value for name, value in paid.items() if name != "dossier"} | {
        "transaction": "T2", "result": "99",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "docs/mappings").iterdir()), ids=lambda path: path.name
)
def test_the_mappings_that_are_given_as_examples_are_right(path):
    assert all_sorts(str(path))
