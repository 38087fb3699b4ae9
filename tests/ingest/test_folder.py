"""What is taken from a drop folder, and in which order."""

from pathlib import Path

import pytest

from ingest.folder import look
from metrics.errors import Misconfigured


def test_files_are_recognised_by_how_their_names_begin_and_read_in_a_fixed_order(tmp_path):
    for name in ("payments.jsonl", "progress-2.jsonl", "progress-1.jsonl.gz", "dossiers.jsonl", "services_a.jsonl",
                 "agencies.jsonl", "readme.txt", "Dossiers.jsonl", "dossiers.csv", "access.log",
                 "access-2.log.gz", "access.jsonl", "dossiers.log"):  # fmt: skip
        (tmp_path / name).touch()
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "dossiers.jsonl").touch()
    drop = look(tmp_path)
    assert [file.path.name for file in drop.files] == [
        "agencies.jsonl", "services_a.jsonl", "dossiers.jsonl", "progress-1.jsonl.gz", "progress-2.jsonl",
        "payments.jsonl", "access-2.log.gz", "access.log",
    ]  # fmt: skip
    assert drop.ignored == ("Dossiers.jsonl", "access.jsonl", "dossiers.csv", "dossiers.log", "older", "readme.txt")


def test_a_source_is_the_path_as_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/dossiers.jsonl").touch()
    assert look(Path("in")).files[0].source == "in/dossiers.jsonl"


def test_a_name_of_any_bytes_has_a_source_that_can_be_written(tmp_path):
    (tmp_path / "dossiers-\udcff.jsonl").touch()
    look(tmp_path).files[0].source.encode()


def test_what_is_no_folder_is_a_wrong_argument(tmp_path):
    with pytest.raises(Misconfigured, match="No such file or directory"):
        look(tmp_path / "absent")
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match="Not a directory"):
        look(tmp_path / "file")
