"""What every kind of file is written from."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

Items = Iterable[Sequence[BaseModel]]
"""A table's items in parts, so that none has to be held whole."""


class TooLong(Exception):
    """More rows than this kind of file can hold."""
