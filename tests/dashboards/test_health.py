from datetime import UTC, datetime, timedelta

from dashboards.health import STILL, Watch
from dashboards.pipeline import Progress
from metrics.errors import Unavailable

START = datetime(2026, 1, 1, tzinfo=UTC)
END = 10


class Stack:
    """A pipeline of one partition whose log ends at `end`."""

    def __init__(self):
        self.now, self.end, self.written, self.store, self.broker = START, END, END, True, True
        self.watch = Watch(lambda: self.now, self.ends)

    def ends(self):
        if not self.broker:
            raise Unavailable
        return {("s", 0): self.end, ("s", 1): 0}

    def progress(self):
        if not self.store:
            raise Unavailable
        naive = START.replace(tzinfo=None)
        return [Progress("s", 0, self.written, naive, naive)]

    def look(self, after=0.0):
        self.now += timedelta(seconds=after)
        health = self.watch.look(self.progress)
        return health.moves, {part.name: part for part in health.parts}


def test_a_quiet_pipeline_moves_however_long_it_is_quiet():
    stack = Stack()
    assert stack.look()[0]
    moves, parts = stack.look(after=100_000)
    assert moves
    assert (parts["worker s"].lag, parts["worker s"].since) == (0, START)


def test_a_worker_that_is_behind_has_time_to_move_and_then_does_not():
    stack = Stack()
    stack.look(after=1000)
    stack.end += 5
    assert stack.look()[0]
    since = stack.now
    assert stack.look(after=STILL.total_seconds() - 1)[0]
    moves, parts = stack.look(after=1)
    assert not moves
    assert (parts["worker s"].lag, parts["worker s"].since, parts["store"].moves) == (5, since, True)


def test_a_worker_that_writes_moves_however_far_behind():
    stack = Stack()
    stack.end = 1_000_000
    for _ in range(10):
        stack.written += 1
        assert stack.look(after=STILL.total_seconds() - 1)[0]


def test_what_does_not_answer_is_named_since_when_and_recovers():
    stack = Stack()
    stack.look()
    stack.broker = False
    moves, parts = stack.look(after=7)
    assert not moves
    assert (parts["broker"].moves, parts["broker"].since) == (False, START + timedelta(seconds=7))
    assert "worker s" not in parts
    assert stack.look(after=100)[1]["broker"].since == START + timedelta(seconds=7)
    stack.broker, stack.store = True, False
    parts = stack.look(after=1)[1]
    assert (parts["broker"].moves, parts["store"].moves) == (True, False)
    stack.store = True
    assert stack.look(after=1)[0]


def test_without_a_broker_only_the_store_is_judged():
    stack = Stack()
    watch = Watch(lambda: START, None)
    assert [part.name for part in watch.look(stack.progress).parts] == ["store"]
