"""The made-up province: the same for the same seed, clean, and believable."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

import pytest

from ingest.simulate import Beat, live, write
from tests.oracle import Oracle

START = datetime(2026, 11, 23, 8, 0)  # noqa: DTZ001 - civil time, a Monday


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("province")
    write(folder, 6000, seed=1, year=2022)
    return content(folder)


@pytest.fixture(scope="module")
def oracle(year: dict[str, bytes]) -> Oracle:
    return Oracle(list(year.items()))


def test_the_seed_decides_everything(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write(tmp_path / name, 500, seed)
    assert content(tmp_path / "a") == content(tmp_path / "b") != content(tmp_path / "c")


def test_every_line_is_accepted_and_every_dossier_is_there(oracle: Oracle) -> None:
    assert oracle.rejected == {}
    assert len([d for d in oracle.dossiers.values() if d.attributes]) == 6000
    assert len(oracle.agencies) == 130


def test_the_figures_are_believable(oracle: Oracle) -> None:
    figures = {row["kpi"]: row["value"] for row in oracle.kpis("2022")}
    assert 0.4 < figures["online_submission_rate"] < 0.65
    assert 0.96 < figures["on_time_resolution"] < 0.995
    assert 0.2 < figures["services_with_dossiers"] < 0.5
    assert figures["payment_transactions"] > 100


def test_it_has_the_disorder_of_real_data(year: dict[str, bytes], oracle: Oracle) -> None:
    steps = b"".join(lines for name, lines in year.items() if name.startswith("progress")).splitlines()
    assert len(set(steps)) < len(steps)
    lines = year["dossiers.jsonl"].splitlines()
    assert len(set(lines)) < len(lines)
    statuses = {status for d in oracle.dossiers.values() for _, status in d.steps}
    assert statuses == {"1", "2", "3", "4", "5", "7", "8", "9", "10"}
    paid = [line for notices in oracle.payments.values() for line in notices]
    assert {line["MaTrangThai"] for line in paid} == {"00", "24"}
    assert any(line["LoaiGiaoDich"] == "hoan_phi" for line in paid)


def test_the_office_sleeps_at_night_and_on_sundays_and_at_tet(oracle: Oracle) -> None:
    received = [d.received for d in oracle.dossiers.values() if d.received]
    assert all("070000" < moment[8:] < "180000" for moment in received)
    assert not [moment for moment in received if moment[:8] in {"20220201", "20220605", "20220430"}]


def beats(until: datetime) -> Iterator[Beat]:
    return takewhile(lambda beat: beat.at <= until, live(1, START, history=3))


def test_the_stream_waits_only_from_its_start_on() -> None:
    found = list(beats(START + timedelta(hours=1)))
    assert [beat.at for beat in found] == sorted(beat.at for beat in found)
    assert not any(beat.wait for beat in found if beat.at < START)
    waited = sum(beat.wait for beat in found)
    assert 50 < waited <= 60  # an hour at sixty times its speed, long gaps cut short
    kinds = {beat.kind for beat in found}
    assert kinds == {"agencies", "services", "dossiers", "progress", "payments"}
