"""Mapping files as they are named on a command line: several, between commas."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from ingest.database.said import DatabaseSaid
from ingest.feed import TopicSaid
from ingest.follow.tables import TableSaid
from ingest.mapping.mapping import read
from ingest.mapping.said import MappingSaid
from metrics.errors import Misconfigured

M = TypeVar("M", bound=MappingSaid)
MODELS: dict[str, type[MappingSaid]] = {"topic": TopicSaid, "query": DatabaseSaid, "files": TableSaid}
"""By what only such a mapping says."""


def problems(named: str | None, model: type[M] | None = None) -> Iterator[str]:
    """Of every file; of any sort, where no model is given."""
    for path in _paths(named):
        try:
            read(path, model or _model(path))
        except Misconfigured as error:
            yield from error.problems


def mappings(named: str | None, model: type[M]) -> list[tuple[Path, M]]:
    """Misconfigured where one of them is wrong."""
    return [(path, read(path, model)) for path in _paths(named)]


def all_sorts(named: str | None) -> list[MappingSaid]:
    """Misconfigured where one of them is wrong."""
    return [read(path, _model(path)) for path in _paths(named)]


def _model(path: Path) -> type[MappingSaid]:
    """Of what is no mapping at all, reading it tells."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = {}
    return next((model for name, model in MODELS.items() if name in said), TableSaid)


def _paths(named: str | None) -> list[Path]:
    return [Path(name.strip()) for name in (named or "").split(",") if name.strip()]
