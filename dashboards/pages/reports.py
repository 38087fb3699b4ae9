"""Forms as files."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dashboards.api.exports import TYPES
from dashboards.api.given import OfPeriod
from dashboards.board import Given
from dashboards.report_06a import report
from metrics.period import parse

router = APIRouter(include_in_schema=False)

KEPT = 20.0


@router.get("/reports/06a.xlsx")
def form_06a(asked: Annotated[OfPeriod, Query()], board: Given) -> Response:
    """Form II.06a of a period, for the province or an agency with all below it."""
    period = parse(asked.period)
    read = board.read(("06a", asked), lambda client: report(client, period, asked.agency), KEPT)
    name = f'attachment; filename="06a-{period.name}.xlsx"'
    return Response(read.value, media_type=TYPES["xlsx"], headers={"Content-Disposition": name})
