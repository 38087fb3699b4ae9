"""What every alert sees at a moment. Stale or missing data is no reading at all, whatever the figure would say."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency
from dashboards.ages import as_of, topics
from dashboards.alerts import others
from dashboards.alerts.drifting import Drifting
from dashboards.alerts.figures import FAILED, seen
from dashboards.alerts.spans import Span, span
from dashboards.alerts.watched import Watched
from dashboards.pipeline import Progress, progress
from dashboards.units import turns_of
from metrics.alerting.alert import Seen, Sight
from metrics.alerting.threshold import Measured
from metrics.civil import civil
from metrics.errors import Unavailable
from metrics.kpi import Kpi


@dataclass(frozen=True, slots=True)
class Moment:
    """When, with which agencies, how far the data is, and which streams do not move."""

    now: datetime
    known: Mapping[str, Agency]
    progress: Sequence[Progress]
    stuck: frozenset[str] = frozenset()


class Looker:
    def __init__(self, client: Client, drifting: Drifting) -> None:
        self._client, self._drifting = client, drifting

    def look(
        self, alerts: Sequence[Watched], known: Mapping[str, Agency], now: datetime, stuck: frozenset[str]
    ) -> dict[str, Seen]:
        """By alert. Unavailable where nothing at all can be asked."""
        moment = Moment(now, known, progress(self._client), stuck)
        today = civil(now).date()
        kpis = {each: span(each.rule.threshold, today) for each in alerts if each.subject and each.subject.kpi}
        found = seen(self._client, kpis, known, turns_of(self._client)) if kpis else {}
        found = {each.alert: fresh(each, kpis[each], found[each.alert], moment) for each in kpis}
        return found | self._others([each for each in alerts if each not in kpis], moment)

    def _others(self, alerts: Sequence[Watched], moment: Moment) -> dict[str, Seen]:
        found = dict.fromkeys((each.alert for each in alerts), FAILED)
        lists = [each for each in alerts if each.rule.threshold.subject in others.WINDOWS]
        if lists:
            with suppress(Unavailable):
                counts = others.late(self._client, moment.now, moment.known, {each.agency for each in lists})
                found |= {
                    each.alert: _moving(counts[each.rule.threshold.subject, each.agency], moment) for each in lists
                }
        for each in alerts:
            with suppress(Unavailable):
                found[each.alert] = self._other(each.rule.threshold.subject, moment) or found[each.alert]
        return found

    def _other(self, subject: str, moment: Moment) -> Seen | None:
        match subject:
            case "data_age":
                return others.data_age(moment.progress, moment.now)
            case "dead_letter_share":
                return others.dead_letter_share(self._client)
            case "drift":
                return self._drifting.seen(moment.now)
            case _:
                return None


def fresh(each: Watched, asked: Span, found: Seen, moment: Moment) -> Seen:
    """A running period's figure grows stale by its own freshness; one that is over needs data from beyond it."""
    kpi = each.subject.kpi if each.subject else None
    if found.away is not None or kpi is None:
        return found
    at = as_of(kpi, moment.progress)
    change = each.rule.threshold.measured is Measured.CHANGE
    old = at is None or (civil(at).date() <= asked.now.last if change else _stale(kpi, at, moment.now))
    stopped = any(topic in moment.stuck for topic in topics(kpi))
    return replace(found, away=Sight.NO_DATA) if old or stopped else found


def _stale(kpi: Kpi, at: datetime, now: datetime) -> bool:
    return now - at > timedelta(seconds=kpi.freshness)


def _moving(found: Seen, moment: Moment) -> Seen:
    """Lists of late dossiers do not age by themselves, but with the stream of their steps standing still they do."""
    return replace(found, away=Sight.NO_DATA) if moment.stuck or not moment.progress else found
