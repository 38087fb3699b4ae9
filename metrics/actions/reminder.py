"""When somebody is reminded of an action: 7, 3 and 1 days before it is due, and the day after."""

from datetime import date, timedelta

from metrics.actions.action import Action

BEFORE = (7, 3, 1)
OVERDUE = -1
"""Days to go on the day after."""


def stage(action: Action, known_since: date, today: date) -> int | None:
    """The reminder that is at its time, by its days to go; None where there is none.

    Of several that were missed only the last counts, and none that was past before the date was known.
    """
    if action.ended:
        return None
    left = (action.due - today).days
    reached = [days for days in (*BEFORE, OVERDUE) if left <= days]
    if not reached or action.due - timedelta(days=reached[-1]) < known_since:
        return None
    return reached[-1]
