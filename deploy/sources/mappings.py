"""Mapping files as they are named on a command line: several, between commas."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from ingest.mapping.mapping import read
from ingest.mapping.said import MappingSaid
from metrics.errors import Misconfigured

M = TypeVar("M", bound=MappingSaid)


def problems(named: str | None, model: type[M]) -> Iterator[str]:
    """Of every file."""
    for path in _paths(named):
        try:
            read(path, model)
        except Misconfigured as error:
            yield from error.problems


def mappings(named: str | None, model: type[M]) -> list[tuple[Path, M]]:
    """Misconfigured where one of them is wrong."""
    return [(path, read(path, model)) for path in _paths(named)]


def _paths(named: str | None) -> list[Path]:
    return [Path(name.strip()) for name in (named or "").split(",") if name.strip()]
