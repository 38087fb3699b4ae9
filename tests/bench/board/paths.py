"""Every address that the board answers to a reader."""

from datetime import UTC, datetime

from dashboards.app import create_app
from dashboards.board import BoardConfig
from dashboards.pages.views import VIEWS


def paths() -> list[str]:
    """Pages, then the API as its own description lists it."""
    app = create_app(BoardConfig("http://nobody:none@127.0.0.1:1/none", lambda: datetime.now(UTC)))
    described = app.openapi()["paths"]
    return [*(view.path for view in VIEWS), *(path for path, methods in described.items() if "get" in methods)]
