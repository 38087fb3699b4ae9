"""`nhip grafana` against a Grafana made for the test: through the real client, in a process as people run it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.grafana.boards import BOARDS
from dashboards.grafana.files import files
from tests.support.fake_grafana import TOKEN, fake_grafana

ROOT = Path(__file__).parents[2]


def nhip(tmp_path, *words, **variables):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NHIP_")}
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", "--data", str(tmp_path / "data"), "grafana", *words],
        env=kept | variables, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip


def to(fake, **more):
    return {"NHIP_GRAFANA_URL": fake.url, "NHIP_GRAFANA_TOKEN": TOKEN, **more}


DELIVERS = {"NHIP_ALERT_DELIVERY": "grafana", "NHIP_GRAFANA_MAIL": "soc@example.gov.vn"}


@pytest.mark.parametrize("path", ["", "/giám-sát"])
def test_the_second_time_nothing_is_written_and_only_ours_goes(tmp_path, path):
    with fake_grafana(path) as fake:
        fake.objects["board", "someone-elses"] = {"uid": "someone-elses", "tags": ["nhip"], "version": 1}
        fake.objects["board", "nhip-old"] = {"uid": "nhip-old", "tags": ["nhip"], "version": 1}
        where = to(fake, **DELIVERS) | {"NHIP_GRAFANA_URL": fake.url + "/"}
        first = nhip(tmp_path, "apply", **where)
        assert first.returncode == 0, first.stderr
        assert "created  dashboard nhip-wall" in first.stdout
        assert {name for kind, name in fake.objects if kind == "board"} == {
            "someone-elses", *(f"nhip-{name}{end}" for name in BOARDS for end in ("", "-en"))
        }  # fmt: skip
        assert fake.objects["contact", "nhip-ttdh-mail"]["settings"]["addresses"] == "soc@example.gov.vn"
        fake.writes.clear()
        again = nhip(tmp_path, "apply", **where)
        assert (again.returncode, fake.writes) == (0, []), again.stdout
        assert "same" in again.stdout
        assert nhip(tmp_path, "doctor", **where).returncode == 0


def test_what_somebody_changed_is_shown_before_it_is_put_back(tmp_path):
    with fake_grafana() as fake:
        nhip(tmp_path, "apply", **to(fake))
        assert not [name for kind, name in fake.objects if kind in {"group", "contact"}], "nhip delivers: no rules"
        fake.objects["board", "nhip-wall"]["title"] = "Của tôi"
        fake.writes.clear()
        shown = nhip(tmp_path, "diff", **to(fake))
        assert "changed  dashboard nhip-wall" in shown.stdout
        assert "title: 'Của tôi' → 'nhip – Màn hình trung tâm điều hành'" in shown.stdout
        assert fake.writes == []
        fake.objects["board", "nhip-wall"]["filed"] = True
        refused = nhip(tmp_path, "apply", **to(fake))
        assert refused.returncode == 2
        assert "provisioning file" in refused.stderr
        assert fake.writes == []


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ("GET .*/folders", 401, "NHIP_GRAFANA_TOKEN"),
        ("POST .*/dashboards/db", 403, "lacks a right"),
        ("POST .*/dashboards/db", 404, "NHIP_GRAFANA_URL"),
        ("POST .*/dashboards/db", 409, "somebody else"),
        ("POST .*/dashboards/db", 412, "somebody else"),
        ("POST .*/dashboards/db", 503, "status 503"),
    ],
)
def test_every_failure_says_what_to_do(tmp_path, fault, status, said):
    with fake_grafana() as fake:
        fake.faults[fault] = status
        told = nhip(tmp_path, "apply", **to(fake))
        assert told.returncode == (1 if status >= 500 else 2)
        assert said in told.stderr
        assert "Traceback" not in told.stderr
        assert TOKEN not in told.stderr + told.stdout


def test_nobody_there_and_nothing_set(tmp_path):
    with fake_grafana() as fake:
        gone = to(fake)
    told = nhip(tmp_path, "diff", **gone)
    assert (told.returncode, "is it running" in told.stderr) == (1, True)
    told = nhip(tmp_path, "apply")
    assert told.returncode == 2
    assert "NHIP_GRAFANA_URL: set it" in told.stderr
    assert "NHIP_GRAFANA_TOKEN: set it" in told.stderr
    assert nhip(tmp_path, "burn").returncode == 2


def test_export_writes_what_is_committed_and_the_reading_login_for_your_eyes_only(tmp_path):
    told = nhip(tmp_path, "export", str(tmp_path / "out"), NHIP_PUBLIC_URL="https://nhip.example.vn")
    assert told.returncode == 0, told.stderr
    written = {str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert written == {*files(), "grafana.env"}
    assert "https://nhip.example.vn" in (tmp_path / "out/dashboards/nhip-wall.json").read_text()
    kept = tmp_path / "out/grafana.env"
    assert kept.stat().st_mode & 0o077 == 0
    _, reader = (tmp_path / "data/logins").read_text().split()
    assert f"NHIP_GRAFANA_PASSWORD={reader.partition(':')[2]}" in kept.read_text()
