"""Parameters that several requests share, and the rules for them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.errors import unknown
from metrics.catalogue import CATALOGUE
from metrics.kpi import Kpi
from metrics.period import FORMS

LONGEST = 200
"""Characters of any code."""
USUAL, MOST = 100, 1000
"""Items of a page."""

Code = Annotated[str, Field(min_length=1, max_length=LONGEST)]
YesNo = Literal["true", "false"]
PeriodName = Annotated[str, Field(max_length=LONGEST, description=FORMS)]


class Asked(BaseModel):
    """Parameters of a request; those that nobody knows are ignored."""

    model_config = ConfigDict(frozen=True)


FamilyName = Annotated[Code | None, Field(description="the definitions of this family; `all`: every one")]


class OfPeriod(Asked):
    period: PeriodName
    agency: Annotated[Code | None, Field(description="this agency and all below it")] = None


class Paged(Asked):
    cursor: Annotated[str | None, Field(max_length=4 * LONGEST, description="`next` of the page before")] = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = USUAL


def kpi_named(name: str) -> Kpi:
    """The newest version."""
    found = [kpi for kpi in CATALOGUE if kpi.id == name]
    if not found:
        raise unknown("kpi", "no such KPI; /api/v1/catalogue lists them")
    return max(found, key=lambda kpi: kpi.version)


def flag(given: YesNo | None) -> bool | None:
    return None if given is None else given == "true"
