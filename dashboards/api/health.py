"""`/healthz`: 200 where all parts move, else 503."""

from datetime import datetime

from fastapi import APIRouter, Response

from dashboards.api.answers import AS_OF, JSON
from dashboards.api.models import Model
from dashboards.board import Given
from metrics.civil import civil

router = APIRouter()


class PartItem(Model):
    """`since` when it has been so; `lag` in records; `said` why it does not move."""

    name: str
    moves: bool
    since: datetime
    lag: int | None
    said: str | None


class HealthItem(Model):
    """`data_at` is the newest moment in the data."""

    moves: bool
    parts: list[PartItem]
    data_at: datetime | None
    written_at: datetime | None


@router.get("/healthz", response_model=HealthItem)
def healthz(board: Given) -> Response:
    read = board.health()
    item = HealthItem.model_validate(read.value)
    headers = {AS_OF: civil(read.as_of).isoformat(timespec="seconds"), "Cache-Control": "no-store"}
    return Response(item.model_dump_json(), 200 if item.moves else 503, headers, JSON)
