"""What `nhip digest` prints: the issues that were sent, and what would be sent."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from dashboards.alerts.outbox import Outcome
from dashboards.digest.archive import Entry
from dashboards.digest.publishing import Published
from dashboards.naming import moment_name
from deploy.output import say_json, tell

OUTCOMES = {Outcome.SENT: "đã gửi", Outcome.WAITING: "đang gửi", Outcome.UNDELIVERABLE: "không gửi được"}


def name_of(entry: Entry) -> str:
    """`2026-W46/H07.14/2`, and `2026-W46/2` for the province."""
    return "/".join(filter(None, (entry.period.name, entry.agency, str(entry.revision))))


def show_list(entries: Sequence[Entry], *, pure_json: bool) -> None:
    if pure_json:
        say_json([_json(entry) for entry in entries])
        return
    drawn = Table("Bản", "Lập lúc", "Tiêu đề", "Gửi", title=f"Bản tin: {len(entries)}", title_justify="left")
    for entry in entries:
        outcomes = ", ".join(f"{OUTCOMES.get(outcome, outcome)}: {n}" for outcome, n in entry.outcomes.items())
        drawn.add_row(name_of(entry), moment_name(entry.made_at), entry.subject, outcomes or "–")
    Console().print(drawn)


def _json(entry: Entry) -> dict[str, object]:
    return {
        "issue": name_of(entry),
        "period": entry.period.name,
        "agency": entry.agency,
        "revision": entry.revision,
        "made_at": entry.made_at.isoformat(),
        "subject": entry.subject,
        "changes": list(entry.changes),
        "outcomes": {outcome.value: number for outcome, number in entry.outcomes.items()},
    }


def say_planned(planned: Published) -> None:
    tell(f"{'would be issued' if planned.fresh else 'was issued already'}: {planned.issue.subject}")
    for change in planned.issue.changes if planned.fresh else ():
        tell(f"  {change}")
    tell(f"to {', '.join(message.recipient for message in planned.messages)}; nothing was written or sent")
