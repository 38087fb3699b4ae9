"""A web server's log, and what it is called once it is rotated: by logrotate, by Apache's rotatelogs, by IIS."""

import re
from pathlib import Path

from ingest.follow.shelf import LocalShelf, Seen

_ROTATED = r"(?:[.-][0-9][0-9._-]*)?"
_ANY = (r"[\w.-]*?access[\w-]*?", r"u_(?:ex|in|nc)[0-9]+(?:_x)?")
_ENDING = r"(?:[._]log|\.jsonl?)?"


class LogShelf(LocalShelf):
    """One log with those it was rotated to, or all in a folder that are called like an access log."""

    def __init__(self, place: Path) -> None:
        whole = place.is_dir()
        super().__init__(place if whole else place.parent)
        names = rf"(?:{'|'.join(_ANY)})" if whole else re.escape(place.stem)
        ending = _ENDING if whole else re.escape(place.suffix)
        self._ours = re.compile(rf"{names}{_ROTATED}{ending}{_ROTATED}(?:\.gz)?").fullmatch

    def files(self) -> dict[str, Seen]:
        return {name: seen for name, seen in super().files().items() if self._ours(name)}
