"""A watched folder as a source.

Plain lines are read as they are written, up to the last line's end. A file that is not what it was (replaced,
corrected, delivered again) is read again from its first line: to send lines twice is harmless, and of differing ones
the later counts. What cannot be read in part (`.gz`, tables) is read once nothing has changed for a while.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from ingest.border import Border
from ingest.follow.forms import Form, Lines, behind, kind_of
from ingest.follow.place import START, Place
from ingest.follow.shelf import Interrupted, Seen, Shelf
from ingest.follow.tail import block, fingerprint, rest
from ingest.kept import Kept
from ingest.kinds import KINDS, Kind
from ingest.lines import numbered
from ingest.reading import LineReader
from ingest.source import Stretch
from metrics.errors import Rejected

QUIET = 30.0
"""Seconds without change after which a file counts as written: its last line is whole, it may be archived."""
MOST_KEPT = 10_000
"""Places that are kept, those of files that are gone among them: a share may come back."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`form` says how a file is read that is none of the usual ones, `kind` what its lines are.

    `quiet` is 0 for a folder that is complete.
    """

    form: Callable[[str], Form | None] = lambda _: None
    archive: str = ""
    quiet: float = QUIET
    kind: Callable[[str], Kind | None] = kind_of


@dataclass(slots=True)
class _File:
    """A file of this look. Its reader is kept while it grows."""

    name: str
    source: str
    seen: Seen
    quiet: bool
    left: bool
    """Its writer has gone on to another file of the same log: half a request at its end is all there will be."""


@dataclass(slots=True)
class FollowedFolder:
    """`clock` counts seconds, monotonic: what the wall clock does means nothing here. `tell` hears of trouble, once."""

    shelf: Shelf
    kept: Kept[dict[str, Place]]
    border: Border
    plan: Plan
    clock: Callable[[], float]
    tell: Callable[[str], None]
    unread: dict[str, str] = field(default_factory=dict)
    """Files that could not be read at the last look, and why."""
    _told: set[tuple[str, str]] = field(default_factory=set)
    _places: dict[str, Place] = field(init=False)
    _readers: dict[tuple[str, int], LineReader] = field(default_factory=dict)
    """By name and number of their file: what is called like one that was renamed is another."""
    _since: dict[str, tuple[Seen, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = self.kept.read() or {}

    def look(self) -> Iterator[Stretch]:
        found = self.shelf.files()
        self._follow_renamed(found)
        self._since = {name: self._unchanged(name, seen) for name, seen in found.items()}
        newest = _newest(found)
        for name in sorted(found, key=lambda name: (self._order(name), name)):
            try:
                yield from self._file(self._described(name, found[name], newest))
            except (OSError, Interrupted) as error:
                self.unread[_written(name)] = str(getattr(error, "strerror", error))
                self._tell_once(name, f"cannot be read ({self.unread[_written(name)]}); it is tried again")
            else:
                self.unread.pop(_written(name), None)

    def _follow_renamed(self, found: dict[str, Seen]) -> None:
        """A log that was rotated keeps its place under its new name; what its name was given to has none yet."""
        self._readers = {
            (name, number): reader
            for (name, number), reader in self._readers.items()
            if name in found and found[name].number == number
        }
        known = {place.state.number: place for name, place in self._places.items() if self._remembers(name)}
        for name, seen in found.items():
            own = self._places.get(_written(name), START).state.number
            if seen.number and seen.number != own and seen.number in known and self._remembers(name):
                self._places[_written(name)] = known[seen.number]

    def _remembers(self, name: str) -> bool:
        kind = self.plan.kind(name)
        return kind is not None and kind.remembers

    def _file(self, file: _File) -> Iterator[Stretch]:
        kind, form = self.plan.kind(file.name), self._form(file.name)
        if form is None and kind is None:
            self._tell_once(file.name, "is none of the files nhip reads, and was left alone")
        elif self._done(file, form):
            if self.plan.archive and file.quiet and not (kind and kind.remembers):
                self.shelf.move(file.name, self.plan.archive)
        elif form is not None:
            yield from self._whole(file, form) if file.quiet else ()
        elif kind is not None:
            yield from self._grown(file, kind)

    def _grown(self, file: _File, kind: Kind) -> Iterator[Stretch]:
        with self.shelf.open(file.name) as content:
            place, reader = self._begun(file, kind, content)
            while (part := block(content, place.offset)) is not None:
                lines = numbered([part.content], place.line)
                line, offset = place.line + part.lines, part.end
                place = Place(offset, line, fingerprint(content, offset), file.seen, None)
                yield Stretch(self.border.passed(kind, reader, file.source, lines), partial(self._keep, file, place))
            state = self.shelf.seen(content)
            if state.size == place.offset:
                self._keep(file, Place(place.offset, place.line, place.known_by, state, state))
            elif file.quiet and state == file.seen and (file.left or not (kind.remembers and self.plan.quiet)):
                done = Place(place.offset, place.line, place.known_by, state, state)
                lines = numbered([rest(content, place.offset)], place.line)
                yield Stretch(self.border.passed(kind, reader, file.source, lines), partial(self._keep, file, done))

    def _begun(self, file: _File, kind: Kind, content: BinaryIO) -> tuple[Place, LineReader]:
        """Where to go on, and a reader that has seen what lies before."""
        place, key = self._place(file), (file.name, file.seen.number)
        if not place.holds(self.shelf.seen(content), content):
            self._readers.pop(key, None)
            place = START
        if key not in self._readers:
            self._readers[key] = reader = kind.reader()
            if kind.remembers:
                _remind(reader, content, place.offset)
        return place, self._readers[key]

    def _whole(self, file: _File, form: Form) -> Iterator[Stretch]:
        place = self._place(file)
        begun = form.resumes and (place.state, place.known_by) == (file.seen, form.mark)
        after = place.line if begun else 0
        with self.shelf.open(file.name) as content:
            for some in behind(form.rows(content, file.name), after):
                place = Place(0, some[-1][0], form.mark, file.seen, None)
                yield Stretch(form.passed(file.source, some, self.border), partial(self._keep, file, place))
        self._keep(file, Place(0, place.line, form.mark, file.seen, file.seen))

    def _done(self, file: _File, form: Form | None) -> bool:
        place = self._place(file)
        return place.end == file.seen and (form is None or form.mark == place.known_by)

    def _keep(self, file: _File, place: Place) -> None:
        name = _written(file.name)
        self._places.pop(name, None)
        self._places[name] = place
        while len(self._places) > MOST_KEPT:
            del self._places[next(iter(self._places))]
        self.kept.write(self._places)

    def _form(self, name: str) -> Form | None:
        """How it is read as a whole, if it is."""
        kind = self.plan.kind(name)
        packed = Lines(kind, kind.reader()) if kind and name.endswith(".gz") else None
        return self.plan.form(name) or packed

    def _place(self, file: _File) -> Place:
        return self._places.get(_written(file.name), START)

    def _described(self, name: str, seen: Seen, newest: dict[str, int]) -> _File:
        quiet = self.clock() - self._since[name][1] >= self.plan.quiet
        source = _written(f"{self.shelf.place.rstrip('/')}/{name}")
        return _File(name, source, seen, quiet, left=self._remembers(name) and newest.get(_log(name), 0) > seen.changed)

    def _unchanged(self, name: str, seen: Seen) -> tuple[Seen, float]:
        """The state, and since when it is like that."""
        before = self._since.get(name)
        return before if before is not None and before[0] == seen else (seen, self.clock())

    def _order(self, name: str) -> int:
        form, kind = self.plan.form(name), self.plan.kind(name)
        return form.order if form else KINDS.index(kind) if kind else len(KINDS)

    def _tell_once(self, name: str, what: str) -> None:
        if (name, what) not in self._told:
            self._told.add((name, what))
            self.tell(f"{_written(name)} {what}")


def _remind(reader: LineReader, content: BinaryIO, end: int) -> None:
    """Of what lies before the end, and no more: what follows may have come since."""
    offset = 0
    while offset < end and (part := block(content, offset)) is not None:
        for _, line in numbered([part.content[: end - offset]]):
            if not isinstance(line, Rejected):
                reader.skip(line)
        offset = part.end


def _newest(found: dict[str, Seen]) -> dict[str, int]:
    """When something was last written to any file of a log."""
    newest: dict[str, int] = {}
    for name, seen in found.items():
        if seen.size:
            newest[_log(name)] = max(seen.changed, newest.get(_log(name), 0))
    return newest


def _log(name: str) -> str:
    """What the files that a log is rotated to have in common, by whatever they are numbered or dated."""
    return re.sub(r"[0-9._-]", "", name.removesuffix(".gz"))


def _written(name: str) -> str:
    """As a text that can be written anywhere."""
    return name.encode(errors="backslashreplace").decode()
