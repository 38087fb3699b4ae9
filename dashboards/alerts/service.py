"""The evaluator's work, beat by beat: look, write what is to be sent, send it, say that we live.

Where the store is away nothing can be looked at or remembered. After a while those concerned are told directly, once;
the heartbeat stays out in any case, and whoever watches it from outside raises the alarm.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx2
from clickhouse_connect.driver.client import Client

from dashboards.agencies import agencies
from dashboards.alerts.evaluator import Evaluator, Sighted
from dashboards.alerts.lease import Lease
from dashboards.alerts.outbox import Carrier, Message, Outbox
from metrics.civil import civil
from metrics.errors import Unavailable

log = logging.getLogger("nhip.alerts")

HEARTBEAT_EVERY = timedelta(seconds=60)
HEARTBEAT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """`every`: between looks. `outage`: after which the store's absence is told to `usual`. No heartbeat: empty."""

    every: timedelta
    outage: timedelta
    usual: tuple[str, ...]
    heartbeat: str = field(default="", repr=False)


@dataclass(slots=True)
class Service:
    """Call `beat` every few seconds. All that must survive a restart is in the store.

    `also` is what else is done at each look. With `hand_over` no alert is sent: Grafana tells what it is given.
    """

    client: Client
    lease: Lease
    evaluator: Evaluator
    outbox: Outbox
    courier: Carrier
    clock: Callable[[], datetime]
    plan: Plan
    also: Sequence[Callable[[datetime], None]] = ()
    hand_over: Callable[[Sequence[Sighted], datetime], None] | None = None
    _looked: datetime | None = None
    _beaten: datetime | None = None
    _away: datetime | None = None
    _away_told: bool = False
    _ours: bool = False

    def beat(self) -> None:
        now = self.clock()
        try:
            self._work(now)
        except Unavailable as error:
            log.warning("%s", error)
            self._missed(now)
        else:
            self._back(now)

    def _work(self, now: datetime) -> None:
        ours = self.lease.held()
        if ours and not self._ours:
            self.evaluator.forget()
        self._ours = ours
        if not ours:
            return
        looks = self._looked is None or not timedelta(0) <= now - self._looked < self.plan.every
        if looks:
            self._look(now)
        self._send(now)
        if looks:
            self._besides(now)

    def _look(self, now: datetime) -> None:
        found = self.evaluator.evaluate(now)
        self._looked = now
        if self.hand_over is None:
            self.outbox.write(agencies(self.client, civil(now).date()), now)
        else:
            self.hand_over(found.sighted, now)
            self.outbox.leave(now)
        self.lease.looked(now, found.alerts, found.seconds)
        self._heartbeat(now)

    def _besides(self, now: datetime) -> None:
        """What fails here is tried again at the next look, and holds up no alert."""
        for work in self.also:
            try:
                work(now)
            except Unavailable as error:
                log.warning("%s", error)

    def _send(self, now: datetime) -> None:
        for message in self.outbox.due(now):
            if not self.lease.held():
                return
            failure = self.courier.send(message)
            self.outbox.record(message.tried(failure, self.clock()), self.clock())
            if failure is not None:
                log.warning("message %s to %s: %s", message.key, message.recipient, failure)

    def _heartbeat(self, now: datetime) -> None:
        if not self.plan.heartbeat or (self._beaten and timedelta(0) <= now - self._beaten < HEARTBEAT_EVERY):
            return
        self._beaten = now
        try:
            httpx2.get(self.plan.heartbeat, timeout=HEARTBEAT_SECONDS).raise_for_status()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            log.warning("the heartbeat was not taken: %s", type(error).__name__)

    def _missed(self, now: datetime) -> None:
        """Told by those alone who evaluated before: others would tell it, too."""
        self._away = min(self._away or now, now)
        if self._ours and not self._away_told and now - self._away >= self.plan.outage:
            self._away_told = True
            self._directly("nhip: không đánh giá được cảnh báo", "Kho dữ liệu không trả lời.", now)

    def _back(self, now: datetime) -> None:
        if self._away_told:
            self._directly("nhip: cảnh báo hoạt động trở lại", "Kho dữ liệu đã trả lời.", now)
        self._away, self._away_told = None, False

    def _directly(self, subject: str, text: str, now: datetime) -> None:
        since = civil(self._away or now)
        said = f"{text}\nTừ lúc: {since:%d/%m/%Y %H:%M}. Trong thời gian này không có cảnh báo nào được xét."
        for recipient in self.plan.usual:
            key = f"outage-{since:%Y%m%d%H%M%S}-{recipient}"
            failure = self.courier.send(Message(key, recipient, now, (), subject, said, now))
            if failure is not None:
                log.error("nobody could be told that the store is away: %s: %s", recipient, failure)
