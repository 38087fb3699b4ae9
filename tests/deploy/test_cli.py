import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from deploy.cli import main
from deploy.commands.demo import month_before
from deploy.usage import COMMANDS

NHIP = Path(sys.executable).with_name("nhip")


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("deploy.cli._stop_on_signals", lambda: None)
    monkeypatch.delenv("NHIP_DATA", raising=False)


def complaints(capsys, *words):
    """What it says about words it cannot use, without the closing hint."""
    assert main(list(words)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return [line.removeprefix("nhip: ") for line in printed.err.splitlines() if "--help" not in line]


def test_help_names_every_command_and_comes_at_once():
    began = time.monotonic()
    done = subprocess.run([NHIP, "--help"], capture_output=True, text=True, check=True)
    assert time.monotonic() - began < 2
    assert all(command.does in " ".join(done.stdout.split()) for command in COMMANDS)
    assert "examples:" in done.stdout


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert "--data" in capsys.readouterr().out


def test_every_problem_is_named_at_once(capsys, monkeypatch):
    monkeypatch.setenv("NHIP_PARTITIONS", "none")
    found = complaints(capsys, "kpi", "--by", "moon", "--sideways")
    assert [text.split(":")[0] for text in found] == ["unknown argument", "--period", "--by", "NHIP_PARTITIONS"]


def test_a_period_that_is_none_is_explained(capsys):
    assert "2022-W23" in complaints(capsys, "kpi", "--period", "2022-13")[0]


def test_a_folder_that_does_not_exist_is_named(capsys):
    assert complaints(capsys, "load", "nowhere") == ["DIR: nowhere is no folder"]


def test_simulate_names_everything_it_needs(capsys):
    found = complaints(capsys, "simulate", "--year", "x")
    assert [text.split(":")[0] for text in found] == ["DIR", "--dossiers", "--seed", "--year"]


@pytest.mark.parametrize("words", [["fly"], ["kpi", "--period"], []])
def test_wrong_words_are_wrong_usage(capsys, words):
    assert main(words) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_missing_java_is_wrong_usage_and_says_what_installs_it(tmp_path):
    (tmp_path / "drop").mkdir()
    words = [NHIP, "load", "drop", "--data", "data"]
    environment = {**os.environ, "PATH": str(tmp_path), "NHIP_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)
    assert done.returncode == 2
    assert "sudo apt-get install openjdk-17-jre-headless maven" in done.stderr


@pytest.mark.parametrize("words", [["--data", "there", "simulate"], ["simulate", "--data", "there"]])
def test_the_data_folder_is_taken_before_and_after_the_command(words, monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr("deploy.commands.simulate.run", lambda _, settings: seen.append(settings.data) or 0)
    assert main([*words, "drop", "--dossiers", "1", "--seed", "1"]) == 0
    assert seen == [tmp_path / "there"]


def test_simulate_writes_a_folder(tmp_path, capsys):
    assert main(["simulate", "drop", "--dossiers", "20", "--seed", "1", "--year", "2025"]) == 0
    assert {"agencies.jsonl", "services.jsonl"} <= {path.name for path in (tmp_path / "drop").iterdir()}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("day", "first"), [(date(2026, 1, 1), date(2025, 12, 1)), (date(2026, 3, 31), date(2026, 2, 1))]
)
def test_the_demo_begins_with_the_whole_month_before(day, first):
    assert month_before(day) == first
