"""`nhip index`: yearly indices that others publish, out of tables that staff keep."""

import time
from argparse import Namespace
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.indices import criteria, keep, scores
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from ingest.tables import table
from metrics.annual import Criterion, Losses, Move, Scored, losses, moves, printed
from metrics.annual_lines import contradictions, criterion, is_criterion, scored
from metrics.catalogue import CATALOGUE
from metrics.errors import Misconfigured
from metrics.typed import Line

HEADS = ("Năm", "Chỉ số", "Đơn vị", "Điểm", "Hạng", "So với năm trước", "Mất điểm (0 điểm)")


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in ("import", "list"):
        yield "WHAT: import or list"
    elif given.what == "list" and given.file:
        yield "FILE: not for `nhip index list`"
    elif given.what == "import" and not (given.file and Path(given.file).is_file()):
        yield f"FILE: {given.file} is no file" if given.file else "FILE: give a CSV or XLSX file"
    if given.dry_run and given.what != "import":
        yield "--dry-run: only for `nhip index import`"


def run(given: Namespace, settings: Settings) -> int:
    read = lines(Path(given.file)) if given.what == "import" else []
    found = [each for _, each in read if isinstance(each, Scored)]
    judged = [each for _, each in read if isinstance(each, Criterion)]
    if given.what == "import" and given.dry_run:
        tell(f"{len(found)} scores and {len(judged)} criteria could be imported; nothing was written")
        return 0
    with running(settings, Role.READER, tell) as where:
        client = connect(where.clickhouse)
        if given.what == "import":
            keep(client, found, judged, time.time())
            tell(f"imported {len(found)} scores and {len(judged)} criteria")
        else:
            show(rows(scores(client), criteria(client)), pure_json=given.json)
    return 0


def lines(path: Path) -> list[tuple[Line, Scored | Criterion]]:
    """Misconfigured with every problem of the file."""
    wrong: list[str] = []
    kpis = {kpi.id for kpi in CATALOGUE}
    tables = [Line(row.place, row.fields, wrong) for row in table(path)]
    read = [(line, criterion(line, kpis) if is_criterion(line) else scored(line)) for line in tables]
    good = [(line, each) for line, each in read if each is not None]
    wrong.extend(contradictions(good))
    if not tables:
        wrong.append(f"{path.name}: no rows; docs/indices.md shows what a file looks like")
    if wrong:
        raise Misconfigured([*wrong, "nothing was imported"])
    return good


def rows(found: list[Scored], judged: list[Criterion]) -> list[dict[str, Any]]:
    """Every score, newest year first, with what its criteria lost."""
    by_unit: dict[tuple[str, str, int], list[Criterion]] = {}
    for each in judged:
        by_unit.setdefault((each.index, each.unit, each.year), []).append(each)
    return [
        _row(each, moved, losses(by_unit.get((each.index, each.unit, each.year), []))) for each, moved in moves(found)
    ]


def _row(each: Scored, moved: Move | None, lost: Losses) -> dict[str, Any]:
    return {
        "index": each.index,
        "year": each.year,
        "unit": each.unit,
        "score": None if each.score is None else float(each.score),
        "self_score": None if each.self_score is None else float(each.self_score),
        "rank": each.rank,
        "ranked_of": each.ranked_of,
        "score_change": None if moved is None or moved.score is None else float(moved.score),
        "rank_change": moved and moved.places,
        "not_comparable": moved and moved.broken and moved.broken.vi,
        "criteria": lost.criteria,
        "below_maximum": lost.below,
        "zero": lost.zero,
    }


def show(listed: list[dict[str, Any]], *, pure_json: bool) -> None:
    if pure_json:
        say_json(listed)
        return
    drawn = Table(*HEADS, title=f"Chỉ số hằng năm: {len(listed)}", title_justify="left")
    for row in listed:
        drawn.add_row(*map(Text, _cells(row)))
    Console().print(drawn)


def _cells(row: dict[str, Any]) -> Iterator[str]:
    yield str(row["year"])
    yield row["index"]
    yield row["unit"]
    yield "–" if row["score"] is None else _points(row["score"])
    yield "–" if row["rank"] is None else f"{row['rank']}/{row['ranked_of']}"
    places, points = row["rank_change"], row["score_change"]
    said = [
        row["not_comparable"],
        None if places is None else f"{places:+d} bậc",
        None if points is None else f"{_points(points, sign=True)} điểm",
    ]
    yield "; ".join(filter(None, said)) or "–"
    yield f"{row['below_maximum']}/{row['criteria']} ({row['zero']})" if row["criteria"] else "–"


def _points(value: float, *, sign: bool = False) -> str:
    return printed(Decimal(str(value)), sign=sign)
