"""What a request asks for, read from its address and body alone. Nothing is run here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deploy.store.faults import BAD_REQUEST, SYNTAX, UNKNOWN_SETTING, Fault
from deploy.store.multipart import Part, parts
from deploy.store.session import External, Rows

# Settings that clients send by themselves and that change no answer of ours. Any other is refused: what looks
# accepted must not be without effect.
WITHOUT_EFFECT = frozenset({
    "max_execution_time", "query_id", "quota_key", "wait_end_of_query", "session_id", "client_protocol_version",
    "enable_http_compression", "send_progress_in_http_headers", "http_headers_progress_interval_ms",
    "date_time_input_format", "cast_string_to_dynamic_use_inference",
    "cancel_http_readonly_queries_on_client_close",
})  # fmt: skip
BY_HEADER = {"x-clickhouse-database": "database", "x-clickhouse-format": "default_format"}
"""What ClickHouse takes from a header where the address is silent; its client for Java says it so."""
ABOUT_TABLES = ("_format", "_structure", "_types")

QUOTED = rb"`[^`]*`|\"[^\"]*\""
INSERT = re.compile(
    rb"\s*(INSERT\s+INTO\s+(?:TABLE\s+)?(?:[^\s(`\"]|" + QUOTED + rb")+"
    rb"\s*(?:\((?:[^()`\"]|" + QUOTED + rb")*\))?(?:\s*SETTINGS\s[\w\s=,.']+?)?)"
    rb"\s*\bFORMAT\s+(\w+)[^\S\n]*\n?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """Either a statement to run, or rows to add (then `rows` is set)."""

    sql: str
    database: str
    format: str
    rows: Rows | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[External, ...] = ()
    by_driver: bool = False


def read(address: Iterable[tuple[str, str]], headers: Mapping[str, str], body: bytes) -> Asked:
    said = {name: headers[header] for header, name in BY_HEADER.items() if header in headers}
    fields, files = said | dict(address), list[Part]()
    content_type = headers.get("content-type", "")
    if content_type.lower().startswith("multipart/form-data"):
        form = list(parts(content_type, body))
        fields |= {part.name: decoded(part.data) for part in form if not part.is_file}
        files, body = [part for part in form if part.is_file], b""
    return asked(fields, files, body)


def asked(fields: Mapping[str, str], files: Iterable[Part], body: bytes) -> Asked:
    tables = tuple(external(part, fields) for part in files)
    refuse_unknown(fields, tables)
    sql, rows = statement(fields.get("query", "").encode(), body)
    return Asked(
        sql,
        fields.get("database", "default") or "default",
        fields.get("default_format", "TabSeparated"),
        rows,
        {name.removeprefix("param_"): value for name, value in fields.items() if name.startswith("param_")},
        tables,
        "client_protocol_version" in fields,
    )


def statement(query: bytes, body: bytes) -> tuple[str, Rows | None]:
    """The statement is what the address names, then the body; rows follow an INSERT … FORMAT at once."""
    head, rest = (query, body) if query.strip() else (body, b"")
    insert = INSERT.match(head)
    if insert:
        return "", Rows(decoded(insert[1]), insert[2].decode(), head[insert.end() :] + rest)
    return decoded(head + b"\n" + rest if rest else head), None


def external(part: Part, fields: Mapping[str, str]) -> External:
    types = fields.get(f"{part.name}_types", "")
    numbered = ", ".join(f"_{at} {kind}" for at, kind in enumerate(types.split(","), 1)) if types else ""
    columns = fields.get(f"{part.name}_structure", numbered)
    if not columns:
        raise Fault(BAD_REQUEST, f"External table {part.name} has neither structure nor types")
    return External(part.name, columns, fields.get(f"{part.name}_format", "TabSeparated"), part.data)


def refuse_unknown(fields: Mapping[str, str], tables: Iterable[External]) -> None:
    known = WITHOUT_EFFECT | {"query", "database", "default_format"}
    known |= {table.name + about for table in tables for about in ABOUT_TABLES}
    for name, value in fields.items():
        if name not in known and not name.startswith("param_") and (name, value) != ("compress", "0"):
            raise Fault(UNKNOWN_SETTING, f"Setting {name} is not accepted by this store")


def decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise Fault(SYNTAX, "The statement is not UTF-8 text") from None
