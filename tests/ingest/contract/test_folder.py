"""A watched folder keeps the contract of every source."""

import json
import os
from pathlib import Path

from ingest.border import Border
from ingest.follow.folder import FollowedFolder, Plan
from ingest.follow.place import PLACES
from ingest.follow.shelf import LocalShelf
from ingest.kept import Kept
from ingest.sink import Sink
from tests.ingest.contract.suite import Records, SourceContract


class Folder:
    """Lines are appended to one file of each kind."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.drop, self._places, self._plan = folder / "drop", folder / "places", plan
        self._moved, self._seconds = folder / "moved", 0
        self.drop.mkdir()

    def deliver(self, records: Records) -> None:
        for kind, record in records:
            path = self.drop / f"{kind}.jsonl"
            with path.open("a") as file:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
            self.leap(path)

    def leap(self, path: Path) -> None:
        if self._seconds:
            at = path.stat().st_mtime + self._seconds
            os.utime(path, (at, at))

    def source(self, sink: Sink) -> FollowedFolder:
        kept = Kept(self._places, str(self.drop), sink.identity, PLACES)
        return FollowedFolder(LocalShelf(self.drop), kept, Border(), self._plan, lambda: 0.0, lambda _: None)

    def away(self) -> None:
        self.drop.rename(self._moved)

    def back(self) -> None:
        self._moved.rename(self.drop)

    def jump(self, seconds: int) -> None:
        self._seconds += seconds

    def close(self) -> None: ...


class TestFolder(SourceContract):
    def delivery(self, folder: Path) -> Folder:
        return Folder(folder, Plan())
