"""Services without dossiers, and procedures whose dossiers became many more or fewer."""

from collections import Counter
from collections.abc import Sequence

from dashboards.digest.model import Jump, Unused
from dashboards.services import Service
from metrics.noise import Difference, of_counts
from metrics.period import Period

MOST = 3


def unused(found: Sequence[Service]) -> Unused:
    """Of the online ones, by the field they belong to."""
    online = [service for service in found if service.online]
    without = [service for service in online if not service.used]
    fields = Counter(service.field_name or service.field or service.procedure for service in without)
    most = sorted(fields.items(), key=lambda item: (-item[1], item[0]))
    return Unused(len(without), len(online), tuple(most[:MOST]))


def jumps(now: Sequence[Service], period: Period, before: Sequence[Service], earlier: Period) -> tuple[Jump, ...]:
    """Largest first; only what is more than chance."""
    then, days = {service.procedure: service.received for service in before}, (_days(period), _days(earlier))
    found = [
        Jump(service.procedure, service.name, service.received, then.get(service.procedure, 0))
        for service in now
        if of_counts(service.received, days[0], then.get(service.procedure, 0), days[1]) is Difference.REAL
    ]
    return tuple(sorted(found, key=lambda jump: (-abs(jump.now - jump.before), jump.procedure))[:MOST])


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1
