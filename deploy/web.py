"""A web application on its address, until a signal."""

from typing import Any

import uvicorn

SECONDS_TO_STOP = 3


def serve(app: Any, address: str) -> None:
    host, _, port = address.rpartition(":")
    uvicorn.run(
        app,
        host=host.strip("[]"),
        port=int(port),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom to believe is a setting of our own
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )
