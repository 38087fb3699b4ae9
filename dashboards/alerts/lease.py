"""Who evaluates: one at a time, agreed on through the store and by its clock.

Each evaluator says now and then that it is there; of those seen of late, the one that began first is it. One that was
killed is followed after LEASE. A process that sleeps beyond its lease may still finish a message that it has begun:
keys of transitions and messages are the same for both, so nothing is written twice, and what is sent twice can be told.
"""

from datetime import datetime

from dashboards.auth.rows import Rows

LEASE = 45
"""Seconds after which one that is not heard of is gone."""
SETTLING = 2
"""Seconds until a newcomer counts: then whoever came at the same moment can be seen."""

COMING = """INSERT INTO alert_evaluator SELECT {holder:String}, now64(3, 'UTC'), now64(3, 'UTC'), false"""
STAYING = """INSERT INTO alert_evaluator
    SELECT {holder:String}, min(began), now64(3, 'UTC'), {leaving:Bool} FROM alert_evaluator
    WHERE holder = {holder:String} HAVING count() > 0"""
FIRST = """SELECT holder FROM (SELECT holder, min(began) AS began, max(seen) AS seen, max(leaving) AS leaving
        FROM alert_evaluator GROUP BY holder)
    WHERE NOT leaving AND seen > now64(3, 'UTC') - INTERVAL {lease:UInt32} SECOND
        AND began <= now64(3, 'UTC') - INTERVAL {settling:UInt32} SECOND
    ORDER BY began, holder LIMIT 1"""


class Lease:
    """`holder` is another one for each process. Spans are in seconds."""

    def __init__(self, rows: Rows, holder: str, lease: int = LEASE, settling: int = SETTLING) -> None:
        self._rows, self._holder = rows, holder
        self._spans = {"lease": lease, "settling": settling}
        self._known = False

    def held(self) -> bool:
        """Say that we are here, and ask whether it is us."""
        if self._known:
            self._rows.tell(STAYING, holder=self._holder, leaving=False)
        else:
            self._rows.tell(COMING, holder=self._holder)
            self._known = True
        return self._rows.ask(FIRST, **self._spans) == [(self._holder,)]

    def looked(self, at: datetime, alerts: int, seconds: float) -> None:
        """What the last look was like, for all to see."""
        self._rows.add("alert_look", holder=self._holder, day=at.date(), at=at, alerts=alerts, seconds=seconds)

    def leave(self) -> None:
        """The next one need not wait. This one does not come back."""
        if self._known:
            self._rows.tell(STAYING, holder=self._holder, leaving=True)
