"""Words in the order they would have had: a mended line at the moment it was rejected, all later ones behind it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from ingest.border import Outgoing
from ingest.dead.log import Said
from ingest.dead.reading import Thing, Word


@dataclass(frozen=True, slots=True)
class Mended:
    """A line that is right now: when it was rejected, and what its source says of its things from there on."""

    at: int
    words: Sequence[Word]


def in_order(mended: Iterable[Mended], said: Iterable[Said]) -> Iterator[Outgoing]:
    """Words are said twice, which is harmless: of each thing the last ones are those of a log without rejections.

    What a source said was sent before its next letter was (`KafkaSink` sees to it), so that what lies in the log with
    a letter's time or before it was said before the letter, or by its own source, which says it here again.
    """
    told = [(one.at, 0, [(one.thing, one.event)]) for one in said]
    told += [(one.at, 1, [(word.thing, word.event) for word in one.words]) for one in mended]
    begun = set[Thing]()
    for _, mends, words in sorted(told, key=itemgetter(0, 1)):
        begun |= {thing for thing, _ in words} if mends else set()
        yield from ((*thing, event) for thing, event in words if thing in begun)


def others(said: Iterable[Said], own: Counter[bytes]) -> Iterator[Said]:
    """Without as many as we said ourselves."""
    left = Counter(own)
    for one in said:
        if left[one.event] > 0:
            left[one.event] -= 1
        else:
            yield one
