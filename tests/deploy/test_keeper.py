import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from deploy.keeper import Keeper, Part
from deploy.process import Program
from metrics.errors import Unavailable
from tests.support.processes import alive, eventually


class Told:
    """Everything a keeper says, in order."""

    def __init__(self):
        self.texts, self.pids = [], {}

    def tell(self, text):
        self.texts.append(text)

    def changed(self, pids):
        self.pids = pids


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def keeper(tmp_path, told):
    made = []

    def make(*parts):
        lock = os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR)
        made.append(Keeper(parts, tmp_path / "logs", lock, changed=told.changed, tell=told.tell))
        return made[-1]

    yield make
    for one in made:
        if one._thread.ident:
            one.stop()


def part(name, text="import time; time.sleep(600)", *, ready=lambda _: True, **rest):
    program = Program(name, (sys.executable, "-c", text))
    return Part(name=name, starting=f"starting {name}", prepare=lambda: program, ready=ready, **rest)


def test_parts_start_in_order_each_when_the_one_before_is_ready(keeper, told):
    order = []
    keeper(
        part("one", then=lambda: order.append(("then one", set(told.pids)))),
        part("two", ready=lambda _: order.append("two asked") or True),
    ).start()
    assert order == [("then one", {"one"}), "two asked"]
    assert set(told.pids) == {"one", "two"}


def test_parts_stop_in_reverse_order(keeper, told, tmp_path):
    says = (
        "import signal, sys, time\n"
        "def bye(*_):\n    open({file!r}, 'a').write({name!r})\n    sys.exit(0)\n"
        "signal.signal(15, bye)\nopen({file!r} + {name!r}, 'w')\ntime.sleep(600)"
    )
    file = str(tmp_path / "order")
    names = ("a", "b", "c")
    whole = keeper(
        *(part(n, says.format(file=file, name=n), ready=lambda _, n=n: Path(file + n).exists()) for n in names)
    )
    whole.start()
    whole.stop()
    assert (tmp_path / "order").read_text() == "cba"
    assert not any(alive(pid) for pid in told.pids.values())


def test_a_crashed_part_starts_again(keeper, told):
    keeper(part("one"), part("two")).start()
    first = dict(told.pids)
    os.kill(first["one"], signal.SIGKILL)
    assert eventually(lambda: told.pids["one"] != first["one"])
    assert told.pids["two"] == first["two"]
    assert any("one ended with status -9" in text for text in told.texts)


def test_a_full_disk_passes_and_is_told_once(keeper, told):
    """Nobody can be told the new process ids for a while: the parts are kept running all the same."""
    whole = keeper(part("one"), part("two"))
    whole.start()
    first, full = dict(told.pids), threading.Event()
    full.set()

    def changed(pids):
        if full.is_set():
            raise OSError(28, "No space left on device")
        told.changed(pids)

    whole._changed = changed
    os.kill(first["one"], signal.SIGKILL)
    assert eventually(lambda: any("No space left" in text for text in told.texts))
    assert not eventually(lambda: not alive(first["two"]), within=1)
    full.clear()
    assert eventually(lambda: told.pids["one"] != first["one"])
    assert told.pids["two"] == first["two"]
    assert sum("No space left" in text for text in told.texts) == 1


def test_a_part_that_keeps_crashing_is_tried_ever_more_rarely(keeper, told, monkeypatch):
    monkeypatch.setattr("deploy.keeper.FIRST_DELAY", 0.05)
    keeper(part("one", "import time; time.sleep(0.2)")).start()
    assert eventually(lambda: sum("ended" in text for text in told.texts) >= 4, within=20)


def test_a_part_that_ends_while_starting_stops_everything_and_says_why(keeper, told):
    broken = part("broken", "raise SystemExit('no room')", ready=lambda _: False)
    with pytest.raises(Unavailable, match=r"(?s)broken ended with status 1.*no room"):
        keeper(part("one"), broken).start()
    assert not any(alive(pid) for pid in told.pids.values())


def test_a_part_that_does_not_answer_in_time_stops_everything(keeper, told):
    with pytest.raises(Unavailable, match="slow did not answer in 0 s"):
        keeper(part("slow", ready=lambda _: False, patience=0.2)).start()
    assert not alive(told.pids["slow"])


def test_stopping_while_starting_leaves_nothing(keeper, told):
    whole = keeper(part("slow", ready=lambda _: False))
    starting = threading.Thread(target=whole.start)
    starting.start()
    assert eventually(lambda: told.pids)
    whole.stop()
    starting.join(5)
    assert not alive(told.pids["slow"])


def test_what_the_keeper_cannot_go_on_after_stops_us_and_is_raised(keeper, told, monkeypatch):
    signals = []
    monkeypatch.setattr("deploy.keeper.os.kill", lambda pid, number: signals.append((pid, number)))
    whole = keeper(part("one"))
    whole.start()
    monkeypatch.setattr(whole, "_mend", lambda *_: 1 / 0)
    assert eventually(lambda: signals == [(os.getpid(), signal.SIGTERM)])
    with pytest.raises(ZeroDivisionError):
        whole.stop()
    assert not alive(told.pids["one"])
