"""Salts of visitors: one for a day, the same for all who read, gone after their time and never made again."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from ingest.access.reading import AccessReader
from ingest.access.salts import LIFE, Salts
from tests.access_lines import TIMES, line

DAY, NEXT = "20220101", "20220102"
BROWSER = "Mozilla/5.0 (X11)"


class Keeper:
    """A data folder, its clock, and chance that never says the same again."""

    def __init__(self, folder):
        self.folder, self.now, self._numbers = folder / "salts", datetime(2022, 1, 1, tzinfo=UTC), count(1)

    def process(self):
        return Salts(self.folder, lambda: self.now, lambda size: bytes([next(self._numbers)]) * size)

    @property
    def kept(self):
        return b"".join(path.read_bytes() for path in self.folder.iterdir())


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path)


def test_all_who_read_have_the_same_salt_of_a_day_and_another_of_another(keeper):
    first, second = keeper.process(), keeper.process()
    assert first.of(DAY) == second.of(DAY) == keeper.process().of(DAY) != first.of(NEXT)
    assert second.of(NEXT) == first.of(NEXT)


def test_a_salt_is_gone_after_its_time_from_memory_and_disk_and_is_never_made_again(keeper):
    process = keeper.process()
    salt = process.of(DAY)
    keeper.now += LIFE - timedelta(seconds=1)
    assert process.of(DAY) == salt
    later = process.of(NEXT)
    keeper.now += timedelta(seconds=1)
    assert process.of(NEXT) == later
    assert salt.hex().encode() not in keeper.kept
    assert later.hex().encode() in keeper.kept
    assert process.of(DAY) is keeper.process().of(DAY) is None
    keeper.now += 100 * LIFE
    assert process.of(DAY) is process.of(NEXT) is None


def test_only_the_owner_may_read_them(keeper):
    keeper.process().of(DAY)
    assert {path.stat().st_mode & 0o077 for path in keeper.folder.glob("*.json")} == {0}


def test_forged_days_make_no_salts_and_what_is_long_ago_is_forgotten(keeper):
    process = keeper.process()
    for day in ("00010101", "20111231", "20220103", "29990101", "99991231"):
        assert process.of(day) is None
    assert not keeper.folder.exists()
    assert process.of("20120101") is not process.of("20220102") is not None
    keeper.now += timedelta(days=3)
    process.of("20220104")
    assert b"20120101" not in keeper.kept
    assert b"20220102" in keeper.kept


def marks(salts, *lines):
    reader = AccessReader(salt=salts.of)
    for each in lines:
        reader.read(each)
    events = [json.loads(event) for _, event in reader.rest()]
    return [tuple(event.get("visitors", "").split()) for event in events if event.get("visitors")]


def asked(visitor, at=TIMES[2], agent=BROWSER, status="200"):
    return line(at, "GET / HTTP/1.1", status, agent, "", visitor)


def test_a_visitor_is_an_address_with_a_browser_on_a_day(keeper):
    salts = keeper.process()
    ((once,),) = marks(salts, asked("203.0.113.7"), asked("203.0.113.7"))
    ((again, other),) = marks(salts, asked("203.0.113.7"), asked("203.0.113.8"))
    assert once in {again, other}
    assert len({again, other}) == 2
    assert marks(salts, asked("203.0.113.7", agent="Mozilla/5.0 (Mac)")) != [(once,)]
    assert marks(salts, asked("203.0.113.7", at=TIMES[-1])) != [(once,)]


def test_robots_and_who_was_not_served_leave_no_mark(keeper):
    assert marks(keeper.process(), asked("a", agent="Googlebot/2.1"), asked("b", status="404")) == []


def test_what_is_read_again_leaves_the_same_marks_or_none(keeper):
    before = marks(keeper.process(), asked("a"), asked("b"))
    assert marks(keeper.process(), asked("a"), asked("b")) == before
    keeper.now += LIFE
    assert marks(keeper.process(), asked("a"), asked("b")) == []
