"""The work itself, on dicts: what the naive contenders do for each event, and the plain loop that measures them all.

Standard library only: the contenders may live in an environment of their own.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

Moved = tuple[str, int]
Totals = dict[str, list[int]]
"""day|agency|procedure|channel → received, received online, resolved with a due date, resolved on time."""

RECEIVED, ONLINE, WITH_DUE, ON_TIME = range(4)
ATTRIBUTES = ("procedure", "channel", "due_at", "recorded_received_at", "recorded_finished_at", "recorded_returned_at")


def fold(state: dict[str, Any], event: dict[str, Any]) -> tuple[list[Moved], list[Moved]]:
    """Brings the state up to the event; what the dossier counted in before it, and what it counts in now."""
    before = counted(state)
    keep(state, event)
    after = counted(state)
    return ([], []) if before == after else (before, after)


def keep(state: dict[str, Any], event: dict[str, Any]) -> None:
    if event["kind"] == "step":
        step = event["status"] + "@" + event["at"]
        steps = state.setdefault("steps", [])
        if step not in steps:
            steps.append(step)
    else:
        for name in ATTRIBUTES:
            value = event.get(name)
            if value is not None:
                state[name] = value
    state["agency"] = event["dossier"].partition("-")[0]


def counted(state: dict[str, Any]) -> list[Moved]:
    """The cells and measures that the dossier counts in."""
    if not state:
        return []
    place = f"|{state['agency']}|{state.get('procedure', '')}|{state.get('channel', '')}"
    steps = state.get("steps", ())
    found = []
    received = state.get("recorded_received_at") or first(steps, "2@")
    if received:
        cell = received[:8] + place
        found.append((cell, RECEIVED))
        if state.get("channel") == "2":
            found.append((cell, ONLINE))
    due = state.get("due_at")
    if due and (resolved := resolved_at(state, steps)):
        cell = resolved[:8] + place
        found.append((cell, WITH_DUE))
        if resolved <= due:
            found.append((cell, ON_TIME))
    return found


def resolved_at(state: dict[str, Any], steps: Iterable[str]) -> str | None:
    return (
        first(steps, "9@")
        or first(steps, "10@")
        or state.get("recorded_finished_at")
        or state.get("recorded_returned_at")
    )


def first(steps: Iterable[str], status: str) -> str | None:
    """The earliest moment of a status."""
    return min((step[len(status) :] for step in steps if step.startswith(status)), default=None)


def plain(lines: Iterable[bytes]) -> Totals:
    """The floor that everything is measured by: a loop over dicts that keeps nothing."""
    dossiers: dict[str, dict[str, Any]] = {}
    totals: Totals = {}
    for line in lines:
        event = json.loads(line)
        before, after = fold(dossiers.setdefault(event["dossier"], {}), event)
        for cell, measure in before:
            totals[cell][measure] -= 1
        for cell, measure in after:
            totals.setdefault(cell, [0, 0, 0, 0])[measure] += 1
    return without_nothing(totals)


def without_nothing(totals: Totals) -> Totals:
    return {cell: counts for cell, counts in totals.items() if any(counts)}


def differences(totals: Totals, expected: Totals) -> Iterator[str]:
    for cell in sorted(totals.keys() | expected.keys()):
        if totals.get(cell) != expected.get(cell):
            yield f"{cell}: {totals.get(cell)} instead of {expected.get(cell)}"
