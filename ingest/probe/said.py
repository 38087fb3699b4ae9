"""Which pages are asked for, and what they should answer; read from a file and checked."""

import tomllib
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from metrics.errors import Misconfigured


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must begin with http:// or https:// and name a host")
    if parts.username or parts.password:
        raise ValueError("no login in an address: only pages that anybody may see are asked for")
    return url


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PageSaid(_Checked):
    """As expected: one of `status` within `timeout` seconds, `text` in it, a certificate that lasts so many days."""

    name: Annotated[str, Field(pattern=r"\A[a-z0-9][a-z0-9-]{0,39}\z")]
    url: Annotated[str, AfterValidator(_address)]
    status: Annotated[tuple[int, ...], Field(min_length=1)] = (200,)
    text: str = ""
    timeout: Annotated[float, Field(gt=0, le=60)] = 10.0
    certificate_days: Annotated[int, Field(ge=0, le=365)] = 0


class ProbeSaid(_Checked):
    """Every `every` seconds, all pages one after the other."""

    every: Annotated[float, Field(ge=5, le=3_600)] = 60.0
    pages: Annotated[tuple[PageSaid, ...], Field(min_length=1, max_length=50)]


def read(path: Path) -> ProbeSaid:
    """Misconfigured names every problem."""
    try:
        said = ProbeSaid.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Misconfigured([f"{path}: cannot be read ({error.strerror})"]) from None
    except ValidationError as error:
        found = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise Misconfigured(f"{path}: {problem}" for problem in found) from None
    except ValueError as error:
        raise Misconfigured([f"{path}: no TOML ({error})"]) from None
    names = [page.name for page in said.pages]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Misconfigured(f"{path}: two pages are called {name}" for name in twice)
    return said
