"""The store process. NHIP_STORE_WRITER and NHIP_STORE_READER hold its two logins as user:password."""

import argparse
import logging
import os
import signal
import sys
from pathlib import Path

import uvicorn

from deploy.store.app import app
from deploy.store.engine import opened, owned
from deploy.store.logins import Login, Logins
from metrics.errors import Misconfigured

SECONDS_TO_STOP = 3
SECONDS_TO_KEEP_ALIVE = 600  # longer than clients keep theirs: whoever closes first makes the other stumble
LONGEST_ADDRESS = 1024 * 1024  # as in ClickHouse: beside external tables, the query travels in the address
BAD_START = 2


def main() -> int:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="store: %(message)s")
    args = arguments()
    try:
        logins = Logins(login("NHIP_STORE_WRITER"), login("NHIP_STORE_READER"))
        with owned(args.data) as folder:
            serve(folder, logins, args.host, args.port)
    except Misconfigured as error:
        for problem in error.problems:
            logging.error(problem)  # noqa: LOG015, TRY400 (one line a problem, no trace)
        return BAD_START
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.store", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    return parser.parse_args()


def login(variable: str) -> Login:
    """Taken out of the environment, so that nothing the engine runs finds it there."""
    found = Login.of(os.environ.pop(variable, ""))
    if not (found.user and found.password):
        raise Misconfigured([f"set {variable} to user:password"])
    return found


def serve(folder: Path, logins: Logins, host: str, port: int) -> None:
    config = uvicorn.Config(
        app(opened(folder, logins)),
        host,
        port,
        log_config=None,
        access_log=False,
        http="h11",
        h11_max_incomplete_event_size=LONGEST_ADDRESS,
        timeout_keep_alive=SECONDS_TO_KEEP_ALIVE,
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, leave)
    uvicorn.Server(config).run()


def leave(_signal: int, _frame: object) -> None:
    """Called when the last answer is out, or cannot wait any longer.

    A query that is still running cannot be interrupted, and Python would wait for its thread. Every row that was
    answered for is on the disk.
    """
    os._exit(0)


sys.exit(main())
