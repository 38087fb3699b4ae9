"""Loads a drop folder: every line becomes an event or a dead letter, and both are acknowledged before it returns."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.border import dead_letter, whole
from ingest.checkpoint import Checkpoint, Place, checkpoint
from ingest.folder import DropFile, DropFolder, look
from ingest.kinds import KINDS, Kind
from ingest.lines import LineFile, Numbered
from ingest.reading import LineReader
from ingest.sink import Sink
from metrics.errors import Rejected

STRETCH = 50_000  # lines between two checkpoints


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come, for whoever is waiting; sizes in bytes as they lie on disk."""

    source: str
    done: int
    size: int
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Report:
    """Lines by kind of file, and where in the topics the load ends. `ignored` are names that are no input."""

    accepted: dict[str, int]
    rejected: dict[str, int]
    ends: dict[tuple[str, int], int]
    ignored: tuple[str, ...]


def load_folder(
    folder: Path,
    sink: Sink,
    checkpoints: Path,
    progress: Callable[[Progress], None],
    kinds: Sequence[Kind] = KINDS,
) -> Report:
    """Sends the whole folder; a load that was broken off is continued, a finished one is sent again."""
    drop = look(folder, kinds)
    files = [file.path for file in drop.files]
    kept = checkpoint(checkpoints, load=folder, files=files, sink=sink.identity)
    load = _Load(drop, sink, kept, progress)
    load.run()
    kept.discard()
    return load.report()


class _Load:
    """One run over the folder. Its counts cover the lines up to where it stands, whichever run sent them."""

    def __init__(
        self, drop: DropFolder, sink: Sink, checkpoint: Checkpoint, progress: Callable[[Progress], None]
    ) -> None:
        self._drop, self._sink, self._checkpoint, self._progress = drop, sink, checkpoint, progress
        self._start = checkpoint.read() or Place(file=0, line=0, accepted={}, rejected={}, ends=[])
        self._accepted = Counter(self._start.accepted)
        self._rejected = Counter(self._start.rejected)
        self._sizes = [_size(file.path) for file in drop.files]

    def run(self) -> None:
        for index, file in enumerate(self._drop.files):
            if index >= self._start.file:
                self._send_file(index, file, after=self._start.line if index == self._start.file else 0)

    def report(self) -> Report:
        there = {file.kind.name for file in self._drop.files}
        told = [kind.name for kind in KINDS if not kind.optional or kind.name in there]
        return Report(
            accepted={name: self._accepted[name] for name in told},
            rejected={name: self._rejected[name] for name in told},
            ends=self._ends(),
            ignored=self._drop.ignored,
        )

    def _send_file(self, index: int, file: DropFile, after: int) -> None:
        content = LineFile(file.path)
        reader = file.kind.reader()
        lines = _behind(after, content, reader)
        while (line := self._send_stretch(file, reader, lines)) is not None:
            self._sink.settle()
            self._checkpoint.write(self._place(index, line))
            self._tell(index, content.done)

    def _send_stretch(self, file: DropFile, reader: LineReader, lines: Iterator[Numbered]) -> int | None:
        """The number of the last line sent, or None where there was none."""
        kind, read, send, topic = file.kind.name, reader.read, self._sink.send, file.kind.topic
        number, rejected, accepted = None, 0, 0
        for number, line in islice(lines, STRETCH):
            try:
                said = read(whole(line))
            except Rejected as reason:
                send(*dead_letter(kind, file.source, number, reason))
                rejected += 1
            else:
                accepted += 1
                if said is not None:
                    send(topic, *said)
        for key, event in reader.rest():
            send(topic, key, event)
        self._accepted[kind] += accepted
        self._rejected[kind] += rejected
        return number

    def _place(self, file: int, line: int) -> Place:
        ends = [(topic, partition, end) for (topic, partition), end in self._ends().items()]
        return Place(file, line, dict(self._accepted), dict(self._rejected), ends)

    def _ends(self) -> dict[tuple[str, int], int]:
        earlier = {(topic, partition): end for topic, partition, end in self._start.ends}
        return {**earlier, **self._sink.ends}

    def _tell(self, index: int, done: int) -> None:
        self._progress(
            Progress(
                source=self._drop.files[index].source,
                done=sum(self._sizes[:index]) + done,
                size=sum(self._sizes),
                accepted=self._accepted.total(),
                rejected=self._rejected.total(),
            )
        )


def _behind(sent: int, content: LineFile, reader: LineReader) -> Iterator[Numbered]:
    """The lines after that one; the reader has seen the others."""
    for number, line in content:
        if number > sent:
            yield number, line
        elif not isinstance(line, Rejected):
            reader.skip(line)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # its turn will come, and then it is a dead letter
        return 0
