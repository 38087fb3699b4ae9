"""Faust as its tutorials have it: one agent, one event a record, a table of dossiers and a table of counts.

The tables live in memory and are kept in changelog topics; with RocksDB it would be slower. Arguments: broker, topic,
partitions, events, scratch folder, outcome file.
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import faust

from tests.bench.contenders.outcome import Watch
from tests.bench.counting import fold


def main(words: list[str]) -> None:
    kafka, topic, partitions, events, scratch, outcome = words
    app = faust.App(
        "naive",
        broker=f"kafka://{kafka}",
        datadir=scratch,
        store="memory://",
        value_serializer="raw",
        web_enabled=False,
        topic_partitions=int(partitions),
    )
    # The tables' own serializer is JSON, whatever the topic's is.
    dossiers = app.Table("dossiers", default=dict, key_type=str, value_type=dict)
    counts = app.Table("counts", default=lambda: [0, 0, 0, 0], key_type=str, value_type=list)
    watch = Watch(int(events), Path(outcome))

    @app.agent(app.topic(topic, value_type=bytes))
    async def count(stream: Any) -> None:
        async for line in stream:
            watch.begin()
            event = json.loads(line)
            state = dossiers[event["dossier"]]
            before, after = fold(state, event)
            dossiers[event["dossier"]] = state
            for sign, moved in ((-1, before), (1, after)):
                for cell, measure in moved:
                    row = counts[cell]
                    row[measure] += sign
                    counts[cell] = row
            if watch.done():
                watch.finish(dict(counts.items()))

    faust.Worker(app, loglevel=logging.WARNING, redirect_stdouts=False).execute_from_commandline()


if __name__ == "__main__":
    main(sys.argv[1:])
