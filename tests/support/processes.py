"""Looking at processes from outside."""

import time
from collections.abc import Callable
from pathlib import Path


def alive(pid: int) -> bool:
    """A zombie is dead: only its parent has not heard yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def halted(pid: int) -> bool:
    """Whether a stop has reached every thread: until then the others go on, for a while where cores are few."""
    stats = Path(f"/proc/{pid}/task").glob("*/stat")
    return all(one.read_text().rpartition(") ")[2][0] == "T" for one in stats)


def waits(pid: int) -> bool:
    """Whether its main thread sleeps in the kernel until somebody wakes it."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] == "S"


def eventually(true: Callable[[], object], within: float = 10.0) -> bool:
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def using(folder: Path) -> dict[int, str]:
    """The processes that have a file under the folder open, or name it in their command."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            links = [str(link.readlink()) for link in (entry / "fd").iterdir()]
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # gone, or not ours
        if str(folder) in command or any(link.startswith(str(folder)) for link in links):
            found[int(entry.name)] = command
    return found
