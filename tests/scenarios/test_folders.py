"""The folders themselves, against the oracle: what the product is given does amount to the published figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.oracle import Oracle
from tests.scenarios import folders
from tests.scenarios.published import BEN_TRE, DIEN_BIEN, Published


@pytest.mark.parametrize(("build", "published"), [(folders.ben_tre, BEN_TRE), (folders.dien_bien, DIEN_BIEN)])
def test_the_folder_amounts_to_what_was_published(
    tmp_path: Path, build: Callable[[Path], None], published: tuple[Published, ...]
) -> None:
    build(tmp_path)
    oracle = Oracle([(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())])
    assert oracle.rejected == {}
    for figure in published:
        rows = oracle.kpis(figure.period, by="procedure" if figure.procedure else None)
        row = next(row for row in rows if (row["kpi"], row["procedure"]) == (figure.kpi, figure.procedure))
        found = (row["numerator"], row["denominator"], row["display"])
        assert found == (figure.numerator, figure.denominator, figure.display)
