"""Opens the engine over one data folder: how it is tuned, and what each login's connections may do."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from deploy.store.app import Store
from deploy.store.guard import Guard
from deploy.store.logins import Logins
from deploy.store.pool import Pool
from deploy.store.session import Session
from metrics.errors import Misconfigured

DATABASE = "nhip"
WRITERS, READERS = 4, 6
TUNING = Path(__file__).with_name("engine.xml")
ALL = (
    "SET session_timezone = 'UTC'",
    "SET output_format_arrow_compression_method = 'none'",
    "SET implicit_select = 0",
    # A question compiled at its third asking stood still for 20 to 60 ms; none is any faster for it afterwards.
    "SET compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0",
)
# One request is one block, hence atomic, up to these many rows; and it is on disk before it is answered.
WRITER = (
    *ALL,
    "SET async_insert = 0",
    "SET min_insert_block_size_rows = 4000000",
    "SET min_insert_block_size_bytes = 0",
    "SET max_insert_block_size = 4000000",
)
READER = (
    *ALL,
    f"USE {DATABASE}",
    "SET max_execution_time = 30, max_result_rows = 200000, max_memory_usage = 300000000, max_threads = 1",
    "SET readonly = 1",
)


def opened(folder: Path, logins: Logins) -> Store:
    address = f"{folder}?{urlencode({'config-file': TUNING}, safe='/')}"
    first = Session(address, (*WRITER, f"CREATE DATABASE IF NOT EXISTS {DATABASE}"))
    writers = [first, *(Session(address, WRITER) for _ in range(WRITERS - 1))]
    readers = [Session(address, READER) for _ in range(READERS)]
    version = first.ask("SELECT version()").body.decode().strip()
    return Store(logins, Pool(writers), Pool(readers), Guard.of(first, DATABASE), version)


@contextmanager
def owned(folder: Path) -> Iterator[Path]:
    """The folder is ours alone: the engine allows one process, and says so only vaguely."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "nhip-store.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misconfigured([f"{folder} is in use by another store: stop it, or name another folder"]) from None
        yield folder / "engine"
