"""What a reader may run.

The engine's `readonly` alone lets scalar file(), USE and KILL through. So a statement is judged before it runs, twice:
by its syntax tree (only reading statements, only our tables), and by its text in the engine's own spelling, since the
tree leaves some expressions out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deploy.store.faults import NOT_ALLOWED, Fault
from deploy.store.session import Answer, Session

ROOTS = frozenset(
    {
        "SelectWithUnionQuery",
        "SelectIntersectExceptQuery",
        "ShowTables",
        "DescribeQuery",
        "ExistsTableQuery",
        "Explain",
    }
)
SYSTEM_TABLES = frozenset({"system.columns", "system.functions", "system.one", "system.settings", "system.tables"})
TABLE_FUNCTIONS = frozenset({"numbers"})
# Scalar functions that read files or other stores, ask a network, or only hold the connection.
LEAVING = "^(file|evalml|catboost|joinget|dict|ai|sleep|getserver|addressto)"

PRIVATE = re.compile(r"(^|\.)board_")  # accounts, with their password hashes, and who logged in when

NODE = re.compile(r"( *)([\w:]+)(?: (.*?))?(?: \(alias .*\))?(?: \(children \d+\))?")
TABLE = re.compile(r"(?:(\w+)\.)?\w+")
CALL = re.compile(r"(\w+)[`\"]?\s*\(")
SYSTEM_TABLE = re.compile(r"\b(system|information_schema|default)[`\"]?\s*\.\s*[`\"]?(\w*)", re.IGNORECASE)
ELSEWHERE = re.compile(r"\bINTO OUTFILE\b|^SHOW .*\bWHERE\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Node:
    """One line of EXPLAIN AST."""

    kind: str
    name: str
    parent: str


@dataclass(frozen=True)
class Guard:
    """Knows the engine's own functions, so that those a new version brings are refused by themselves."""

    database: str
    functions: frozenset[str]
    table_functions: frozenset[str]

    @classmethod
    def of(cls, session: Session, database: str) -> "Guard":
        leaving = session.ask(
            "SELECT lower(name) FROM system.functions WHERE match(lower(name), {leaving:String})",
            params={"leaving": LEAVING},
        )
        tables = session.ask(
            "SELECT lower(name) FROM system.table_functions WHERE name NOT IN (SELECT name FROM system.functions)"
        )
        return cls(database, names(leaving), names(tables) - TABLE_FUNCTIONS)

    def refuse_all_but_reading(self, session: Session, sql: str, params: Mapping[str, str]) -> None:
        self._refuse_words(single(session, sql))
        tree = session.ask(f"EXPLAIN AST {sql}", "TabSeparated", params).body.decode()
        nodes = list(walk(tree))
        if not nodes or nodes[0].kind not in ROOTS:
            raise refused("this statement")
        for node in nodes:
            self._refuse_node(node)

    def _refuse_words(self, canonical: str) -> None:
        found = ELSEWHERE.search(canonical)
        if found:
            raise refused(found[0].rpartition(" ")[2])
        for name in CALL.findall(canonical):
            if name.lower() in self.functions | self.table_functions:
                raise refused(f"function {name}")
        for database, table in SYSTEM_TABLE.findall(canonical):
            if f"{database}.{table}" not in SYSTEM_TABLES:
                raise refused(f"table {database}.{table}")

    def _refuse_node(self, node: Node) -> None:
        match node:
            case Node("TableIdentifier", name) if not self._may_read(name):
                raise refused(f"table {name}")
            case Node("Function", name, "TableExpression") if name not in TABLE_FUNCTIONS:
                raise refused(f"table function {name}")
            case Node("Identifier", name) if PRIVATE.search(name):  # x IN board_account
                raise refused(f"table {name}")
            # A function's bare name is a value too: arrayMap(file, …), * APPLY file.
            case Node("Identifier", name) if name.lower() in self.functions:
                raise refused(f"function {name}")
            case Node("ColumnsApplyTransformer" | "Set" as kind):
                raise refused(kind)

    def _may_read(self, table: str) -> bool:
        found = TABLE.fullmatch(table)
        ours = found is not None and found[1] in (None, self.database) and not PRIVATE.search(table)
        return ours or table in SYSTEM_TABLES


def names(answer: Answer) -> frozenset[str]:
    return frozenset(answer.body.decode().split())


def single(session: Session, sql: str) -> str:
    """The statement in the engine's spelling, without comments; two statements are a syntax error."""
    return session.ask("SELECT formatQuerySingleLine({q:String})", "TSVRaw", {"q": escaped(sql)}).body.decode()


def escaped(value: str) -> str:
    """As parameters travel: the engine unescapes them."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def walk(tree: str) -> Iterator[Node]:
    above: list[str] = []
    for line in tree.removesuffix("\n").split("\n"):  # a parameter may hold what else Python takes for a line's end
        found = NODE.fullmatch(line)
        if not found:
            raise refused("this statement")
        depth = len(found[1])
        above[depth:] = [found[2]]
        yield Node(found[2], found[3] or "", above[depth - 1] if depth else "")


def refused(what: str) -> Fault:
    return Fault(NOT_ALLOWED, f"A reader may not use {what}")
