"""Quix Streams: state in RocksDB and a changelog topic, one event a record, at least once.

Records are keyed by agency, so that a dossier and the counts it moves share one state and nothing has to be
repartitioned: the cheapest honest way. Arguments as for naive_faust. Runs in an environment of its own.
"""

import json
import sys
from pathlib import Path

from quixstreams import Application, State, message_context  # type: ignore[import-not-found]  # not in our environment

from tests.bench.contenders.outcome import Watch
from tests.bench.counting import Totals, fold


def main(words: list[str]) -> None:
    kafka, topic, _, events, scratch, outcome = words
    app = Application(
        broker_address=kafka,
        consumer_group="quix",
        auto_offset_reset="earliest",
        auto_create_topics=True,
        state_dir=scratch,
        loglevel="WARNING",
    )
    watch = Watch(int(events), Path(outcome))
    written: dict[tuple[int, str], list[int]] = {}

    def count(line: bytes, state: State) -> None:
        watch.begin()
        partition = message_context().partition
        event = json.loads(line)
        dossier = state.get(event["dossier"], {})
        before, after = fold(dossier, event)
        state.set(event["dossier"], dossier)
        for sign, moved in ((-1, before), (1, after)):
            for cell, measure in moved:
                row = state.get(cell, [0, 0, 0, 0])
                row[measure] += sign
                state.set(cell, row)
                written[partition, cell] = row

    source = app.topic(topic, value_deserializer="bytes", key_deserializer="str")
    app.dataframe(source).update(count, stateful=True)
    app.run(count=int(events), timeout=60)
    totals: Totals = {}
    for (_, cell), row in written.items():
        totals[cell] = [a + b for a, b in zip(totals.get(cell, [0, 0, 0, 0]), row, strict=True)]
    watch.finish(totals)


if __name__ == "__main__":
    main(sys.argv[1:])
