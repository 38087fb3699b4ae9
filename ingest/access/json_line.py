"""A line that is a JSON object with nginx's own names: `log_format … escape=json`."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from ingest.access.line import Line, bucket_of, civil_minute
from metrics.errors import Rejected
from metrics.histogram import UNTOLD


class _Asked(BaseModel):
    """Other names may be there, and are not looked at."""

    model_config = ConfigDict(frozen=True)

    remote_addr: Annotated[str, Field(min_length=1)]
    time_iso8601: AwareDatetime
    request: str
    status: Annotated[int, Field(ge=0, le=999)]
    http_user_agent: str
    request_time: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


def from_json_line(line: bytes) -> Line:
    """Raises Rejected, which quotes nothing of the line."""
    try:
        said = _Asked.model_validate_json(line)
        minute = civil_minute(said.time_iso8601)
    except ValidationError as refused:
        names = {str(error["loc"][0]) for error in refused.errors(include_input=False) if error["loc"]}
        wrong = ", ".join(sorted(names & _Asked.model_fields.keys())) or "the line is no JSON object"
        raise Rejected(f"not as nginx writes JSON: {wrong}; see log_format in docs/sources.md") from None
    except OverflowError:
        raise Rejected("time_iso8601 does not exist; set the clock of the web server") from None
    address = said.remote_addr.encode()
    return Line(
        address,
        minute,
        said.time_iso8601.second,
        said.request.encode(),
        said.status,
        said.http_user_agent.encode(),
        UNTOLD if said.request_time is None else bucket_of(1000 * said.request_time),
        line.removesuffix(b"\r").replace(b'"' + address + b'"', b"", 1),
    )
