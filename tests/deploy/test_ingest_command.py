"""`nhip ingest`, as far as it comes without a stack: problems, and dry runs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.cli import main
from tests.ingest.test_mapping import MAPPING, ROW, table

Terminal = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nhip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHIP_DATA", str(tmp_path / "data"))
    (tmp_path / "drop").mkdir()
    (tmp_path / "mapping.toml").write_text(MAPPING)
    (tmp_path / "wrong.toml").write_text(MAPPING.replace("{service}", "{moon}").replace("{channel}", "{sun}"))

    def typed(*words: str) -> tuple[int, str, str]:
        status = main(["ingest", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return typed


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ((), ["SOURCE: one of folder, http"]),
        (("moon",), ["SOURCE: one of folder, http"]),
        (("folder",), ["PLACE: name the folder"]),
        (("folder", "nowhere", "--dry-run"), ["PLACE: nowhere is no folder", "--dry-run: shows what a mapping"]),
        (("folder", "drop", "--archive", "./drop"), ["--archive: name another folder"]),
        (
            ("folder", "drop", "--map", "wrong.toml,none.toml"),
            ["MaTTHC: there is no value {moon}", "KenhThucHien: there is no value {sun}", "none.toml: cannot be read"],
        ),
        (("folder", "sftp://host/x"), ["PLACE: must look like sftp://user@host/path"]),
        (("folder", "sftp://user:hidden@host/x"), ["PLACE: no password in the address"]),
        (("http", "drop"), ["PLACE: not for http"]),
        (("access-log", "none", "--map", "x"), ["PLACE: there is no file or folder none", "--map: not for access-log"]),
    ],
)
def test_every_problem_is_said(nhip: Terminal, words: tuple[str, ...], problems: list[str]) -> None:
    status, out, said = nhip(*words)
    assert (status, out) == (2, "")
    assert all(problem in said for problem in problems)
    assert "hidden" not in said


def test_a_dry_run_shows_ten_mapped_rows_and_nothing_personal(nhip: Terminal, tmp_path: Path) -> None:
    rows = [ROW | {"Số hồ sơ": str(number), "Kênh": "" if number == 2 else "web"} for number in range(1, 15)]
    rows[4]["Thủ tục"] = "CANARY"
    (tmp_path / "drop" / "a.csv").write_text(table(rows))
    (tmp_path / "drop" / "readme.txt").write_text("CANARY")
    status, out, _ = nhip("folder", "drop", "--map", "mapping.toml", "--dry-run", "--json")
    assert status == 0
    found = json.loads(out)
    assert sorted({line["line"] for line in found}) == list(range(2, 12))
    assert found[0] == {
        "source": "a.csv", "line": 2, "kind": "dossiers", "rejected": "",
        "fields": {
            "MaHoSo": "H07.007-1", "MaTTHC": "1.000001", "KenhThucHien": "2", "NgayHenTra": "20220601220000",
        },
    }  # fmt: skip
    assert [line["line"] for line in found if line["rejected"]] == [6]
    assert "CANARY" not in out + nhip("folder", "drop", "--map", "mapping.toml", "--dry-run")[1]
    assert not (tmp_path / "data").exists()
