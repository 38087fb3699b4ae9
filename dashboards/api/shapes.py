"""The rows of lists: each is flat, so that the same value is an item of the API and a row of an export."""

from datetime import date, datetime
from typing import Self

from dashboards.agencies import Agency
from dashboards.api.models import DossierItem, Model, facts, told
from dashboards.late import Late
from dashboards.league import Row, few
from dashboards.services import KINDS, Service
from dashboards.tally import reaches, turn


class AgencyItem(Model):
    """An agency as it was on a day."""

    agency: str
    name: str | None
    parent: str | None
    tier: str | None
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, agency: Agency) -> Self:
        return cls.model_validate(agency)


class LeagueItem(Model):
    """A row of the league. `rank` is null where there are too few cases.

    `change` is against a year before; null where `breaks` says why the two may not be compared. `reached` is null where
    there is no target, or too few cases; `turn` goes by what is displayed.
    """

    rank: int | None
    agency: str
    name: str | None
    tier: str | None
    numerator: int | float | None
    denominator: int | float | None
    value: float | int | None
    display: str
    few: bool
    before: float | int | None
    change: float | int | None
    turn: str
    reached: bool | None
    breaks: str | None

    @classmethod
    def of(cls, row: Row, target: float | None) -> Self:
        return cls(
            rank=row.rank,
            agency=row.agency.agency,
            name=row.agency.name,
            tier=row.agency.tier,
            numerator=row.reading.numerator,
            denominator=row.reading.denominator,
            value=row.reading.value,
            display=row.reading.display,
            few=few(row.reading),
            before=row.before.value if row.before else None,
            change=row.change,
            turn=turn(row),
            reached=reaches(row.reading, target),
            breaks=told(row.breaks),
        )


class ServiceItem(Model):
    """A service in force on the period's last day, and what it received in the period."""

    procedure: str
    name: str | None
    field: str | None
    field_name: str | None
    authority: str | None
    level: str | None
    online: bool
    one_stop: bool
    interlinked: bool
    electronic_process: bool
    by_post: bool
    has_fee: bool
    received: int
    received_online: int
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, service: Service) -> Self:
        kinds = {kind: kind in service.kinds for kind in KINDS}
        said = {name: getattr(service, name) for name in cls.model_fields if name not in kinds}
        return cls.model_validate(said | kinds)


class LateItem(DossierItem):
    """An open dossier; the last step and its moment tell how long it has lain still."""

    status: str | None
    last_step: str | None
    last_step_at: datetime | None

    @classmethod
    def of(cls, late: Late) -> Self:
        return cls(**facts(late.item), status=late.status, last_step=late.last_step, last_step_at=late.last_step_at)


class DeadItem(Model):
    """A line that could not be read."""

    kind: str
    source: str
    line: int
    reason: str
