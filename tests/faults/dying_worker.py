"""The worker, except that it kills itself, once, at the point that a file names: `dying_worker.py FILE`."""

import logging
import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any, cast

import faust
import polars as pl

from deploy.settings import Settings
from streams.app import make_app
from streams.keep import Batch, keep
from streams.state import State, connect

FILE = Path(sys.argv.pop())


def reached(point: str) -> None:
    if FILE.exists() and FILE.read_text() == point:
        FILE.rename(FILE.with_suffix(".died"))
        os.utime(FILE.with_suffix(".died"))
        os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    def __init__(self, state: State) -> None:
        self.state = state

    def __getattr__(self, name: str) -> Any:
        return getattr(self.state, name)

    def insert(self, table: str, frame: pl.DataFrame, key: tuple[str, ...]) -> None:
        reached(f"before {table}")
        self.state.insert(table, frame, key)
        reached(f"after {table}")


def keep_unless_dead(state: State, batch: Batch) -> None:
    reached(f"read {batch.topic}")
    keep(cast("State", Dying(state)), batch)
    reached(f"kept {batch.topic}")


if __name__ == "__main__":
    settings = Settings.read()
    assert settings.kafka
    assert settings.clickhouse
    state = State(connect(settings.clickhouse.get_secret_value()))
    app = make_app(settings.kafka, settings.data / "worker", partial(keep_unless_dead, state))
    faust.Worker(app, loglevel=logging.WARNING, redirect_stdouts=False).execute_from_commandline()
