"""Logs for machines: one JSON object a line, where NHIP_LOG=json. Otherwise each process writes plain lines."""

import json
import logging
from datetime import UTC, datetime
from logging.config import dictConfig
from typing import Any

from deploy.settings import Settings

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "deploy.logs.Json"}},
    "handlers": {"standard error": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"level": "WARNING", "handlers": ["standard error"]},
}
"""What `logging.config.dictConfig` takes; uvicorn and Faust, too."""


def begin(settings: Settings) -> None:
    """Called once, before anything is logged."""
    if settings.log == "json":
        dictConfig(LOGGING)


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
