"""What every source is: it gives what is new in stretches, and hears of each when Kafka has it.

Folder, HTTP, database, topic, access log: they differ in where lines lie and in how a place among them is kept. What
happens to the events does not differ, and is here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from ingest.border import Outgoing
from ingest.sink import Sink
from metrics.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Stretch:
    """Events to be sent together; they may be read while they are sent. `acknowledged` keeps the place behind them."""

    events: Iterable[Outgoing]
    acknowledged: Callable[[], None]


class Source(Protocol):
    """Whatever was not acknowledged is given again, also by another one on the same place after a kill."""

    def look(self) -> Iterator[Stretch]:
        """What is new, until there is nothing more for now. Unavailable where the source is away: look again later.

        The next stretch is asked for only after the last one was acknowledged.
        """


@dataclass(frozen=True, slots=True)
class Chain:
    """Several sources as one, asked in their order: reference data first, as its owner names them."""

    sources: Sequence[Source]

    def look(self) -> Iterator[Stretch]:
        for source in self.sources:
            yield from source.look()


def pour(source: Source, sink: Sink) -> bool:
    """One look. Whether anything was there."""
    poured = False
    for stretch in source.look():
        for topic, key, event in stretch.events:
            sink.send(topic, key, event)
        sink.settle()
        stretch.acknowledged()
        poured = True
    return poured


def follow(
    opened: Callable[[], AbstractContextManager[Sink]],
    source: Callable[[Sink], Source],
    wait: Callable[[], bool],
    tell: Callable[[str], None],
) -> None:
    """Look again and again until `wait` says no. Whoever is away is waited for, and then all begins anew.

    `source` is made anew, too, with the sink that it is for: what an earlier one had half done is forgotten.
    """
    told = ""
    while True:
        try:
            with opened() as sink:
                pouring = source(sink)
                while pour(pouring, sink) or wait():
                    told = ""
                return
        except Unavailable as error:
            if str(error) != told:
                told = str(error)
                tell(f"{told}; trying again until it works")
            if not wait():
                return
