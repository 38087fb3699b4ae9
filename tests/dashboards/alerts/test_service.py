"""Beat by beat over a real store: one message a transition, whatever happens in between."""

from datetime import timedelta
from functools import partial

import pytest

from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.handing import hand_over
from dashboards.alerts.lease import Lease
from dashboards.alerts.maintenance import Maintenance
from dashboards.alerts.outbox import MOST_ATTEMPTS, Message, Outbox, Outcome, Routes
from dashboards.alerts.rules import Rules
from dashboards.alerts.service import Plan, Service
from dashboards.alerts.states import States
from dashboards.auth.rows import Rows
from dashboards.store import connect
from metrics.alerting.now import Policy
from metrics.alerting.windows import Once
from metrics.errors import Unavailable
from tests.dashboards.alerts.test_evaluator import MINUTE, MONDAY, Watch, rate
from tests.support.province import arrived, counted

ROUTES = Routes({"soc": 1, "lanh-dao": 2}, ("soc",), ("lanh-dao",))
STEP = timedelta(seconds=30)


class Letters:
    """A courier that keeps what it was given; while `failing`, nothing is taken."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.failing = False
        self.dies = False

    def send(self, message: Message) -> str | None:
        if not self.failing:
            self.sent.append(message)
        if self.dies:
            raise KeyboardInterrupt
        return "nobody at home" if self.failing else None


class Night:
    """A province with an alert to come, and services over it that share a clock."""

    def __init__(self, url: str) -> None:
        self.url, self.letters, self.now = url, Letters(), MONDAY
        self.watch = Watch(url, rate(hold=timedelta(0), calm=timedelta(0)))
        self.bad()

    def bad(self) -> None:
        counted(self.watch.client, MONDAY.date(), "H07.1", 10, 4)

    def good(self) -> None:
        counted(self.watch.client, MONDAY.date(), "H07.1", 10, 9)

    def service(self, name: str = "one", routes: Routes = ROUTES, conditions: Conditions | None = None) -> Service:
        rows, client = Rows(self.url), connect(self.url)
        evaluator = Evaluator(client, Rules(rows, lambda: self.now), States(rows), conditions or Conditions())
        outbox = Outbox(rows, routes, "http://board.vn")
        lease = Lease(rows, name, settling=0)
        return Service(
            client, lease, evaluator, outbox, self.letters, lambda: self.now, Plan(STEP, 3 * MINUTE, ("soc",))
        )

    def beat(self, service: Service, times: int = 1) -> None:
        for _ in range(times):
            arrived(self.watch.client, self.now)
            service.beat()
            self.now += STEP

    def subjects(self) -> list[str]:
        return [message.subject.split(" – ")[0].removeprefix("nhip: ") for message in self.letters.sent]

    def outcomes(self) -> list[tuple[str, str]]:
        return self.watch.rows.ask("SELECT recipient, outcome FROM alert_message FINAL ORDER BY made_at, recipient")


@pytest.fixture
def night(clickhouse) -> Night:
    return Night(clickhouse)


def test_one_message_a_transition_through_restarts(night):
    for _ in range(4):
        night.beat(night.service())
    night.good()
    for _ in range(4):
        night.beat(night.service())
    assert night.subjects() == ["Cảnh báo mới", "Đã hết"]
    (fired, _) = night.letters.sent
    for part in FIRED:
        assert part in fired.body


FIRED = (
    "40,0 % (4/10)",
    "dưới 50 %",
    "Từ lúc: 2/11/2026 09:00",
    "Người đặt: soc",
    "lý do: thử",
    "Việc cần làm",
    "http://board.vn/kpi/online_submission_rate/dossiers?period=2026-11&agency=H07&counted=false",
)


def test_where_grafana_delivers_nhip_looks_shows_and_sends_nothing(night):
    by_grafana = night.service()
    by_grafana.hand_over = partial(hand_over, night.watch.rows)
    night.beat(by_grafana, 3)
    assert night.letters.sent == []
    assert night.outcomes() == [("", "handed")]
    question = "SELECT agency, level, breach_ratio FROM alert_reading FINAL"
    assert night.watch.rows.ask(question) == [("H07", "act", 1.25)]
    night.good()
    night.beat(by_grafana, 3)
    assert night.watch.rows.ask(question)[0][2] < 1
    night.bad()
    by_grafana.hand_over = None  # from now on nhip delivers: what Grafana told is not told again
    night.beat(by_grafana, 3)
    assert night.subjects() == ["Cảnh báo mới"]


def test_killed_between_sending_and_recording_it_is_sent_again_under_the_same_key(night):
    night.letters.dies = True
    with pytest.raises(KeyboardInterrupt):
        night.beat(night.service())
    night.letters.dies = False
    night.now += STEP
    night.beat(night.service(), 3)
    assert len(night.letters.sent) == 2
    assert len({message.key for message in night.letters.sent}) == 1
    assert night.outcomes() == [("soc", "sent")]


def test_killed_between_the_transition_and_its_message_it_is_told_all_the_same(night):
    arrived(night.watch.client, night.now)
    night.watch.evaluator.evaluate(night.now)
    night.beat(night.service(), 2)
    assert night.subjects() == ["Cảnh báo mới"]


def test_two_evaluators_never_send_twice(night):
    one, two = night.service("a"), night.service("b")
    for _ in range(3):
        night.beat(one)
        night.beat(two)
    assert night.subjects() == ["Cảnh báo mới"]
    one.lease.leave()
    night.good()
    night.beat(two, 2)
    assert night.subjects() == ["Cảnh báo mới", "Đã hết"]


def test_what_cannot_be_sent_is_tried_ever_later_then_given_up_and_passed_on(night):
    night.letters.failing = True
    service = night.service()
    night.beat(service)
    tries = []
    for _ in range(MOST_ATTEMPTS):
        night.now += timedelta(minutes=31)
        night.beat(service)
        tries.append(
            night.watch.rows.ask("SELECT max(attempts) FROM alert_message FINAL WHERE recipient = 'soc'")[0][0]
        )
    assert tries[-1] == MOST_ATTEMPTS
    assert ("soc", Outcome.UNDELIVERABLE.value) in night.outcomes()
    night.letters.failing = False
    night.now += timedelta(minutes=31)
    night.beat(service, 2)
    assert {message.recipient for message in night.letters.sent if "không gửi được" in message.subject} == {
        "lanh-dao", "lanh-dao/2",
    }  # fmt: skip


def test_what_nobody_takes_on_is_passed_on(night):
    service = night.service()
    night.beat(service)
    night.now += timedelta(minutes=31)
    night.beat(service)
    first, *then = night.letters.sent
    assert (first.recipient, "Cảnh báo mới" in first.subject) == ("soc", True)
    assert sorted(message.recipient for message in then) == ["lanh-dao", "lanh-dao/2", "soc"]
    assert all("Chưa ai nhận" in message.subject for message in then)


def test_a_maintenance_window_keeps_messages_back_and_not_for_ever(night):
    window = Once(MONDAY, MONDAY + 10 * MINUTE)
    service = night.service(conditions=Conditions(Policy(), (window,)))
    night.beat(service, 10)
    assert night.subjects() == []
    night.now = window.last
    night.beat(service)
    assert night.subjects() == ["Nhắc lại"]


def test_a_window_that_is_set_while_it_runs_holds_from_the_next_look_on(night):
    planned = Maintenance(night.watch.rows, lambda: night.now)
    service = night.service(conditions=Conditions(planned=planned.windows))
    planned.add("2026-11-02 09:00/2026-11-02 10:00", "bien-tap", "nâng cấp")
    night.beat(service, 3)
    assert night.subjects() == []
    planned.remove("2026-11-02 09:00/2026-11-02 10:00", "bien-tap", "xong sớm")
    night.beat(service)
    assert night.subjects() == ["Nhắc lại"]


def test_what_is_done_beside_the_looks_holds_up_no_alert(night):
    def fails(_at):
        raise Unavailable("too long")

    service, done = night.service(), []
    service.also = (fails, done.append)
    night.beat(service, 2)
    assert (night.subjects(), len(done)) == (["Cảnh báo mới"], 2)


def test_without_anybody_to_tell_it_stands_on_the_page(night):
    night.beat(night.service(routes=Routes({}, (), ())), 2)
    assert (night.letters.sent, night.outcomes()) == ([], [("", "nobody")])


def test_many_alerts_at_once_are_one_message(clickhouse):
    night = Night(clickhouse)
    for agency in ("H07.1", "H07.2"):
        night.watch.rules.put(rate(agency=agency, hold=timedelta(0)), "soc", "thử")
    counted(night.watch.client, MONDAY.date(), "H07.2", 10, 1)
    night.beat(night.service(), 2)
    (message,) = night.letters.sent
    assert message.subject == "nhip: 3 cảnh báo mới"
    assert message.body.count("●") == 3


def test_a_store_that_is_away_is_told_once_and_its_return_too(night, monkeypatch):
    service = night.service()
    night.good()
    night.beat(service)
    held = service.lease.held

    def away() -> bool:
        raise Unavailable("the store does not answer")

    service.lease.held = away
    night.beat(service, 20)
    service.lease.held = held
    night.beat(service, 2)
    assert night.subjects() == ["không đánh giá được cảnh báo", "cảnh báo hoạt động trở lại"]
