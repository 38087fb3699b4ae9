"""How long answers took, as counts in buckets of equal ratio: small, and added up without losing anything.

A quantile read from the buckets is within `ERROR` of the exact one, whatever was merged in whatever order: minutes,
partitions, years. Times are in milliseconds. The scheme is the one of DDSketch (Masson, Rim, Lee 2019).
"""

import math
from collections.abc import Mapping

ERROR = 0.01
"""Relative, for times of a millisecond and more; shorter ones are told apart no further."""

UNTOLD = 0
"""Where the log does not say how long it took."""

_RATIO = (1 + ERROR) / (1 - ERROR)
_LOG = math.log(_RATIO)
_SHORT = 1  # less than a millisecond
_FIRST = 2  # one millisecond

LAST = 1023
LONGEST = _RATIO ** (LAST - _FIRST)
"""In milliseconds: more than a week."""


def bucket(time: float) -> int:
    """Where a time of at most `LONGEST` is counted."""
    return _SHORT if time < 1 else min(_FIRST + math.ceil(math.log(time) / _LOG), LAST)


def middle(number: int) -> float:
    """The time that stands for all in the bucket: none of them is further from it than `ERROR`."""
    return 0.0 if number == _SHORT else 2 * _RATIO ** (number - _FIRST) / (_RATIO + 1)


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The time that this share of the answers did not exceed; None where there were none."""
    left = max(1, math.ceil(share * sum(counts.values())))
    for number in sorted(counts):
        left -= counts[number]
        if left <= 0:
            return middle(number)
    return None
