"""Dead letters read again: the events of those that are right now go where they belong, and the letters are taken back.

A crash in between leaves letters whose events were sent: they are sent again, which changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from ingest.border import mended
from ingest.dead.log import Letter, Log, rejected_at
from ingest.dead.order import Mended, in_order, others
from ingest.dead.reading import Again, Material, read_again
from ingest.sink import Sink
from metrics.errors import Unavailable

Opened = Callable[[str], AbstractContextManager[Material]]
"""A source by its name. Raises Unavailable, which says what to do, where it cannot be read again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Letters by source: those that were taken back, that are rejected still, and why others were left as they are."""

    mended: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    left: dict[str, str] = field(default_factory=dict)


def replay(letters: Mapping[Letter, str], opened: Opened, found: Any, sink: Sink, partitions: int) -> Outcome:
    """Of `letters` the kinds of file are given. `found` reads the Kafka that `sink` writes to."""
    outcome = Outcome()
    read = dict(_read(letters, opened, outcome))
    _say(found, sink, partitions, list(_mended(read, rejected_at(found))))
    for source, again in read.items():
        for line in again.mended:
            sink.send(*mended(letters[source, line], source, line))
        for letter in again.refused.values():
            sink.send(*letter)
        outcome.mended[source] += len(again.mended)
        outcome.refused[source] += len(again.refused)
    sink.settle()
    return outcome


def _read(letters: Iterable[Letter], opened: Opened, outcome: Outcome) -> Iterator[tuple[str, Again]]:
    lines = defaultdict[str, set[int]](set)
    for source, line in letters:
        lines[source].add(line)
    for source, wanted in lines.items():
        try:
            with opened(source) as material:
                again = read_again(source, wanted, material)
        except Unavailable as error:
            outcome.left[source] = str(error)
            continue
        if gone := wanted - again.mended - again.refused.keys():
            outcome.left[source] = f"{len(gone)} of its lines are not there any more"
        yield source, again


def _mended(read: Mapping[str, Again], at: Mapping[Letter, int]) -> Iterator[Mended]:
    """A letter that our Kafka no longer has was rejected before all that it has."""
    for source, again in read.items():
        for line in sorted(again.mended):
            yield Mended(at.get((source, line), 0), [word for word in again.words if word.line >= line])


def _say(found: Any, sink: Sink, partitions: int, words: list[Mended]) -> None:
    """Until nobody else has said anything of the same things meanwhile."""
    things = {word.thing for one in words for word in one.words}
    if not things:
        return
    log = Log(found, partitions, things, min(one.at for one in words))
    events = list(in_order(words, log.look()))
    while events:
        for event in events:
            sink.send(*event)
        sink.settle()
        own = Counter(event for _, _, event in events)
        events = [(*one.thing, one.event) for one in others(log.look(), own)]
