"""Whether a process itself listens on a port: a stranger on the same port must not pass for it."""

import os
from contextlib import suppress
from pathlib import Path

LISTEN = "0A"


def listens(pid: int, port: int) -> bool:
    ours = {f"socket:[{inode}]" for inode in _listeners(port)}
    return bool(ours) and not ours.isdisjoint(_open_files(pid))


def _listeners(port: int) -> set[str]:
    lines = [
        line.split()
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for line in Path(table).read_text().splitlines()[1:]
    ]
    return {line[9] for line in lines if line[3] == LISTEN and line[1].endswith(f":{port:04X}")}


def _open_files(pid: int) -> set[str]:
    links = set()
    with suppress(FileNotFoundError, ProcessLookupError):  # it may end, or close a file, while we look
        for entry in os.scandir(f"/proc/{pid}/fd"):
            with suppress(FileNotFoundError):
                links.add(str(Path(entry.path).readlink()))
    return links
