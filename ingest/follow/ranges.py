"""A remote file as a stream."""

import io
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from paramiko import SSHException
from paramiko.sftp_attr import SFTPAttributes
from paramiko.sftp_file import SFTPFile

from ingest.follow.shelf import Seen


def seen(about: SFTPAttributes) -> Seen:
    return Seen(about.st_size or 0, about.st_mtime or 0, 0)


class Ranges(io.RawIOBase):
    """Asked for a range at a time: a request for each 32 KiB would take ages. `reached` explains what goes wrong."""

    def __init__(self, file: SFTPFile, reached: Callable[[Callable[[], Any]], Any]) -> None:
        self._file, self._reached, self._at = file, reached, 0
        self._size = self.seen().size

    def seen(self) -> Seen:
        return seen(self._reached(self._file.stat))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = max(min(len(buffer), self._size - self._at), 0)
        if not size:
            return 0
        found = self._reached(lambda: b"".join(self._file.readv([(self._at, size)])))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def close(self) -> None:
        if not self.closed:
            with suppress(SSHException, EOFError, OSError):  # the connection may be gone, and with it the file
                self._file.close()
        super().close()
