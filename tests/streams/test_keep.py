"""The order of effects: cells, facts, progress. What waits for progress may read all the rest."""

import json

from metrics.events import Topic
from streams.decode import Record
from streams.keep import keep, read
from tests.support.memory import MemoryState


def test_cells_come_before_facts_and_progress_after_everything() -> None:
    order: list[str] = []
    step = {"kind": "step", "dossier": "H07-1", "at": "20240501080000", "status": "2"}
    state = MemoryState(order.append)
    keep(state, read(Topic.DOSSIERS, [Record(0, 0, json.dumps(step).encode()), Record(0, 1, b"?")]))  # type: ignore[arg-type]
    written = list(dict.fromkeys(order))
    assert written.index("kpi_cell") < written.index("dossier")
    assert set(written[:-1]) == {"step", "dead_letter", "kpi_cell", "dossier"}
    assert order[-2:] == ["pipeline_progress", "pipeline_progress"]
    assert order.count("pipeline_progress") == 2
