"""A threshold as somebody set it: from when on, by whom, why. Changing it makes another revision."""

from dataclasses import dataclass
from datetime import datetime

from metrics.alerting.threshold import Threshold


@dataclass(frozen=True, slots=True)
class Rule:
    """`revision` counts from 1, over all changes of the threshold of that id."""

    threshold: Threshold
    revision: int
    at: datetime
    actor: str
    why: str
