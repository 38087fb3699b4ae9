"""`/api/v1/calendar`: a year of the working calendar."""

from datetime import date
from typing import Annotated, Self

from fastapi import APIRouter, Query, Request, Response

from dashboards.api.answers import answered
from dashboards.api.given import Asked
from dashboards.api.models import Model, Words, words
from dashboards.board import Given
from dashboards.calendar import Year, of_year
from metrics.calendar import FIRST_DAY, LAST_DAY, Kind

router = APIRouter()


class CalendarAsked(Asked):
    year: Annotated[int, Query(ge=FIRST_DAY.year, le=LAST_DAY.year)]


class HoursItem(Model):
    """Working hours from a day on, such as 7:00-11:30, 13:30-17:00."""

    valid_from: date
    hours: str
    why: str


class DayItem(Model):
    """A day that was decided about. `half-morning` is worked in the morning only; `swap` is worked, or off, instead."""

    day: date
    kind: Kind
    swap: date | None
    name: Words
    why: str
    provisional: bool


class CalendarItem(Model):
    """All other days are as every week: Monday to Friday. `provisional`: nobody has decided about any day yet."""

    year: int
    provisional: bool
    working_days: int
    hours: list[HoursItem]
    days: list[DayItem]

    @classmethod
    def of(cls, found: Year) -> Self:
        days = [
            DayItem(
                day=each.day,
                kind=each.kind,
                swap=each.swap,
                name=words(each.name),
                why=each.why,
                provisional=each.provisional,
            )
            for each in found.days
        ]
        hours = [HoursItem(valid_from=each.valid_from, hours=str(each.hours), why=each.why) for each in found.hours]
        return cls(
            year=found.year, provisional=found.provisional, working_days=found.working_days, hours=hours, days=days
        )


@router.get("/calendar", response_model=CalendarItem)
def calendar(request: Request, asked: Annotated[CalendarAsked, Query()], board: Given) -> Response:
    """The days off, make-up days, half-days and hours of a year, with their sources."""
    read = board.read(("calendar", asked.year), lambda client: of_year(client, asked.year))
    return answered(request, CalendarItem.of(read.value), read.as_of)
