"""`nhip ingest access-log PLACE [--follow]`: what a web server logs, through every rotation, as tail -F would."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from deploy.settings import Settings
from deploy.sources.following import run_followed
from deploy.sources.portal import kinds_of
from ingest.follow.folder import QUIET, Plan
from ingest.follow.logs import LogShelf


def problems(given: Namespace) -> Iterator[str]:
    place = Path(given.place or "")
    if not given.place:
        yield "PLACE: name the access log, or the folder that it lies in"
    elif not place.exists():
        yield f"PLACE: there is no file or folder {given.place}"
    elif not LogShelf(place).files():
        yield f"PLACE: no file in {given.place} is called like an access log (access*, u_ex*); name the file itself"
    for option in ("archive", "map", "dry_run"):
        if getattr(given, option):
            yield f"--{option.replace('_', '-')}: not for access-log"


def run(given: Namespace, settings: Settings) -> int:
    place = Path(given.place).absolute()
    *_, access = kinds_of(settings)
    plan = Plan(kind=lambda _: access, quiet=QUIET if given.follow else 0.0)
    return run_followed(given, settings, f"access-log {place}", LogShelf(place), plan)
