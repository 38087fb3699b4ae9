"""A web application on its address, until a signal; and the process that is nothing else."""

import gc
import logging
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from deploy import tracing
from deploy.logs import begin
from deploy.output import tell
from deploy.settings import Settings
from metrics.errors import Misconfigured, Unavailable

SECONDS_TO_STOP = 3
AWAY, BAD_START = 1, 2
YOUNG, SOME, ALL = 2_000, 10, 200
"""After how many new values the garbage collector looks at those, after how many such looks at some, then at all of
them. Answers that are kept for others are many and no garbage: looking at all stops every answer for up to 170 ms."""


def process(work: Callable[[Settings], None]) -> int:
    """Its exit status: whoever started us tries again where a neighbour is away, and not where a setting is wrong."""
    try:
        settings = Settings.read()
        begin(settings)
        tracing.begin(settings)
        work(settings)
    except Misconfigured as error:
        for problem in error.problems:
            tell(problem)
        return BAD_START
    except Unavailable as error:
        tell(str(error))
        return AWAY
    return 0


def serve(app: Any, address: str) -> None:
    host, _, port = address.rpartition(":")
    gc.collect()
    gc.freeze()  # what is here by now stays
    gc.set_threshold(YOUNG, SOME, ALL)
    uvicorn.run(
        app,
        host=host.strip("[]"),
        port=int(port),
        log_level="warning",
        log_config=None if logging.getLogger().handlers else LOGGING_CONFIG,  # somebody has configured it
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom to believe is a setting of our own
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )
