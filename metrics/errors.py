"""What can go wrong, and what follows.

NhipError
├── Rejected        this line only: a dead letter with file, line and reason; never retried
├── Unavailable     a neighbour is away: wait and try again; never acknowledge
├── Misconfigured   at start or in a question: every problem listed, exit status 2
└── Refused         what was asked for cannot be had or done as things stand: nothing was changed, exit status 1
Drift (two readings disagree) is a finding to show and alert, not an exception.
"""

from collections.abc import Iterable


class NhipError(Exception):
    """Anything nhip can explain. Its text says what to do next."""


class Rejected(NhipError):
    """One input line cannot be used; the reason is safe to show (it quotes no input)."""


class Unavailable(NhipError):
    """A neighbour (broker, store, source) does not answer; the same call may work later."""


class Misconfigured(NhipError):
    """Settings or arguments are wrong; `problems` holds all of them."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Refused(NhipError):
    """What was asked for cannot be had or done as things stand, and nothing was changed; the text says why."""
