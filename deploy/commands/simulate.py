"""`nhip simulate`: the drop folder of a made-up province."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from deploy.output import tell
from deploy.settings import Settings
from deploy.usage import whole_number
from ingest.simulate.files import write


def problems(given: Namespace) -> Iterator[str]:
    if not given.dir:
        yield "DIR: name the folder to write into"
    elif Path(given.dir).exists() and not Path(given.dir).is_dir():
        yield f"DIR: {given.dir} is a file"
    yield from whole_number("--dossiers", given.dossiers, 1, 10**9)
    yield from whole_number("--seed", given.seed, 0, 2**63)
    if given.year is not None:
        yield from whole_number("--year", given.year, 2000, 2100)


def run(given: Namespace, _settings: Settings) -> int:
    write(Path(given.dir), int(given.dossiers), int(given.seed), int(given.year or 2026))
    tell(f"wrote {given.dossiers} dossiers into {given.dir}; load them with `nhip load {given.dir}`")
    return 0
