"""Yearly indices, and their criteria."""

from typing import Annotated, Self

from pydantic import Field

from dashboards.api.given import Asked, Code
from dashboards.api.listed import Cut, Part
from dashboards.api.models import Model
from dashboards.indices import criteria, scores
from metrics.annual import Criterion, Move, Scored, moves


class IndicesAsked(Asked):
    unit: Annotated[Code | None, Field(description="a province or an agency, as it was imported")] = None
    index: Annotated[Code | None, Field(description="par_index, sipas, papi, pci")] = None
    year: Annotated[int | None, Field(ge=1990, le=2299)] = None

    def wants(self, found: Scored | Criterion) -> bool:
        given = ((self.unit, found.unit), (self.index, found.index), (self.year, found.year))
        return all(asked in (None, said) for asked, said in given)


class IndexItem(Model):
    """`rank_change` is positive for the better; `not_comparable` says why a change is not told."""

    index: str
    unit: str
    tier: str
    year: int
    score: float | None
    self_score: float | None
    rank: int | None
    ranked_of: int | None
    score_change: float | None
    rank_change: int | None
    not_comparable: str | None
    published_in: str

    @classmethod
    def of(cls, found: Scored, moved: Move | None) -> Self:
        return cls(
            index=found.index,
            unit=found.unit,
            tier=found.tier,
            year=found.year,
            score=_number(found.score),
            self_score=_number(found.self_score),
            rank=found.rank,
            ranked_of=found.ranked_of,
            score_change=_number(moved.score) if moved else None,
            rank_change=moved.places if moved else None,
            not_comparable=moved.broken.vi if moved and moved.broken else None,
            published_in=found.source,
        )


class CriterionItem(Model):
    """`kpi` are the ids of the live KPIs that feed it, with spaces between."""

    index: str
    unit: str
    year: int
    criterion: str
    name: str
    points: float
    maximum: float
    lost: float
    kpi: str

    @classmethod
    def of(cls, found: Criterion) -> Self:
        return cls(
            index=found.index,
            unit=found.unit,
            year=found.year,
            criterion=found.criterion,
            name=found.title,
            points=float(found.points),
            maximum=float(found.maximum),
            lost=float(found.lost),
            kpi=" ".join(found.kpis),
        )


def index_rows(asked: IndicesAsked, cut: Cut) -> Part[IndexItem]:
    """A change is against the year before, whether that one is asked for or not."""
    return Part([IndexItem.of(found, moved) for found, moved in moves(scores(cut.client)) if asked.wants(found)])


def criterion_rows(asked: IndicesAsked, cut: Cut) -> Part[CriterionItem]:
    return Part([CriterionItem.of(found) for found in criteria(cut.client) if asked.wants(found)])


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
