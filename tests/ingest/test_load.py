"""A whole folder: counts, dead letters, privacy, and going on after a break."""

import gzip
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import load as loading
from ingest.lines import LONGEST
from ingest.load import load_folder
from metrics.errors import Misconfigured, Unavailable
from metrics.events import Topic
from tests.ingest.support import DOSSIER, GOOD, STEP, MemorySink, line, lines, quiet


@pytest.fixture
def drop(tmp_path):
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def load(drop, sink, progress=quiet):
    return load_folder(drop, sink, drop.parent / "checkpoints", progress)


def write_all(drop, **contents):
    for kind, content in contents.items():
        (drop / f"{kind}.jsonl").write_bytes(content)


def dossier(number, **more):
    return DOSSIER | {"MaHoSo": f"H07-220601-{number:04}"} | more


def test_every_kind_reaches_its_topic(drop):
    write_all(drop, **{kind: lines(record) for kind, record in GOOD.items()})
    sink = MemorySink()
    report = load(drop, sink)
    assert report.accepted == dict.fromkeys(GOOD, 1) | {"access": 0}
    assert report.rejected == dict.fromkeys((*GOOD, "access"), 0)
    topics = {json.loads(events[0])["kind"]: topic for (topic, _), events in sink.log.items() if len(events) == 1}
    assert topics["payment"] == Topic.PAYMENTS
    assert {event["kind"] for event in sink.events()} == {"agency", "service", "dossier", "step", "payment"}
    assert report.ends == sink.ends


def test_bad_lines_are_buried_alone(drop):
    content = b"\n".join(
        [line(dossier(1)), b"{", b"", b"x" * 5_000_000, line(dossier(2)), b'{"MaHoSo": "\xff"}', line({"MaHoSo": "a"})]
    )
    write_all(drop, dossiers=b"\xef\xbb\xbf" + content, progress=b"", payments=b"\n\n")
    sink = MemorySink()
    report = load(drop, sink)
    assert (report.accepted["dossiers"], report.rejected["dossiers"]) == (2, 4)
    letters = sink.events("dead")
    assert [letter["line"] for letter in letters] == ["2", "4", "6", "7"]
    assert letters[0] == {
        "kind": "dead", "source": str(drop / "dossiers.jsonl"), "line": "2", "file_kind": "dossiers",
        "reason": "not JSON; write one JSON object a line",
    }  # fmt: skip
    assert letters[1]["reason"].startswith("longer than 1 MiB")
    assert letters[3]["reason"].endswith("MaTTHC: missing; give it a value")


def test_a_gzip_that_breaks_off_and_a_file_that_cannot_be_read_are_one_dead_letter_each(drop):
    packed = gzip.compress(lines(*(dossier(number) for number in range(3000))))
    (drop / "dossiers.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (drop / "progress.jsonl").mkdir()
    write_all(drop, payments=lines(GOOD["payments"]))
    sink = MemorySink()
    report = load(drop, sink)
    assert report.rejected == dict.fromkeys((*GOOD, "access"), 0) | {"dossiers": 1, "progress": 1}
    assert 0 < report.accepted["dossiers"] < 3000
    assert report.accepted["payments"] == 1
    assert {(letter["file_kind"], letter["line"]) for letter in sink.events("dead")} == {
        ("dossiers", str(report.accepted["dossiers"] + 1)), ("progress", "1"),
    }  # fmt: skip


def test_names_that_are_no_input_are_reported(drop):
    (drop / "dossier.jsonl").touch()
    assert load(drop, MemorySink()).ignored == ("dossier.jsonl",)


def test_a_folder_that_is_absent_sends_nothing(drop):
    with pytest.raises(Misconfigured):
        load(drop / "absent", MemorySink())


def test_the_lines_of_a_dossier_keep_their_order(drop):
    channels = "123" * 30
    write_all(drop, dossiers=lines(*(dossier(n % 7, KenhThucHien=code) for n, code in enumerate(channels))))
    sink = MemorySink()
    load(drop, sink)
    sent = [event["channel"] for event in sink.events("dossier") if event["dossier"] == "H07-220601-0003"]
    assert sent == [code for n, code in enumerate(channels) if n % 7 == 3]


def test_progress_grows_to_the_size_of_the_folder(drop, monkeypatch):
    monkeypatch.setattr(loading, "STRETCH", 10)
    write_all(drop, dossiers=lines(*map(dossier, range(35))), progress=lines(STEP))
    seen = []
    load(drop, MemorySink(), seen.append)
    assert [step.accepted for step in seen] == [10, 20, 30, 35, 36]
    assert seen[-1].done == seen[-1].size == sum(path.stat().st_size for path in drop.iterdir())


PERSONAL = ("ChuHoSo", "SoGiayToChuHoSo", "DinhDanhCHS", "Email", "SoDienThoai", "Fax", "TrichYeuHoSo", "ThongTinKhac",
            "NguoiXuLy", "TaiLieuNop", "ChucDanh", "NoiDungXuLy", "MaDoiTuong", "DanhSachGiayToKetQua")  # fmt: skip


@pytest.mark.parametrize("fault", [{}, {"MaHoSo": "canary"}, {"NgayTiepNhan": "canary"}, {"KenhThucHien": 3}])
def test_no_personal_field_gets_past_the_border(drop, fault):
    secret = dict.fromkeys(PERSONAL, "canary") | {"DinhDanhCHS": [{"SoDinhDanh": "canary"}], "canary": "canary"}
    papers = [{"NguoiYeuCauBoSung": "canary", "NoiDungBoSung": "canary", "NgayBoSung": "20220601080000"}]
    record = DOSSIER | secret | fault | {"DanhSachHoSoBoSung": papers}
    cut = line(record)[:-1]
    for name in (*GOOD, "dossiers-2"):
        kind = name.split("-")[0]
        content = lines(GOOD[kind] | secret | fault, record) + cut + b"\n" + cut + b'\xff"}\n' + b"canary"
        (drop / f"{name}.jsonl").write_bytes(content)
    sink = MemorySink(breaks_at=5, half=99)
    with pytest.raises(Unavailable):
        load(drop, sink)
    kept = b"".join(path.read_bytes() for path in (drop.parent / "checkpoints").iterdir())
    assert b"canary" not in kept
    assert all(b"canary" not in event for events in sink.log.values() for event in events)


def test_a_value_is_never_in_a_reason(drop):
    for kind in GOOD:
        bad = [dict.fromkeys(GOOD[kind], value) for value in ("-", ["canary"], {"canary": "canary"}, True, 4.5)]
        write_all(
            drop, **{kind: lines(*bad, "canary", ["canary"], GOOD[kind] | {next(iter(GOOD[kind])): {"canary": 1}})}
        )
    sink = MemorySink()
    load(drop, sink)
    assert sink.events("dead")
    assert "canary" not in json.dumps(sink.events("dead"))


# Access logs


def log(*numbers, agent="Mozilla"):
    requests = (
        f'::1 - - [01/Jan/2022:00:00:{n % 60:02} +0700] "GET / HTTP/1.1" 200 1 "-" "{agent}"\n' for n in numbers
    )
    return "".join(requests).encode()


def requests_of(*sinks):
    events = [event for sink in sinks for event in sink.events("requests")]
    return sorted((event["at"], int(number)) for event in events for number in event["numbers"].split(" "))


def test_the_requests_of_a_log_are_events_of_their_minutes_and_bad_lines_dead_letters(drop):
    (drop / "access.log").write_bytes(log(1, 1, 2) + b"canary\n\n" + log(3))
    sink = MemorySink()
    report = load(drop, sink)
    assert (report.accepted["access"], report.rejected["access"]) == (4, 1)
    assert len(requests_of(sink)) == len(set(requests_of(sink))) == 4
    (letter,) = sink.events("dead")
    assert (letter["file_kind"], letter["line"]) == ("access", "4")
    assert "canary" not in letter["reason"]


def test_a_broken_off_load_numbers_requests_alike_as_a_whole_one(drop, monkeypatch):
    monkeypatch.setattr(loading, "STRETCH", 10)
    (drop / "access.log").write_bytes(log(*[7] * 25, *range(8)))
    plain, first, second = MemorySink(), MemorySink(breaks_at=2), MemorySink()
    load(drop, plain)
    with pytest.raises(Unavailable):
        load(drop, first)
    assert load(drop, second).accepted["access"] == 33
    assert requests_of(first, second) == requests_of(plain)
    assert 0 < len(requests_of(second)) < 33


# Going on after a break


def test_a_broken_off_load_goes_on_behind_what_was_acknowledged(drop, monkeypatch):
    monkeypatch.setattr(loading, "STRETCH", 10)
    write_all(drop, dossiers=lines(*map(dossier, range(25))) + b"{\n", progress=lines(STEP))
    first, second = MemorySink(breaks_at=2), MemorySink()
    with pytest.raises(Unavailable):
        load(drop, first)
    report = load(drop, second)
    assert (len(first.events("dossier")), len(second.events("dossier"))) == (20, 5)
    assert report.accepted == dict.fromkeys((*GOOD, "access"), 0) | {"dossiers": 25, "progress": 1}
    assert report.rejected["dossiers"] == 1
    assert report.ends == {**first.ends, **second.ends}


def test_a_finished_load_is_sent_again(drop):
    write_all(drop, dossiers=lines(*map(dossier, range(5))))
    reports = [load(drop, sink) for sink in (MemorySink(), MemorySink())]
    assert [report.accepted["dossiers"] for report in reports] == [5, 5]
    assert list((drop.parent / "checkpoints").iterdir()) == []


def replaced(drop):
    (drop / "dossiers.jsonl").rename(drop / "old")
    (drop / "dossiers.jsonl").write_bytes((drop / "old").read_bytes())


def grown(drop):
    with (drop / "dossiers.jsonl").open("ab") as file:
        file.write(lines(dossier(99)))


def joined_by_another(drop):
    write_all(drop, agencies=lines(GOOD["agencies"]))


@pytest.mark.parametrize("change", [replaced, grown, joined_by_another])
def test_a_folder_that_changed_is_sent_from_the_start(drop, monkeypatch, change):
    monkeypatch.setattr(loading, "STRETCH", 10)
    write_all(drop, dossiers=lines(*map(dossier, range(25))))
    with pytest.raises(Unavailable):
        load(drop, MemorySink(breaks_at=2))
    change(drop)
    sink = MemorySink()
    load(drop, sink)
    assert len(sink.events("dossier")) >= 25


def test_another_log_is_sent_everything(drop, monkeypatch):
    monkeypatch.setattr(loading, "STRETCH", 10)
    write_all(drop, dossiers=lines(*map(dossier, range(25))))
    with pytest.raises(Unavailable):
        load(drop, MemorySink(breaks_at=2))
    other = MemorySink()
    other.identity = "another"
    load(drop, other)
    assert len(other.events("dossier")) == 25


def test_a_checkpoint_nobody_can_read_counts_as_none(drop, monkeypatch):
    monkeypatch.setattr(loading, "STRETCH", 10)
    write_all(drop, dossiers=lines(*map(dossier, range(25))))
    with pytest.raises(Unavailable):
        load(drop, MemorySink(breaks_at=2))
    (kept,) = (drop.parent / "checkpoints").iterdir()
    kept.write_bytes(kept.read_bytes()[:-3])
    sink = MemorySink()
    load(drop, sink)
    assert len(sink.events("dossier")) == 25


BAD = st.sampled_from([b"", b"{", b'{"MaHoSo": "H07"}', b"x" * (LONGEST + 1)])


@st.composite
def folders(draw):
    """Files of good, bad and blank lines, plain and zipped; the last may be cut."""
    files = {}
    for number, kind in enumerate(draw(st.lists(st.sampled_from(["dossiers", "progress", "payments"]), max_size=4))):
        good = [line(dossier(n) if kind == "dossiers" else GOOD[kind]) for n in range(draw(st.integers(0, 9)))]
        content = b"\n".join(draw(st.permutations(good + draw(st.lists(BAD, max_size=3)))))
        zipped = draw(st.booleans())
        packed = gzip.compress(content, mtime=0)[: draw(st.sampled_from([None, -3]))] if zipped else content
        files[f"{kind}-{number}.jsonl" + ".gz" * zipped] = packed
    return files


@settings(max_examples=60, deadline=None)
@given(
    files=folders(),
    stretch=st.integers(1, 7),
    breaks=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=5),
)
def test_wherever_a_load_is_broken_off_the_events_and_counts_end_the_same(tmp_path_factory, files, stretch, breaks):
    drop = tmp_path_factory.mktemp("load") / "drop"
    drop.mkdir()
    for name, content in files.items():
        (drop / name).write_bytes(content)
    plain = MemorySink()
    whole = load(drop, plain)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "STRETCH", stretch)
        log = MemorySink()
        for log.left, log.half in breaks:
            with suppress(Unavailable):
                load(drop, log)
        log.left = None
        report = load(drop, log)
    assert (report.accepted, report.rejected) == (whole.accepted, whole.rejected)
    assert report.ends == log.ends
    assert log.log.keys() == plain.log.keys()
    for place, events in plain.log.items():
        assert last_ones(log.log[place]) == last_ones(events)


def last_ones(events):
    """Without the repeats that a later one makes harmless."""
    return list(dict.fromkeys(reversed(events)))
