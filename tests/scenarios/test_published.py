"""The published figures through the whole real pipeline: files, Kafka, Faust, ClickHouse, command line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import Oracle, comparable
from tests.scenarios import folders
from tests.scenarios.published import BEN_TRE, BEN_TRE_TOO, DIEN_BIEN, DIEN_BIEN_TOO, Published

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]


def nhip(data: Path, *words: str) -> Any:
    """What the command prints as JSON."""
    command = [sys.executable, "-m", "deploy.cli", "--data", str(data), *words, "--json"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NHIP_")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("build", "published", "more"),
    [(folders.ben_tre, BEN_TRE, BEN_TRE_TOO), (folders.dien_bien, DIEN_BIEN, DIEN_BIEN_TOO)],
)
def test_published_figures_come_out_to_the_digit(
    tmp_path: Path, build: Callable[[Path], None], published: tuple[Published, ...], more: tuple[Published, ...]
) -> None:
    drop, data = tmp_path / "drop", tmp_path / "data"
    drop.mkdir()
    build(drop)
    oracle = Oracle([(path.name, path.read_bytes()) for path in sorted(drop.iterdir())])

    loaded = nhip(data, "load", str(drop))
    assert {kind: count for kind, count in loaded["accepted"].items() if count} == oracle.accepted
    assert not any(loaded["rejected"].values())

    for period, by in dict.fromkeys((each.period, "procedure" if each.procedure else None) for each in published):
        rows = nhip(data, "kpi", "--period", period, *(["--by", by] if by else []))
        assert comparable(rows, by) == comparable(oracle.kpis(period, by=by), by)
        wanted = [each for each in (*published, *more) if each.period == period]
        rows += nhip(data, "kpi", "--period", period, "--family", "service", *(["--by", by] if by else []))
        found = {(row["kpi"], row["procedure"]): (row["numerator"], row["denominator"], row["display"]) for row in rows}
        for each in wanted:
            assert found[each.kpi, each.procedure] == (each.numerator, each.denominator, each.display)
    assert nhip(data, "dead") == []
    assert nhip(data, "reconcile") == []
