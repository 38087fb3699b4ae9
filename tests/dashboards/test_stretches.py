"""A list taken in stretches is what the newest rows say, however many older rows say otherwise."""

import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards import stretches
from dashboards.stretches import Stretching, in_stretches

rows = st.lists(st.tuples(st.integers(0, 12), st.sampled_from("248")), max_size=60)
"""Dossiers with the status that each row says, oldest first."""
conditions = st.sampled_from(["status = '2'", "status IN ('2', '4')", "1"])
"""For what is wanted, or for more: the reader leaves out what is not."""


@settings(max_examples=30)
@example([(0, "2"), (0, "4"), (1, "2")], (1, -1, 0), ("status = '2'", "status = '2'"))
@given(rows, st.tuples(st.integers(1, 6), st.integers(-1, 12), st.integers(0, 2)), st.tuples(conditions, conditions))
def test_of_each_dossier_the_newest_row_decides(
    client: Client, said: list[tuple[int, str]], window: tuple[int, int, int], asked: tuple[str, str]
) -> None:
    limit, after, spare = window
    client.command("TRUNCATE TABLE dossier")
    versions = [[f"H07-{code:02}", status, version] for version, (code, status) in enumerate(said)]
    for part in (versions[::2], versions[1::2]):
        client.insert("dossier", part, ["dossier", "status", "version"])
    newest = {code: status for code, status, _ in versions}
    begins = f"H07-{after:02}" if after >= 0 else ""
    expected = [(code, status) for code, status in sorted(newest.items()) if status == "2" and code > begins]
    with pytest.MonkeyPatch.context() as few:
        few.setattr(stretches, "SPARE", spare)
        found = in_stretches(
            client,
            Stretching(("dossier", "status"), *asked),
            limit,
            {"after": begins},
            lambda rows: [row for row in rows if row[1] == "2"],
        )
    assert found[:limit] == expected[:limit]
    assert found == expected[: len(found)]
