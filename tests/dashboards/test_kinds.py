"""Which services are of a kind goes along with a question, whatever their codes are made of."""

from collections.abc import Sequence
from datetime import date

from clickhouse_connect.driver.client import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards.kinds import held, on
from dashboards.store import ask

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
codes = st.text(",-./0a'\\ă \n", min_size=1, max_size=4)
days = st.dates(date(2025, 12, 30), date(2026, 1, 3))
spans = st.lists(st.tuples(codes, days, st.just(LAST)) | st.tuples(codes, st.just(date(2025, 1, 1)), days), max_size=6)
"""Services, and from which day to which each is of the kind: throughout the year, or from or until its first days."""


@settings(max_examples=60, deadline=None)
@example([("a,b", date(2025, 1, 1), LAST)], ["a", "a,b", ""])
@given(spans, st.lists(st.just("") | codes, min_size=1, max_size=4))
def test_the_condition_holds_for_the_services_of_the_kind_on_that_day(
    client: Client, found: list[tuple[str, date, date]], others: Sequence[str]
) -> None:
    kind, asked = held(found, 0, FIRST, LAST), [*others, *(code for code, *_ in found)]
    services = "SELECT arrayJoin({asked:Array(String)}) AS procedure"
    for day in (FIRST, date(2026, 1, 2), LAST):
        question = f"SELECT {kind.on_day('procedure', '{day:Date32}')} FROM ({services})"
        said = ask(client, question, asked=asked, day=day, **kind.parameters)
        assert [bool(one) for (one,) in said] == [code in on(found, day) for code in asked]
        assert [kind.has(code, day) for code in asked] == [code in on(found, day) for code in asked]
        assert all(kind.perhaps.has(code, day) for code in on(found, day))
