"""The worker process: connects the Faust app with the store, until a signal stops it."""

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import faust

from streams.app import make_app
from streams.keep import keep
from streams.state import State, connect


def run(
    kafka: str, access: Mapping[str, Any], clickhouse: str, scratch: Path, logs: Mapping[str, Any] | None = None
) -> None:
    """Blocks until SIGINT or SIGTERM. `access` is how Kafka is entered.

    `scratch` is a folder that Faust wants and nothing is kept in; `logs` is a configuration for dictConfig.
    """
    logging.disable(logging.DEBUG)  # Faust composes a line for every record, even where nobody reads it
    scratch.mkdir(parents=True, exist_ok=True)
    state = State(connect(clickhouse))
    app = make_app(kafka, scratch, partial(keep, state), access)
    faust.Worker(
        app, loglevel=logging.WARNING, redirect_stdouts=False, logging_config=dict(logs) if logs else None
    ).execute_from_commandline()
