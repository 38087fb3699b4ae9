"""A source read again as it is now: which of its rejected lines are right, and what else it says of the same things."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.border import Outgoing
from metrics.events import Topic

Thing = tuple[Topic, str]
"""Topic and key: what must be told in its order."""

Passed = Callable[[str, Iterable[tuple[int, Any]]], Iterator[Outgoing]]


@dataclass(frozen=True, slots=True)
class Material:
    """The rows of a source, numbered as they were when they were rejected, and how they become events.

    `headed`: where the beginning could not be read, nothing of it was.
    """

    rows: Iterable[tuple[int, Any]]
    passed: Passed
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """An event, and the line that it is made of."""

    line: int
    thing: Thing
    event: bytes


@dataclass(frozen=True, slots=True)
class Again:
    """`refused` has today's dead letters of lines that are still wrong.

    `words` are all that it says of the things of mended lines, in their order.
    """

    mended: frozenset[int]
    refused: dict[int, Outgoing]
    words: tuple[Word, ...]


def read_again(source: str, letters: Collection[int], material: Material) -> Again:
    """Lines that are gone are neither mended nor refused."""
    mended, refused, words, things, anew = set[int](), dict[int, Outgoing](), list[Word](), set[Thing](), False
    for number, (line, row) in enumerate(material.rows):
        if material.headed and number == 0:
            mended |= {letter for letter in letters if letter < line}
            anew = bool(mended)
        made = list(material.passed(source, [(line, row)]))
        said = [Word(line, (topic, key), event) for topic, key, event in made if topic is not Topic.DEAD]
        if anew or line in letters:
            things |= {word.thing for word in said}
            if said:
                mended.add(line)
            else:
                refused |= {line: letter for letter in made}  # noqa: B035 - one at most
        words += [word for word in said if word.thing in things]
    return Again(frozenset(mended & set(letters)), refused, tuple(words))
