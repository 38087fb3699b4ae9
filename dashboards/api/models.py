"""The shapes of the API's answers, as OpenAPI shows them."""

from datetime import date, datetime
from typing import Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from dashboards.behind import Behind
from dashboards.change import breaks
from dashboards.figures import Reading
from dashboards.items import Item
from dashboards.parts import Part
from metrics.breaks import Break
from metrics.kpi import Kpi
from metrics.words import Text

T = TypeVar("T")


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True, serialize_by_alias=True)


class Problem(Model):
    """What went wrong, and with which parameter."""

    error: str
    field: str | None


class KpiItem(Model):
    """One figure. A ratio over nothing has no value."""

    kpi: str
    version: int
    period: str
    agency: str | None
    procedure: str | None
    channel: str | None
    numerator: int | float | None
    denominator: int | float | None
    value: float | int | None
    display: str

    @classmethod
    def of(cls, reading: Reading) -> Self:
        return cls(**reading.json())


class PointItem(KpiItem):
    """A figure of a series; `breaks` says why it may not be compared with the one before it."""

    breaks: str | None

    @classmethod
    def after(cls, before: Reading | None, reading: Reading, turns: tuple[Break, ...]) -> Self:
        return cls(**reading.json(), breaks=told(breaks(reading, before, turns)))


class PartItem(KpiItem):
    """A figure of a part of its period, from `first` to `last`; `breaks` says what lies before the part."""

    first: date
    last: date
    breaks: str | None

    @classmethod
    def of_part(cls, part: Part) -> Self:
        span = part.reading.scope.period
        return cls(**part.reading.json(), first=span.first, last=span.last, breaks=told(part.breaks))


def told(found: tuple[Break, ...]) -> str | None:
    """`2025-07-01 reform`, several with semicolons between."""
    return "; ".join(f"{each.day.isoformat()} {each.why.value}" for each in found) or None


class DossierItem(Model):
    """A dossier of a list. Moments are civil time of Vietnam, with their offset."""

    dossier: str
    procedure: str | None
    agency: str
    channel: str | None
    received_at: datetime | None
    due_at: datetime | None
    resolved_at: datetime | None


class BehindItem(DossierItem):
    """`counted`: whether it is in the numerator."""

    counted: bool

    @classmethod
    def of(cls, found: Behind) -> Self:
        return cls(**facts(found.item), counted=found.counted)


class Page(Model, Generic[T]):
    """A part of a list; `next` is the cursor where it goes on, null at its end."""

    items: list[T]
    next: str | None


class Words(Model):
    vi: str
    en: str


class Definition(Model):
    """A KPI's declaration."""

    kpi: str
    version: int
    family: str
    title: Words
    source: str
    in_force: tuple[date | None, date | None]
    unit: str
    better: Literal["higher", "lower"]
    means: Words
    by: list[str]
    freshness: int
    target: float | None
    target_source: str | None

    @classmethod
    def of(cls, kpi: Kpi, means: Text) -> Self:
        return cls(
            kpi=kpi.id,
            version=kpi.version,
            family=kpi.family.id,
            title=words(kpi.title),
            source=kpi.source.act,
            in_force=kpi.source.in_force,
            unit=kpi.unit.value,
            better=kpi.better.value,
            means=words(means),
            by=sorted(kpi.dimensions()),
            freshness=kpi.freshness,
            target=None if kpi.target is None else kpi.target.value,
            target_source=None if kpi.target is None else kpi.target.source.act,
        )


def words(text: Text) -> Words:
    return Words(vi=text.vi, en=text.en)


def facts(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in DossierItem.model_fields}
