"""Who took over from whom, and other ways to write the codes of agencies, as the store has them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from dashboards.store import ask, unavailable
from metrics.breaks import Break
from metrics.succession import Life, Link, lives, turns
from metrics.unit_codes import Alias

LINKS, ALIASES = "unit_succession", "unit_alias"
KINDS: Mapping[str, type[Link | Alias]] = MappingProxyType({LINKS: Link, ALIASES: Alias})


def links(client: Client) -> list[Link]:
    return [Link(*row) for row in _newest(client, LINKS)]


def aliases(client: Client) -> list[Alias]:
    return [Alias(*row) for row in _newest(client, ALIASES)]


def known(client: Client) -> dict[str, Life]:
    """Every agency of the catalogue, from its first day to its last."""
    return lives(tuple(row) for row in ask(client, "SELECT agency, valid_from, valid_to FROM agency FINAL"))


def turns_of(client: Client) -> dict[str, tuple[Break, ...]]:
    """Of every agency that the catalogue or a link names."""
    linked, living = links(client), known(client)
    named = {*living, *(each.predecessor for each in linked), *(each.successor for each in linked)}
    return {agency: turns(agency, living.get(agency, Life()), linked) for agency in named}


def replace(client: Client, table: str, rows: Sequence[Link | Alias], file: str, at: float) -> int:
    """All rows of the table; returns how many held before."""
    before = len(_newest(client, table))
    [(newest,)] = ask(client, "SELECT max(version) FROM unit_import WHERE what = {what:String}", what=table)
    version, names = max(int(at * 1_000_000), newest + 1), _names(table)
    values = [(*(getattr(row, name) for name in names), version) for row in rows]
    insert(client, table, values, [*names, "version"])
    insert(client, "unit_import", [(table, file, len(rows), version)], ["what", "file", "number", "version"])
    return before


def insert(client: Client, table: str, rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> None:
    if rows:
        try:
            client.insert(table, rows, column_names=columns)
        except ClickHouseError as error:
            raise unavailable(error) from error


def _newest(client: Client, table: str) -> list[tuple[Any, ...]]:
    """An import holds from its last row on."""
    newest = "(SELECT max(version) FROM unit_import WHERE what = {what:String})"
    return ask(
        client, f"SELECT {', '.join(_names(table))} FROM {table} WHERE version = {newest} ORDER BY ALL", what=table
    )


def _names(table: str) -> list[str]:
    return [each.name for each in fields(KINDS[table])]
