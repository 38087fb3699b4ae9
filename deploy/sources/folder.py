"""`nhip ingest folder DIR [--follow]`: files as they come, and only what is new in them."""

from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from deploy.settings import Settings
from deploy.sources import mappings
from deploy.sources.following import run_followed
from deploy.sources.portal import kinds_of
from deploy.sources.trying import Tried, show
from ingest.follow.folder import QUIET, Plan
from ingest.follow.forms import Form, kind_of
from ingest.follow.login import login
from ingest.follow.shelf import LocalShelf, Shelf
from ingest.follow.tables import Table, TableSaid
from ingest.mapping.mapping import Mapped

TRIED = 10
"""Rows that a dry run shows of each file."""


def problems(given: Namespace) -> Iterator[str]:
    if not given.place:
        yield "PLACE: name the folder to read"
    elif not far(given.place) and not Path(given.place).is_dir():
        yield f"PLACE: {given.place} is no folder"
    if given.archive and not far(given.place) and Path(given.archive).resolve() == Path(given.place or "").resolve():
        yield "--archive: name another folder than the one that is read"
    if given.dry_run and not given.map:
        yield "--dry-run: shows what a mapping makes of rows; give one with --map"
    yield from mappings.problems(given.map, TableSaid)


def far(place: str | None) -> bool:
    return (place or "").startswith("sftp:")


def shelf_of(place: str, settings: Settings) -> Shelf:
    if not far(place):
        return LocalShelf(Path(place))
    from ingest.follow.sftp import SftpShelf  # noqa: PLC0415  (it brings cryptography, which few need)

    password = settings.sftp_password.get_secret_value() if settings.sftp_password else ""
    known = login(place, settings.sftp_known_hosts, password, str(settings.sftp_key or ""))
    return SftpShelf(place, known)


def run(given: Namespace, settings: Settings) -> int:
    tables = [Table(said, Mapped(said)) for _, said in mappings.mappings(given.map, TableSaid)]
    shelf = shelf_of(given.place, settings)
    if given.dry_run:
        show(_tried(shelf, tables), pure_json=given.json)
        return 0

    def form(name: str) -> Form | None:
        return next((table for table in tables if table.takes(name)), None)

    kind = partial(kind_of, kinds=kinds_of(settings))
    plan = Plan(form, given.archive or "", QUIET if given.follow else 0.0, kind)
    place = given.place if far(given.place) else str(Path(given.place).resolve())
    return run_followed(given, settings, f"folder {place}", shelf, plan)


def _tried(shelf: Shelf, tables: list[Table]) -> Iterator[Tried]:
    for name in sorted(shelf.files()):
        for table in tables:
            if table.takes(name):
                with shelf.open(name) as file:
                    rows = zip(range(TRIED), table.rows(file, name), strict=False)
                    yield from ((name, number, table.mapped, row) for _, (number, row) in rows)
                break
