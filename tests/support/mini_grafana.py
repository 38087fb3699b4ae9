"""As much of Grafana as it takes to run a panel: variables as the browser writes them, then the plugin's macros."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

Chosen = Mapping[str, Sequence[str] | None]
"""By variable the values chosen, None for all."""

CONDITIONAL = "$__conditionalAll("
REFERENCE = re.compile(r"\$\{(\w+):singlequote\}")


def expanded(sql: str, begin: datetime, end: datetime, chosen: Chosen | None = None) -> str:
    """What reaches the store."""
    sql = _conditions(sql, chosen or {})
    sql = REFERENCE.sub(lambda found: _quoted((chosen or {})[found[1]] or ()), sql)
    for name, moment in (("$__fromTime", begin), ("$__toTime", end)):
        sql = sql.replace(name, f"toDateTime({int(moment.timestamp())})")
    if "$" in sql:
        raise AssertionError(sql[sql.index("$") :][:80])
    return sql


def _conditions(sql: str, chosen: Chosen) -> str:
    """The plugin looks for the last one first, and takes what stands before the comma outside any bracket."""
    while (start := sql.rfind(CONDITIONAL)) >= 0:
        condition, variable, end = _arguments(sql, start + len(CONDITIONAL))
        everything = chosen.get(variable.strip().removeprefix("$")) is None
        sql = sql[:start] + ("1=1" if everything else condition) + sql[end:]
    return sql


def _arguments(sql: str, start: int) -> tuple[str, str, int]:
    depth, comma = 1, None
    for at in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[at], 0)
        if sql[at] == "," and depth == 1:
            assert comma is None, "the plugin leaves a macro of three arguments as it is"
            comma = at
        if depth == 0:
            assert comma is not None
            return sql[start:comma], sql[comma + 1 : at], at + 1
    raise AssertionError(sql)


def _quoted(values: Sequence[str]) -> str:
    return ",".join("'" + value.replace("'", "\\'") + "'" for value in values)


def panels(board: Mapping[str, Any], *, closed: bool = True) -> Iterator[dict[str, Any]]:
    """With `closed`, those in closed rows, too."""
    for panel in board["panels"]:
        if panel["type"] != "row":
            yield panel
        elif closed:
            yield from panel["panels"]


def statements(board: Mapping[str, Any], *, closed: bool = True) -> Iterator[tuple[str, str]]:
    """Everything that the board asks: a name and the SQL."""
    for panel in panels(board, closed=closed):
        for target in panel["targets"]:
            yield f"{panel['title']}/{target['refId']}", target["rawSql"]
    for mark in board["annotations"]["list"]:
        yield mark["name"], mark["target"]["rawSql"]
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            yield variable["name"], variable["query"]["rawSql"]
