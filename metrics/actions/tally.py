"""How many actions stand how, by agency or by anything else."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from metrics.actions.action import Action, State

Tally = Mapping[State, int]


def tally(actions: Iterable[Action], today: date, key: Callable[[Action], str]) -> dict[str, Tally]:
    """Every state has a number; they add up to the actions of that key."""
    counts = Counter((key(action), action.state(today)) for action in actions)
    return {name: {state: counts[name, state] for state in State} for name in sorted({name for name, _ in counts})}
