"""What the demo's own line says, in the last hours of a month: the made-up clock runs ahead of what has been read."""

from datetime import UTC, datetime

from deploy.commands.demo import glance_at
from deploy.feeding import Fed
from metrics.civil import CIVIL


def test_its_figures_are_of_the_month_of_what_was_read(client):
    read = datetime(2026, 11, 30, 16, 7, tzinfo=UTC)
    columns = ["stream", "partition", "next_offset", "newest_at"]
    client.insert("pipeline_progress", [["nhip.dossiers", 0, 5, read]], columns)
    glance = glance_at(client, Fed(9, datetime(2026, 12, 1, 3, tzinfo=CIVIL), {("nhip.dossiers", 0): 7}), 1.0)
    assert {reading.scope.period.name for reading in glance.readings} == {"2026-11"}
    assert (glance.newest, glance.behind) == (read, 2)
