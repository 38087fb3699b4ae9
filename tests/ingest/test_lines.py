"""Files become numbered lines, whatever their bytes."""

import gzip
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import INFLATED, LONGEST, LineFile, numbered
from metrics.errors import Rejected

BREAK = "the .gz breaks off here; send the file again and load the folder again"
DAMAGE = "the .gz is damaged from here on; send the file again and load the folder again"
LONG = "longer than 1 MiB; split it or leave out what is not used"


def shown(found):
    return [(number, str(line) if isinstance(line, Rejected) else line) for number, line in found]


def lines_of(tmp_path: Path, content: bytes, name="dossiers.jsonl"):
    path = tmp_path / name
    path.write_bytes(content)
    return shown(LineFile(path))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"\xef\xbb\xbf", []),
        (b"\n\n", []),
        (b"a", [(1, b"a")]),
        (b"a\nb\n", [(1, b"a"), (2, b"b")]),
        (b"\xef\xbb\xbfa\n\n \t\r\nb", [(1, b"a"), (4, b"b")]),
        (b"\xef\xbb\xbf\na", [(2, b"a")]),
        (b"a\r\nb\r\n", [(1, b"a\r"), (2, b"b\r")]),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", [(1, b"\xef\xbb\xbfa")]),
        (b"\x00\n\xff", [(1, b"\x00"), (2, b"\xff")]),
    ],
)
def test_lines_are_numbered_as_an_editor_shows_them(tmp_path, content, expected):
    assert lines_of(tmp_path, content) == expected
    assert lines_of(tmp_path, gzip.compress(content), "dossiers.jsonl.gz") == expected


def test_a_line_may_have_one_mebibyte_and_not_a_byte_more(tmp_path):
    whole, over = b"x" * LONGEST, b"x" * (LONGEST + 1)
    assert lines_of(tmp_path, whole) == [(1, whole)]
    assert lines_of(tmp_path, over) == [(1, LONG)]
    content = b"\n".join([whole + b"\r", over, over + b"\r", b" " * (LONGEST + 1), b"a", b"x" * 5_000_000, b"b"])
    assert lines_of(tmp_path, content) == [
        (1, whole + b"\r"), (2, LONG), (3, LONG), (4, LONG), (5, b"a"), (6, LONG), (7, b"b"),
    ]  # fmt: skip


def test_a_line_without_end_is_not_held(tmp_path):
    path = tmp_path / "dossiers.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(64):
            file.write(b"x" * LONGEST)
        file.write(b"\na")
    tracemalloc.start()
    try:
        assert shown(LineFile(path)) == [(1, LONG), (2, b"a")]
        assert tracemalloc.get_traced_memory()[1] < 8 * LONGEST
    finally:
        tracemalloc.stop()


@given(st.lists(st.binary(max_size=12)), st.lists(st.integers(1, 9), min_size=1))
def test_how_the_bytes_arrive_makes_no_difference(parts, cuts):
    content = b"\n".join(parts)
    pieces, left = [], content
    while left:
        size = cuts[len(pieces) % len(cuts)]
        pieces, left = [*pieces, left[:size]], left[size:]
    assert shown(numbered(pieces)) == shown(numbered([content]))


@given(st.lists(st.binary(max_size=40), max_size=6), st.data())
def test_a_gzip_that_breaks_off_gives_its_whole_lines_and_one_break(parts, data):
    content = b"".join(part.replace(b"\n", b"") + b"\n" for part in parts)
    packed = gzip.compress(content)
    cut = packed[: data.draw(st.integers(1, len(packed) - 1))]
    found = shown(numbered(_pieces(cut)))
    whole = shown(numbered([content]))
    assert found[:-1] == whole[: len(found) - 1]
    assert found[-1][1] == BREAK
    assert found[-1][0] > (found[-2][0] if found[:-1] else 0)


def _pieces(packed):
    from ingest.lines import unzipped  # noqa: PLC0415

    return unzipped([packed])


def test_a_cut_line_is_the_break_and_nothing_else(tmp_path):
    packed = gzip.compress(b"".join(b'{"a": %d}\n' % number for number in range(1, 5000)))
    found = lines_of(tmp_path, packed[:-200], "a.gz")
    assert found[-1] == (len(found), BREAK)
    assert [line for _, line in found[:-1]] == [b'{"a": %d}' % number for number in range(1, len(found))]


def test_a_long_line_that_is_cut_is_one_break(tmp_path):
    packed = gzip.compress(b"a\n" + bytes(range(1, 10)) * 500_000)
    assert lines_of(tmp_path, packed[:-20], "a.gz") == [(1, b"a"), (2, BREAK)]


def test_members_follow_one_another_and_padding_is_nothing(tmp_path):
    two = gzip.compress(b"a\nb") + gzip.compress(b"c\n")
    assert lines_of(tmp_path, two, "a.gz") == [(1, b"a"), (2, b"bc")]
    assert lines_of(tmp_path, two + bytes(5000), "a.gz") == [(1, b"a"), (2, b"bc")]


def test_what_is_no_gzip_is_damage(tmp_path):
    assert lines_of(tmp_path, b'{"a": 1}\n', "a.gz") == [(1, DAMAGE)]
    assert lines_of(tmp_path, gzip.compress(b"a\nb") + b"garbage", "a.gz") == [(1, b"a"), (2, DAMAGE)]


def test_a_damaged_middle_keeps_what_came_before(tmp_path):
    text = b"".join(b"%d\n" % (number * 7919) for number in range(200_000))
    packed = bytearray(gzip.compress(text))
    packed[len(packed) // 2] ^= 0xFF
    found = lines_of(tmp_path, bytes(packed), "a.gz")
    assert found[-1][1] in (DAMAGE, BREAK)
    kept = len(b"".join(line + b"\n" for _, line in found[:-1]))
    assert kept > len(text) // 2 - 20 * INFLATED


def test_a_file_that_cannot_be_opened_is_refused_at_its_first_line(tmp_path):
    reason = "the file cannot be read from here on ({}); mend it and load the folder again"
    (tmp_path / "dossiers.jsonl").mkdir()
    assert shown(LineFile(tmp_path / "dossiers.jsonl")) == [(1, reason.format("Is a directory"))]
    assert shown(LineFile(tmp_path / "gone.jsonl")) == [(1, reason.format("No such file or directory"))]


def test_a_disk_that_fails_halfway_gives_the_whole_lines_before():
    def pieces():
        yield b"a\nb\nhal"
        raise OSError(5, "Input/output error")

    reason = "the file cannot be read from here on (Input/output error); mend it and load the folder again"
    assert shown(numbered(pieces())) == [(1, b"a"), (2, b"b"), (3, reason)]


def test_done_counts_the_bytes_on_disk(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"a\n" * 1000))
    file = LineFile(path)
    assert len(list(file)) == 1000
    assert file.done == path.stat().st_size
