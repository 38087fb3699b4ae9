import os
import subprocess
import sys
import threading

import pytest

from deploy.credentials import logins
from deploy.folder import DataFolder, Role, State, birth
from deploy.joining import entered
from metrics.errors import Unavailable
from tests.support.processes import eventually


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path)


@pytest.fixture
def owned(folder):
    lock = folder.try_own()
    yield folder
    os.close(lock)


@pytest.fixture
def told():
    return []


def state(role, **rest):
    return State(role, os.getpid(), birth(os.getpid()), **rest)


def enter(folder, role, told):
    with entered(folder, role, told.append) as found:
        return found


def test_a_free_folder_is_owned(folder, told):
    with entered(folder, Role.UP, told.append) as lock:
        assert folder.try_own() is None
    os.close(lock)
    assert folder.try_own() is not None


def test_the_state_can_be_read_by_its_owner_alone(owned):
    owned.write(state(Role.UP, ready=True))
    assert (owned.path / "stack.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("running", [Role.UP, Role.DEMO, Role.LOAD, Role.INGEST, Role.READER])
def test_a_reader_joins_whatever_runs(owned, told, running):
    owned.write(state(running, ready=True, clickhouse="http://there"))
    assert enter(owned, Role.READER, told).clickhouse == "http://there"


@pytest.mark.parametrize("running", [Role.UP, Role.DEMO, Role.INGEST])
def test_a_load_joins_a_stack_that_stays(owned, told, running):
    owned.write(state(running, ready=True, kafka="there"))
    assert enter(owned, Role.LOAD, told).kafka == "there"


@pytest.mark.parametrize("second", [Role.UP, Role.DEMO])
def test_a_second_stack_is_refused(owned, told, second):
    owned.write(state(Role.UP, ready=True))
    with pytest.raises(Unavailable, match=rf"nhip up \(process {os.getpid()}\) already runs on .*--data"):
        enter(owned, second, told)


def test_a_second_load_waits_for_the_first(folder, told):
    lock = folder.try_own()
    folder.write(state(Role.LOAD, ready=True))
    found = []
    second = threading.Thread(target=lambda: found.append(enter(folder, Role.LOAD, told)))
    second.start()
    assert eventually(lambda: told)
    assert "waiting" in told[0]
    assert not found
    folder.forget()
    os.close(lock)
    second.join(5)
    assert isinstance(found[0], int)
    os.close(found[0])


def test_nobody_joins_before_the_addresses_answer(owned, told):
    owned.write(state(Role.UP))
    joined = []
    reader = threading.Thread(target=lambda: joined.append(enter(owned, Role.READER, told)))
    reader.start()
    reader.join(0.3)
    assert not joined
    owned.write(state(Role.UP, ready=True))
    reader.join(5)
    assert joined


def test_an_owner_waits_for_those_who_joined(owned, told):
    owned.write(state(Role.UP, ready=True))
    with entered(owned, Role.READER, told.append), entered(owned, Role.READER, told.append):
        owned.forget()
        assert not owned.wait_for_joiners(0.2)
    assert owned.wait_for_joiners(5)


def test_the_note_of_a_killed_stack_is_stale(folder):
    with subprocess.Popen(["sleep", "60"]) as process:
        folder.write(State(Role.UP, process.pid, birth(process.pid), ready=True))
        assert folder.state() is not None
        process.kill()
        assert eventually(lambda: folder.state() is None)


def test_a_process_that_got_the_same_number_later_is_another_one(folder):
    folder.write(State(Role.UP, os.getpid(), birth(os.getpid()) - 1, ready=True))
    assert folder.state() is None


def test_the_children_of_a_killed_stack_are_waited_for(folder, told):
    text = "import sys, time; print(flush=True); time.sleep(1.5)"
    lock = folder.try_own()
    with subprocess.Popen([sys.executable, "-c", text], pass_fds=[lock], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        os.close(lock)
        assert folder.try_own() is None
        os.close(enter(folder, Role.UP, told))
    assert "waiting for the last processes" in told[0]


def test_children_that_never_end_are_told_of(owned, told, monkeypatch):
    monkeypatch.setattr("deploy.joining.DYING_PATIENCE", 0.1)
    with pytest.raises(Unavailable, match="still use"):
        enter(owned, Role.UP, told)


def test_logins_are_made_once_and_kept_from_others(tmp_path):
    made = logins(tmp_path / "logins")
    assert logins(tmp_path / "logins") == made
    assert (tmp_path / "logins").stat().st_mode & 0o777 == 0o600
    assert made.writer.split(":")[1] not in repr(made)
    assert logins(tmp_path / "others") != made
