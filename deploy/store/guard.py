"""What a reader may run.

The engine's `readonly` alone lets scalar file(), USE and KILL through, so a statement is judged by its syntax tree
before it runs: only reading statements, only our tables, no function that leaves them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deploy.store.faults import NOT_ALLOWED, Fault
from deploy.store.session import Session

ROOTS = frozenset({
    "SelectWithUnionQuery", "SelectIntersectExceptQuery", "ShowTables", "DescribeQuery", "ExistsTableQuery", "Explain",
})  # fmt: skip
SYSTEM_TABLES = frozenset({"system.columns", "system.functions", "system.one", "system.settings", "system.tables"})
TABLE_FUNCTIONS = frozenset({"numbers"})
OTHER_DATABASES = frozenset({"system", "information_schema", "default"})
# Scalar functions that read files, load libraries, ask a network or only hold the connection.
LEAVING = re.compile(
    r"file|catboost|joinget|dictget|ai[A-Z_]|sleep|getserversetting|reloadconfig|python", re.IGNORECASE
)
NODE = re.compile(r"( *)(\w+)(?: (.*?))?(?: \(alias .*\))?(?: \(children \d+\))?$")
TABLE = re.compile(r"(?:(\w+)\.)?\w+")


@dataclass(frozen=True)
class Node:
    """One line of EXPLAIN AST."""

    kind: str
    name: str
    parent: str


@dataclass(frozen=True)
class Guard:
    """Knows the engine's table functions, so that new ones are refused by themselves."""

    database: str
    table_functions: frozenset[str]

    @classmethod
    def of(cls, session: Session, database: str) -> "Guard":
        only_tables = (
            "SELECT lower(name) FROM system.table_functions WHERE name NOT IN (SELECT name FROM system.functions)"
        )
        return cls(database, frozenset(session.ask(only_tables).body.decode().split()) - TABLE_FUNCTIONS)

    def refuse_all_but_reading(self, session: Session, sql: str, params: Mapping[str, str]) -> None:
        refuse_leaving_as_file(single(session, sql))
        tree = session.ask(f"EXPLAIN AST {sql}", "TabSeparated", params).body.decode()
        nodes = list(walk(tree))
        if not nodes or nodes[0].kind not in ROOTS:
            raise refused("this statement")
        for node in nodes:
            self._refuse(node)

    def _refuse(self, node: Node) -> None:
        match node:
            case Node("TableIdentifier", name) if not self._may_read(name):
                raise refused(f"table {name}")
            case Node("Identifier", name) if name.partition(".")[0].lower() in OTHER_DATABASES and "." in name:
                raise refused(f"table {name}")
            case Node("Function", name, "TableExpression") if name not in TABLE_FUNCTIONS:
                raise refused(f"table function {name}")
            case Node("Function", name) if name.lower() in self.table_functions or LEAVING.match(name):
                raise refused(f"function {name}")
            case Node("Set"):
                raise refused("SETTINGS")

    def _may_read(self, table: str) -> bool:
        found = TABLE.fullmatch(table)
        return found is not None and (found[1] in (None, self.database) or table in SYSTEM_TABLES)


def single(session: Session, sql: str) -> str:
    """The statement in one spelling; two statements are a syntax error."""
    return session.ask("SELECT formatQuerySingleLine({q:String})", "TSVRaw", {"q": escaped(sql)}).body.decode()


def escaped(value: str) -> str:
    """As parameters travel: the engine unescapes them."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def refuse_leaving_as_file(canonical: str) -> None:
    if "INTO OUTFILE" in canonical:
        raise refused("INTO OUTFILE")


def walk(tree: str) -> Iterator[Node]:
    above: list[str] = []
    for line in tree.splitlines():
        found = NODE.fullmatch(line)
        if not found:
            raise refused("this statement")
        depth = len(found[1])
        above[depth:] = [found[2]]
        yield Node(found[2], found[3] or "", above[depth - 1] if depth else "")


def refused(what: str) -> Fault:
    return Fault(NOT_ALLOWED, f"A reader may not use {what}")
