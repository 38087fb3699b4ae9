"""Services with and without dossiers."""

from typing import Annotated

from pydantic import Field

from dashboards.api.given import Code, OfPeriod, YesNo, flag
from dashboards.api.listed import Cut, Part
from dashboards.api.paging import cursor, place
from dashboards.api.shapes import ServiceItem
from dashboards.services import FACETS, KINDS, Filter, services
from metrics.period import parse


class ServicesAsked(OfPeriod):
    used: Annotated[YesNo | None, Field(description="with dossiers in the period, or without")] = None
    online: YesNo | None = None
    field: Code | None = None
    authority: Code | None = None
    level: Code | None = None
    one_stop: YesNo | None = None
    interlinked: YesNo | None = None
    electronic_process: YesNo | None = None
    by_post: YesNo | None = None
    has_fee: YesNo | None = None

    def filter(self) -> Filter:
        facets = {name: getattr(self, name) for name in FACETS}
        kinds = {name: flag(getattr(self, name)) for name in KINDS}
        return Filter(
            flag(self.used),
            flag(self.online),
            {name: value for name, value in facets.items() if value is not None},
            kinds=frozenset(name for name, wanted in kinds.items() if wanted),
            not_kinds=frozenset(name for name, wanted in kinds.items() if wanted is False),
        )


def service_rows(asked: ServicesAsked, cut: Cut) -> Part[ServiceItem]:
    after = str(place(cut.cursor, str)[0]) if cut.cursor is not None else ""
    keeps = asked.filter().keeps
    found = [s for s in services(cut.client, parse(asked.period), asked.agency) if s.procedure > after and keeps(s)]
    more = cursor([found[cut.limit - 1].procedure]) if len(found) > cut.limit else None
    return Part([ServiceItem.of(service) for service in found[: cut.limit]], more)
