"""One line: what it becomes, or why it is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.national import FILE_KINDS
from ingest.reading import Reader
from metrics.errors import Rejected
from metrics.events import KINDS
from tests.ingest import naive
from tests.ingest.support import DOSSIER, GOOD, PAYMENT, STEP, line

READERS = {kind.name: Reader(kind) for kind in FILE_KINDS}


def read(kind, record):
    text = record if isinstance(record, bytes) else line(record)
    return json.loads(READERS[kind].read(text)[1])


def refused(kind, record):
    with pytest.raises(Rejected) as why:
        read(kind, record)
    return str(why.value)


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_a_record_has_exactly_the_fields_of_its_event(kind):
    assert tuple(kind.record.__annotations__) == kind.event.fields
    assert KINDS[kind.event.name] is kind.event


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_line_becomes_the_event_that_a_naive_reader_makes(kind):
    assert read(kind, GOOD[kind]) == naive.event(kind, line(GOOD[kind]))


@pytest.mark.parametrize("kind", GOOD)
def test_the_key_is_the_thing_the_line_is_about(kind):
    key, event = READERS[kind].read(line(GOOD[kind]))
    name = json.loads(event)["kind"]
    assert key == json.loads(event)[KINDS[name].key]


MOMENT = "must be a moment yyyyMMddHHmmss that exists"
CODE = "must be an agency, '-' and a number, with something before and after the first '-'"


@pytest.mark.parametrize(
    ("kind", "change", "reason"),
    [
        ("dossiers", {"MaHoSo": None}, "MaHoSo: missing; give it a value"),
        ("dossiers", {"MaHoSo": ""}, "MaHoSo: missing; give it a value"),
        ("dossiers", {"MaHoSo": "H07"}, f"MaHoSo: {CODE}"),
        ("dossiers", {"MaHoSo": "-1"}, f"MaHoSo: {CODE}"),
        ("dossiers", {"MaHoSo": "H07-"}, f"MaHoSo: {CODE}"),
        ("dossiers", {"MaHoSo": 7}, f"MaHoSo: {CODE}"),
        ("dossiers", {"MaTTHC": True}, "MaTTHC: must be a text"),
        ("dossiers", {"MaTTHC": ["1.002835"]}, "MaTTHC: must be a text"),
        ("dossiers", {"KenhThucHien": "4"}, "KenhThucHien: must be one of 1, 2, 3"),
        ("dossiers", {"KenhThucHien": "2\n"}, "KenhThucHien: must be one of 1, 2, 3"),
        ("dossiers", {"KenhThucHien": "٢"}, "KenhThucHien: must be one of 1, 2, 3"),
        ("dossiers", {"KenhThucHien": 2.0}, "KenhThucHien: must be one of 1, 2, 3"),
        ("dossiers", {"NgayTiepNhan": "20220601240000"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": "20220601080060"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": "20230229080000"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": "19000229080000"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": "00000101000000"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": "20220601"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": " 20220601080000"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": "20220601080000\n"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"NgayTiepNhan": "２０２２０６０１０８００００"}, f"NgayTiepNhan: {MOMENT}"),
        ("dossiers", {"TrangThaiHoSo": "11"}, "TrangThaiHoSo: must be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),
        ("dossiers", {"HinhThuc": "2"}, "HinhThuc: must be one of 0, 1"),
        ("dossiers", {"DanhSachHoSoBoSung": "x"}, "DanhSachHoSoBoSung: must be a list of objects"),
        ("dossiers", {"DanhSachHoSoBoSung": [None]}, "DanhSachHoSoBoSung: must be a list of objects"),
        ("dossiers", {"DanhSachHoSoBoSung": [{"NgayBoSung": "1"}]}, f"DanhSachHoSoBoSung.NgayBoSung: {MOMENT}"),
        ("progress", {"TrangThai": "0"}, "TrangThai: must be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),
        ("progress", {"TrangThai": "01"}, "TrangThai: must be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),
        ("progress", {"NgayBatDau": "x"}, f"NgayBatDau: {MOMENT}"),
        ("payments", {"MaHoSo": "H07"}, f"MaHoSo: {CODE}"),
        ("payments", {"LoaiGiaoDich": "khac"}, "LoaiGiaoDich: must be one of thanh_toan, hoan_phi"),
        ("services", {"MucDo": "1"}, "MucDo: must be one of 2, 3, 4"),
        ("services", {"HieuLucTu": "20220631"}, "HieuLucTu: must be a date yyyyMMdd that exists"),
        ("services", {"TenTTHC": "\ud83d"}, "TenTTHC: holds half a character; write it as valid Unicode"),
        ("agencies", {"Cap": "TINH"}, "Cap: must be one of tinh, so, huyen, xa"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_the_name_of_its_field(kind, change, reason):
    assert refused(kind, json.dumps(GOOD[kind] | change).encode()) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"{", "not JSON; write one JSON object a line"),
        (b'{"MaHoSo": "a-1"} {}', "not JSON; write one JSON object a line"),
        (b'{"MaHoSo": "a\x00-1"}', "not JSON; write one JSON object a line"),
        (b"\x00", "not JSON; write one JSON object a line"),
        ("{}".encode("utf-16"), "not UTF-8; write the file in UTF-8"),
        (b"[]", "not a JSON object; write one JSON object a line"),
        (b"null", "not a JSON object; write one JSON object a line"),
        (b'{"MaHoSo": "a-\xff"}', "not UTF-8; write the file in UTF-8"),
        (b'{"X": ' + b"[" * 100_000, "nested too deeply to be read"),
    ],
)
def test_a_line_that_is_no_json_object_is_refused(text, reason):
    assert refused("dossiers", text) == reason


def test_all_that_is_wrong_is_said_at_once():
    assert refused("progress", {}) == "; ".join(
        f"{name}: missing; give it a value" for name in ("MaHoSo", "ThoiDiemXuLy", "TrangThai")
    )


def test_empty_and_null_leave_an_optional_field_out():
    empty = dict.fromkeys(("NgayTra", "HinhThuc", "DanhSachHoSoBoSung"), "")
    null = dict.fromkeys(("KenhThucHien", "LoaiDoiTuong", "DanhSachHoSoBoSung"))
    assert read("dossiers", DOSSIER | empty) == read("dossiers", DOSSIER)
    assert read("dossiers", DOSSIER | null).keys() == {"kind", "dossier", "procedure", "recorded_received_at"}
    assert read("payments", PAYMENT | {"MaHoSo": ""}) == read("payments", PAYMENT | {"MaHoSo": None})


@pytest.mark.parametrize(
    ("written", "procedure"),
    [
        ('"1.002835.000.00.00.H56"', "1.002835"),
        ('"1.002835.H56"', "1.002835"),
        ('"1.002835"', "1.002835"),
        ("1.002830", "1.002830"),  # a number: its last 0 belongs to the code
        ('"1.0028350"', "1.0028350"),
        ('"1.00283"', "1.00283"),
        ('"1.002835-H56"', "1.002835-H56"),
        ('"1.002835\\n"', "1.002835\n"),
    ],
)
def test_services_are_compared_by_their_national_part(written, procedure):
    text = f'{{"MaHoSo": "a-1", "MaTTHC": {written}}}'.encode()
    assert read("dossiers", text)["procedure"] == procedure


def test_a_number_is_read_as_it_is_written():
    text = b'{"MaHoSo":"a-1","ThoiDiemXuLy":20220601080000,"TrangThai":2,"PhongBanXuLy":1e2}'
    assert read("progress", text) == {
        "kind": "step", "dossier": "a-1", "at": "20220601080000", "status": "2", "unit": "1e2",
    }  # fmt: skip
    huge = (
        b'{"MaGiaoDich":'
        + b"9" * 10_000
        + b',"ThoiGian":"20220601080000","MaTrangThai":"00","LoaiGiaoDich":"hoan_phi"}'
    )
    assert read("payments", huge)["transaction"] == "9" * 10_000


def test_of_a_name_given_twice_the_last_value_counts():
    assert read("progress", line(STEP)[:-1] + b', "TrangThai": "9"}')["status"] == "9"
    assert read("progress", line(STEP)[:-1] + b', "TrangThai": 9}')["status"] == "9"


@pytest.mark.parametrize(
    "anything",
    [b"{}", b"[[[]]]", b"1e999", b"NaN", b'"\\ud83d"', b"true", b"-0", b"9" * 9999, b"[" * 300 + b"]" * 300],
)
def test_fields_that_are_not_used_may_hold_anything(anything):
    text = line(STEP)[:-1] + b', "NguoiXuLy": ' + anything + b', "unknown": ' + anything + b"}"
    assert read("progress", text) == read("progress", STEP)


def test_of_a_request_for_more_papers_only_the_moments_travel():
    asked = {"NgayBoSung": "20220602080000", "NgayHenTraMoi": "", "NguoiYeuCauBoSung": "X", "NoiDungBoSung": {}}
    got = read("dossiers", DOSSIER | {"DanhSachHoSoBoSung": [asked, {}]})
    assert got["supplements"] == '[{"requested_at":"20220602080000"},{}]'
    assert read("dossiers", DOSSIER | {"DanhSachHoSoBoSung": []})["supplements"] == "[]"


ODD = (
    st.sampled_from([
        None, "", "0", "1", "2", "10", "11", 2, -0, 2.0, True, [], {}, "a-1", "-", "a-", "-a", "a--", "1.002835.H56",
        "1.002835", "20220601080000", "20240229235959", "20230229000000", "20220601240000", 20220601080000, "20220601",
        "00010101", "99991231", "99991231235959", "tinh", "xa", "thanh_toan", "\n", "\u0000", "\u00a0", float("nan"),
        [{"NgayBoSung": "20220601080000", "x": 1}], [{"NgayHenTraMoi": 20220601080000}], [[]], [{"NgayBoSung": ""}],
    ])
    | st.text(max_size=6)
    | st.integers()
    | st.floats()
)  # fmt: skip


@st.composite
def odd_lines(draw):
    kind = draw(st.sampled_from(list(GOOD)))
    names = st.sampled_from([*naive.FIELDS[kind], "ChuHoSo"])
    record = GOOD[kind] | draw(st.dictionaries(names, ODD, max_size=4))
    text = json.dumps(record, ensure_ascii=draw(st.booleans())).encode(errors="surrogatepass")
    cut = draw(st.none() | st.integers(0, len(text)))
    return kind, text[:cut]


@given(odd_lines())
def test_reading_agrees_with_a_naive_reader(case):
    kind, text = case
    try:
        got = read(kind, text)
    except Rejected:
        got = None
    assert got == naive.event(kind, text)


@given(st.binary(max_size=60), st.sampled_from(list(GOOD)))
def test_any_bytes_are_read_or_refused(text, kind):
    with pytest.raises(Rejected):
        READERS[kind].read(text)


@given(st.integers(0, 99_999_999_999_999).map("{:014}".format) | st.datetimes().map("{:%Y%m%d%H%M%S}".format))
def test_a_moment_passes_if_and_only_if_it_exists(moment):
    got = naive.event("progress", line(STEP | {"ThoiDiemXuLy": moment}))
    try:
        assert read("progress", STEP | {"ThoiDiemXuLy": moment}) == got
    except Rejected:
        assert got is None


def test_every_day_of_four_centuries_passes_and_no_other():
    for year in (1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 9999, 0):
        for month in range(14):
            for day in range(33):
                date = f"{year:04}{month:02}{day:02}"
                expected = naive.exists(date, 8, "%Y%m%d")
                try:
                    read("agencies", GOOD["agencies"] | {"HieuLucTu": date})
                except Rejected:
                    assert not expected, date
                else:
                    assert expected, date
