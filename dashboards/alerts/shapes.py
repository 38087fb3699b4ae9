"""Thresholds and alerts as the API and the commands give them."""

from datetime import date, datetime
from typing import Any, Self

from dashboards.alerts.preview import Course, Preview
from dashboards.alerts.readings import Said
from dashboards.alerts.rules import Change, What
from dashboards.alerts.standing import Happened, Row
from dashboards.alerts.words import limits, title
from dashboards.api.models import Model, Words, words
from metrics.alerting.alert import Cause, Kind, Status
from metrics.alerting.rule import Rule
from metrics.alerting.subject import subject
from metrics.alerting.threshold import Threshold
from metrics.civil import civil
from metrics.words import Text


class LimitsItem(Model):
    """What a threshold says. Limits in the KPI's unit, those of a rate in percent; durations in minutes."""

    kpi: str
    version: int
    title: Words
    limits: Words
    direction: str
    measured: str
    act: float
    warn: float | None
    over: str
    agency: str | None
    tier: str | None
    least: int
    hold_minutes: float
    calm_minutes: float
    back: float
    office_hours: bool
    recipients: list[str]

    @classmethod
    def said(cls, threshold: Threshold) -> Self:
        return cls(**fields(threshold))


class ThresholdItem(LimitsItem):
    """One that holds, and who set it why."""

    id: str
    revision: int
    at: datetime
    actor: str
    why: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        return cls(
            id=rule.threshold.id,
            revision=rule.revision,
            at=civil(rule.at),
            actor=rule.actor,
            why=rule.why,
            **fields(rule.threshold),
        )


class ChangeItem(Model):
    """One change. `before` is null where there was none, `after` where it was withdrawn."""

    id: str
    revision: int
    at: datetime
    actor: str
    what: What
    before: LimitsItem | None
    after: LimitsItem | None
    why: str

    @classmethod
    def of(cls, change: Change) -> Self:
        before, after = (LimitsItem.said(each) if each else None for each in (change.before, change.after))
        return cls(
            id=change.id,
            revision=change.revision,
            at=civil(change.at),
            actor=change.actor,
            what=What(change.what),
            before=before,
            after=after,
            why=change.why,
        )


class FiredItem(Model):
    """One alert that would have been; `until` is null where it would still be open."""

    agency: str | None
    at: datetime
    until: datetime | None
    level: str
    period: str
    shown: str


class DayItem(Model):
    agency: str | None
    day: date
    value: float | None
    shown: str
    level: str


class PreviewItem(LimitsItem):
    """What the threshold would have done between two days, both included."""

    first: date
    last: date
    alerts: int
    fired: list[FiredItem]
    days: list[DayItem]

    @classmethod
    def of(cls, preview: Preview) -> Self:
        return cls(
            **fields(preview.threshold),
            first=preview.first,
            last=preview.last,
            alerts=preview.alerts,
            fired=[item for course in preview.courses for item in _fired(course)],
            days=[item for course in preview.courses for item in _days(course)],
        )


class AlertItem(Model):
    """One alert. `status` says whether its subject can be seen now, `phase` how it stands apart from that."""

    alert: str
    threshold: str
    title: Words
    limits: Words
    agency: str | None
    status: Status
    phase: Status
    level: str
    since: datetime | None
    shown: str
    actor: str
    link: str

    @classmethod
    def of(cls, row: Row) -> Self:
        rule, state = row.watched.rule, row.state
        return cls(
            alert=row.watched.alert,
            threshold=rule.threshold.id,
            title=words(title(rule.threshold)),
            limits=words(limits(rule.threshold)),
            agency=row.watched.agency,
            status=row.status,
            phase=row.phase,
            level=state.level.name.lower(),
            since=civil(state.since) if state.since else None,
            shown=row.shown,
            actor=row.actor,
            link=row.link,
        )


class HappenedItem(Model):
    at: datetime
    kind: Kind
    level: str
    threshold: str
    agency: str | None
    shown: str
    actor: str
    cause: Cause | None

    @classmethod
    def of(cls, happened: Happened) -> Self:
        return cls(
            at=civil(happened.at),
            kind=happened.kind,
            level=happened.level.name.lower(),
            threshold=happened.rule.threshold.id,
            agency=happened.agency,
            shown=happened.shown,
            actor=happened.actor,
            cause=happened.cause,
        )


class ReadingItem(Model):
    """What the board said at a moment: `value` in the figure's unit, of a rate in percent; null without one."""

    kpi: str
    version: int
    title: Words
    period: str
    at: datetime
    value: float | None
    shown: str

    @classmethod
    def of(cls, said: Said) -> Self:
        about = subject(said.subject, said.version)
        return cls(
            kpi=said.subject,
            version=said.version,
            title=words(about.title if about else Text(said.subject, said.subject)),
            period=said.seen.period,
            at=civil(said.at),
            value=None if said.seen.value is None else float(said.seen.value),
            shown=said.seen.shown,
        )


def fields(threshold: Threshold) -> dict[str, Any]:
    return {
        "kpi": threshold.subject,
        "version": threshold.version,
        "title": words(title(threshold)),
        "limits": words(limits(threshold)),
        "direction": threshold.direction.value,
        "measured": threshold.measured.value,
        "act": float(threshold.act),
        "warn": None if threshold.warn is None else float(threshold.warn),
        "over": threshold.over,
        "agency": threshold.agency,
        "tier": threshold.tier,
        "least": threshold.least,
        "hold_minutes": threshold.hold.total_seconds() / 60,
        "calm_minutes": threshold.calm.total_seconds() / 60,
        "back": float(threshold.back),
        "office_hours": threshold.open_only,
        "recipients": list(threshold.recipients),
    }


def _fired(course: Course) -> list[FiredItem]:
    over = {each.episode: civil(each.at) for each in course.happened if each.kind is Kind.RESOLVED}
    return [
        FiredItem(
            agency=course.agency,
            at=civil(each.at),
            until=over.get(each.episode),
            level=each.level.name.lower(),
            period=each.period,
            shown=each.shown,
        )
        for each in course.fired
    ]


def _days(course: Course) -> list[DayItem]:
    return [
        DayItem(
            agency=course.agency,
            day=each.day,
            value=None if each.seen.value is None else float(each.seen.value),
            shown=each.seen.shown,
            level=each.level.name.lower(),
        )
        for each in course.days
    ]
