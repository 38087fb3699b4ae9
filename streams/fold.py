"""Prior facts and a batch of events make new facts. Pure: the meaning of a sequence of lines is here.

The state of a thing is a summary that can be taken again (first and last known values in log order, minima), so one
grouping of the old rows followed by the events gives the new rows, however the events were batched, repeated or
shuffled.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from metrics.civil import FIRST_YEAR
from metrics.entity import DOSSIER_FACTS, PAYMENT_FACTS, REQUEST_FACTS, SUCCESS, Entity, Type, type_of
from metrics.events import Kind
from metrics.readings.rows import rows
from streams.decode import typed
from streams.requests import COUNTS, HISTOGRAM

SINCE_EVER = date(FIRST_YEAR, 1, 1)
"""The validity of a version that names no first day: before every day that can be asked for."""

PAYER_RANK = pl.concat_str(
    pl.when(rows(SUCCESS)).then(pl.lit("0")).otherwise(pl.lit("1")), pl.col("at"), pl.col("dossier")
)
"""Sorts notices by success first, then by moment, then by dossier; null where no dossier is named."""
RANK_LENGTH = 15  # one digit and a moment

_AGENCY = r"^([^-]+)-"
_PLACED: Mapping[str, Mapping[str, pl.Expr]] = MappingProxyType(
    {
        DOSSIER_FACTS.table: {"agency": pl.col("dossier").str.extract(_AGENCY)},
        PAYMENT_FACTS.table: {
            "dossier": pl.col("payer").str.slice(RANK_LENGTH),
            "agency": pl.col("payer").str.slice(RANK_LENGTH).str.extract(_AGENCY),
        },
        REQUEST_FACTS.table: {**COUNTS, **HISTOGRAM},
    }
)


def contributions(entity: Entity, events: pl.DataFrame) -> pl.DataFrame:
    """What each event says about the entity, in log order: its key, its place in the log, the state columns."""
    kinds = dict.fromkeys([entity.kind, *(earliest.kind for earliest in entity.earliest.values())])
    return pl.concat([_said(entity, kind, events) for kind in kinds], how="diagonal")


def _said(entity: Entity, kind: Kind, events: pl.DataFrame) -> pl.DataFrame:
    """The part that one kind of event contributes; events that say nothing about the state are left out."""
    said = {name: _key(name) for name in entity.key} | {
        name: typed(name) for name in (*entity.latest, *entity.union) if kind is entity.kind
    }
    said |= {name: typed(value).alias(name) for name, value in entity.first.items() if kind is entity.kind}
    relevant = pl.lit(value=kind is entity.kind)
    for name, earliest in entity.earliest.items():
        if earliest.kind is kind:
            said[name] = pl.when(rows(earliest.where)).then(_value(earliest.value))
            relevant |= rows(earliest.where)
    named = pl.col(entity.key[0]).is_not_null()
    mine = events.filter((pl.col("kind") == kind.name) & named & relevant)
    return mine.select("partition", "offset", **said).drop_nulls(entity.key)


def _key(name: str) -> pl.Expr:
    return typed(name).fill_null(SINCE_EVER) if type_of(name) is Type.DATE else typed(name)


def _value(name: str) -> pl.Expr:
    return PAYER_RANK if name == "payer_rank" else typed(name)


def fold(entity: Entity, before: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """The state after the contributions, derived columns included; rows nobody spoke of stay as they were.

    `before` and the result have the entity's key, state and `partition`; `said` comes from `contributions`.
    """
    state = pl.concat([before.select("partition", *entity.state), said.drop("offset")], how="diagonal")
    after = state.group_by(entity.key).agg(
        pl.col("partition").last(),
        *(pl.col(name).last(ignore_nulls=True) for name in entity.latest),
        *(pl.col(name).first(ignore_nulls=True) for name in entity.first),
        *(pl.col(name).min() for name in entity.earliest),
        *(pl.col(name).explode().drop_nulls().unique().sort() for name in entity.union),
    )
    return completed(entity, after)


def passed(entity: Entity, before: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """The states that things spoken of more than once went through: one row after each event, in log order.

    None of what only grows: it stays in the cell of its key.
    """
    if entity.union:
        return before.clear()
    often = said.filter(pl.struct(entity.key).is_duplicated()).sort("offset", maintain_order=True).drop("offset")
    start = before.join(often, on=entity.key, how="semi").select("partition", *entity.state)
    on_the_way = (
        pl.concat([start, often], how="diagonal")
        .group_by(entity.key)
        .agg(
            "partition",
            *(pl.col(name).forward_fill() for name in entity.latest),
            *(_first_so_far(name) for name in entity.first),
            *(pl.col(name).cum_min().forward_fill() for name in entity.earliest),
        )
    )
    columns = [name for name in on_the_way.columns if name not in entity.key]
    return completed(entity, on_the_way.explode(columns))


def _first_so_far(name: str) -> pl.Expr:
    column = pl.col(name)
    return pl.when(column.forward_fill().is_not_null()).then(column.first(ignore_nulls=True)).alias(name)


def completed(entity: Entity, state: pl.DataFrame) -> pl.DataFrame:
    """With the columns that follow from the state."""
    return state.with_columns(**derived(entity), **_PLACED.get(entity.table, {}))


def derived(entity: Entity) -> dict[str, pl.Expr]:
    """The first known of several columns."""
    return {name: pl.coalesce(sources) for name, sources in entity.derived.items()}
