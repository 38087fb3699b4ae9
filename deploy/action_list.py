"""A list of actions that staff keep as a table: every line an action, or every problem of every line."""

from pathlib import Path

from ingest.tables import Row, table
from metrics.actions.action import Action
from metrics.actions.said import Known, action
from metrics.errors import Misconfigured

COLUMNS = ("agency", "owner", "due", "text", "origin", "origin_name", "kpi", "target", "recipients", "done", "result")


def actions(path: Path, known: Known) -> list[Action]:
    """Misconfigured with every problem of the file."""
    rows = table(path)
    problems = list(_strange(rows)) or ([] if rows else [f"{path.name}: no rows; docs/actions.md shows what one has"])
    found: dict[str, tuple[str, Action]] = {}
    for row in rows:
        said, wrong = action(_words(row), known)
        problems += [f"{row.place}: {each.en}" for each in wrong]
        if said is not None and said.id in found:
            problems.append(f"{row.place}: repeats {found[said.id][0]}")
        elif said is not None:
            found[said.id] = row.place, said
    if problems:
        raise Misconfigured([*problems, "nothing was imported"])
    return [each for _, each in found.values()]


def _words(row: Row) -> dict[str, str]:
    return {"to" if name == "recipients" else name: value for name, value in row.fields.items()}


def _strange(rows: list[Row]) -> list[str]:
    """Columns that are nobody's: what they hold would be lost, or be about people."""
    names = dict.fromkeys(name for row in rows for name in row.fields if name and name not in COLUMNS)
    return [f"column {name!r}: not one of {', '.join(COLUMNS)}" for name in names]
