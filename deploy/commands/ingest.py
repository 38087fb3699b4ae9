"""`nhip ingest`: one source, until it is stopped. Each is a module of deploy.sources."""

from argparse import Namespace
from collections.abc import Iterator
from importlib import import_module
from typing import cast

from deploy.cli import Module

SOURCES = ("folder", "http", "database", "topic", "access-log")


def problems(given: Namespace) -> Iterator[str]:
    if given.source not in SOURCES:
        yield f"SOURCE: one of {', '.join(SOURCES)}"
    else:
        yield from _module(given).problems(given)


def run(given: Namespace, settings: object) -> int:
    return _module(given).run(given, settings)


def _module(given: Namespace) -> Module:
    return cast("Module", import_module(f"deploy.sources.{given.source.replace('-', '_')}"))
