"""What cells or facts count, asked for with what the catalogue says of services put in.

`question.summed` reads the spans of services itself, so that it can be shown and run by anybody; the store thinks
longer about that than about all the cells of a month. Here the spans, which are known (`recall.py`), go along as
parameters: services that are such on all the days asked for, and the few that are on some of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.kinds import Held, held, of_kind
from dashboards.question import Summing, composed, kinds_of
from dashboards.store import ask
from metrics.formula import Number
from metrics.terms import Counted, Term


def totals(
    client: Client, terms: Sequence[Counted], summing: Summing, parameters: Mapping[str, Any]
) -> dict[Term, dict[Any, Number]]:
    """Of each term its number by key; of `parameters` at least first and last."""
    first, last = parameters["first"], parameters["last"]
    kinds = [held(of_kind(client, each), place, first, last) for place, each in enumerate(kinds_of(terms))]
    given = {name: value for kind in kinds for name, value in kind.parameters.items()}
    rows = ask(client, _question(terms, summing, kinds), **parameters, **given)
    return {term: {row[0]: int(row[1 + place]) for row in rows} for place, term in enumerate(terms)}


def _question(terms: Sequence[Counted], summing: Summing, kinds: Sequence[Held]) -> str:
    flags = "".join(f", {kind.throughout('service')} AS is{kind.place}" for kind in kinds)
    changed = " OR ".join(kind.changes("procedure") for kind in kinds)

    def holds(day: str, place: int) -> str:
        return f"(is{place} OR {kinds[place].on_some('service', day)})"

    return composed(terms, summing, changed, f"(SELECT *{flags} FROM sums)", holds)
