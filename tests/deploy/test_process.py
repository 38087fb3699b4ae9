import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.process import BEHIND, GUARD, Program, rotate, start
from tests.support.processes import alive, eventually

SUPERVISOR = """
import sys, threading, time
from pathlib import Path
from deploy.process import GUARD, Program, start
child = start(Program("sleeper", ("sleep", "600")), Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(600)
"""


def python(text):
    return (sys.executable, "-c", text)


def test_a_child_dies_with_a_supervisor_that_is_killed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, tmp_path], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        child = int(supervisor.stdout.readline())
        assert alive(child)
        supervisor.kill()
        assert eventually(lambda: not alive(child))


def test_a_child_does_not_start_under_another_parent(tmp_path):
    """The starter died before the kernel's promise was made: the guard's parent is not the one it was told."""
    done = subprocess.run([sys.executable, "-I", "-S", GUARD, "1", "0", "touch", tmp_path / "ran"], check=False)
    assert done.returncode == 1
    assert not (tmp_path / "ran").exists()


def test_what_a_child_says_is_in_its_log(tmp_path):
    child = start(Program("speaker", python("import sys; print('one'); sys.stderr.write('two')")), tmp_path)
    child.process.wait()
    assert child.log == tmp_path / "speaker.log"
    assert set(child.last_words().split()) == {"one", "two"}


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this Linux does not share by sessions")
def test_what_stands_back_does_so_with_its_whole_session(tmp_path):
    read = "import os, pathlib; print(os.nice(0), pathlib.Path('/proc/self/autogroup').read_text())"
    child = start(Program("patient", python(read), nice=BEHIND), tmp_path)
    child.process.wait()
    own, *_, session = child.last_words().split()
    assert (int(own), int(session)) == (os.nice(0) + BEHIND, os.nice(0) + BEHIND)


def test_stopping_asks_first(tmp_path):
    bye = "signal.signal(15, lambda *_: (print('bye'), sys.exit(0)))"
    polite = f"import signal, sys, time\n{bye}\nprint('up', flush=True)\ntime.sleep(60)"
    child = start(Program("polite", python(polite)), tmp_path)
    assert eventually(lambda: "up" in child.last_words())
    child.stop(grace=10)
    assert (child.status, "bye" in child.last_words()) == (0, True)


def test_stopping_forces_what_does_not_listen(tmp_path):
    deaf = "import signal, time\nsignal.signal(15, signal.SIG_IGN)\nprint('up', flush=True)\ntime.sleep(60)"
    child = start(Program("deaf", python(deaf)), tmp_path)
    assert eventually(lambda: "up" in child.last_words())
    child.stop(grace=0.2)
    assert child.status == -signal.SIGKILL


def test_stopping_takes_the_whole_group(tmp_path):
    parent = "import subprocess, time\nprint(subprocess.Popen(['sleep', '600']).pid, flush=True)\ntime.sleep(60)"
    child = start(Program("parent", python(parent)), tmp_path)
    assert eventually(child.last_words)
    grandchild = int(child.last_words())
    child.stop(grace=5)
    assert eventually(lambda: not alive(grandchild))


def test_a_child_has_the_usual_signals(tmp_path):
    """Python ignores SIGPIPE, and a program that inherits that never notices a closed pipe."""
    child = start(Program("signals", ("grep", "SigIgn", "/proc/self/status")), tmp_path)
    child.process.wait()
    ignored = int(child.last_words().split()[1], 16)
    assert not ignored & 1 << (signal.SIGPIPE - 1)


def test_a_full_log_is_rotated_while_it_is_written(tmp_path):
    writer = "import time\nfor n in range(10_000):\n    print(n, 'x' * 100, flush=True)\n    time.sleep(0.001)"
    child = start(Program("writer", python(writer)), tmp_path)
    try:
        for number in (1, 2, 3):
            assert eventually(lambda: child.log.stat().st_size > 5000)
            rotate(child.log, limit=5000, old=2)
            assert (tmp_path / f"writer.log.{min(number, 2)}").exists()
        assert eventually(lambda: 0 < child.log.stat().st_size < 5000)
    finally:
        child.stop(grace=0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["writer.log", "writer.log.1", "writer.log.2"]
    assert b"\0" not in child.log.read_bytes()  # it goes on from the start, not from where it had been


def test_a_small_log_is_left_alone(tmp_path):
    (tmp_path / "a.log").write_text("short")
    rotate(tmp_path / "a.log")
    assert [path.name for path in tmp_path.iterdir()] == ["a.log"]
