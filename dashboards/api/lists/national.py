"""A period beside what the national portal says: figures with effects, dossiers that differ, what is published."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from dashboards.api.errors import unknown
from dashboards.api.given import LONGEST, Asked, Code, OfPeriod
from dashboards.api.listed import Cut, Part
from dashboards.api.models import Model
from dashboards.api.paging import cursor, place
from dashboards.figures import Scope
from dashboards.national.comparison import compared_of, moves
from dashboards.national.differences import Counts, Named, counts, named
from dashboards.national.gaps import gaps
from dashboards.national.imports import figures
from dashboards.national.pairs import Beside
from metrics.formula import Number
from metrics.national.classes import CLASSES, Difference
from metrics.national.effects import Effects, printed
from metrics.national.published import Published
from metrics.period import parse

MOST_NUMBER = 255


class OfPortal(OfPeriod):
    as_of: Annotated[date | None, Field(description="what reached the portal after that day does not count")] = None

    @property
    def beside(self) -> Beside:
        return Beside(Scope(parse(self.period), self.agency), self.as_of)


class NationalAsked(OfPortal):
    family: Annotated[Code, Field(description="a family of definitions; all: every one that can be compared")] = (
        "headline"
    )


class DifferencesAsked(OfPortal):
    difference: Annotated[Code | None, Field(description="only this class")] = None


class PublishedAsked(Asked):
    period: Annotated[str | None, Field(max_length=LONGEST)] = None


class EffectItem(Model):
    """What a class of difference does to a figure; without a class, the whole gap, which the effects add up to.

    `effect` is in the unit of the value (of a rate, 0.01 is a point); `exact` is the same as a fraction.
    """

    kpi: str
    version: int
    period: str
    agency: str | None
    difference: str | None
    here: float | None
    there: float | None
    effect: float | None
    exact: str | None
    display: str

    @classmethod
    def of(cls, found: Effects, asked: OfPeriod) -> Iterator[Self]:
        for kind, effect in ((None, found.gap), *moves(found)):
            yield cls(
                kpi=found.kpi.id,
                version=found.kpi.version,
                period=asked.period,
                agency=asked.agency,
                difference=kind.id if kind else None,
                here=None if found.here is None else float(found.here),
                there=None if found.there is None else float(found.there),
                effect=None if effect is None else float(effect),
                exact=None if effect is None else str(effect),
                display=printed(found.kpi, effect, sign=True),
            )


class NationalAgencyItem(Model):
    """An agency's dossiers of one class of difference; without a class, all that differ."""

    agency: str
    here: int
    there: int
    uncovered: int
    difference: str | None
    dossiers: int

    @classmethod
    def of(cls, found: Counts) -> Iterator[Self]:
        shared = {name: getattr(found, name) for name in ("agency", "here", "there", "uncovered")}
        yield cls(**shared, difference=None, dossiers=found.differing)
        for each, number in zip(CLASSES, found.of, strict=True):
            if number:
                yield cls(**shared, difference=each.id, dossiers=number)


class DifferenceItem(Model):
    """A dossier that differs, by one class: what each side says. Codes are empty where it is not."""

    difference: str
    dossier: str
    national_code: str
    agency: str
    unit: str
    procedure: str | None
    here: str
    there: str
    synced_at: datetime | None

    @classmethod
    def of(cls, found: Named) -> Self:
        rest = {name: getattr(found, name) for name in cls.model_fields if name != "difference"}
        return cls(difference=found.difference.id, **rest)


class PublishedItem(Model):
    """A figure as the portal published it on a day, unchanged."""

    period: str
    unit: str
    kpi: str
    published_on: date
    numerator: Number | None
    denominator: Number | None
    value: Number | None
    points: Number | None
    flags: str

    @classmethod
    def of(cls, found: Published) -> Self:
        numbers = {
            name: None if (value := getattr(found, name)) is None else float(value)
            for name in ("numerator", "denominator", "value", "points")
        }
        return cls(
            period=found.period,
            unit=found.unit,
            kpi=found.indicator,
            published_on=found.published_on,
            flags=found.flags,
            **numbers,
        )


def effect_rows(asked: NationalAsked, cut: Cut) -> Part[EffectItem]:
    found = gaps(cut.client, asked.beside, compared_of(asked.beside.scope.period, asked.family))
    return Part([item for each in found for item in EffectItem.of(each, asked)])


def agency_rows(asked: OfPortal, cut: Cut) -> Part[NationalAgencyItem]:
    return Part([item for each in counts(cut.client, asked.beside) for item in NationalAgencyItem.of(each)])


def difference_rows(asked: DifferencesAsked, cut: Cut) -> Part[DifferenceItem]:
    kind = None if asked.difference is None else difference_named(asked.difference)
    code, number = place(cut.cursor, str, int) if cut.cursor is not None else ("", 0)
    after = (str(code), min(int(number), MOST_NUMBER))
    items, more = named(cut.client, asked.beside, kind, after, cut.limit)
    return Part([DifferenceItem.of(each) for each in items], more and cursor(more))


def published_rows(asked: PublishedAsked, cut: Cut) -> Part[PublishedItem]:
    name = None if asked.period is None else parse(asked.period).name
    return Part([PublishedItem.of(each) for each in figures(cut.client, name)])


def difference_named(name: str) -> Difference:
    for each in CLASSES:
        if each.id == name:
            return each
    raise unknown("difference", f"no such class; there are {', '.join(each.id for each in CLASSES)}")
