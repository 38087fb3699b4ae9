"""What an operator may set about Grafana: NHIP_GRAFANA_*."""

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from metrics.errors import Misconfigured


def one_line(token: SecretStr) -> SecretStr:
    if any(sign.isspace() for sign in token.get_secret_value()):
        raise ValueError("holds a space or a line's end; give the token alone")
    return token


def address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("must look like https://grafana.example.vn or https://soc.example.vn/grafana")
    return url.rstrip("/")


class GrafanaSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="NHIP_GRAFANA_", env_ignore_empty=True)

    url: Annotated[str, AfterValidator(address)] | None = None
    """How people reach Grafana, with its sub-path. Boards of nhip link to it."""
    token: Annotated[SecretStr, AfterValidator(one_line)] | None = None
    """A service account's: Editor, and Admin where Grafana delivers alerts."""
    mail: str = ""
    """Who gets Grafana's messages: a@example.gov.vn;b@example.gov.vn"""

    @classmethod
    def read(cls) -> Self:
        """From the environment; Misconfigured names every problem and quotes no secret."""
        try:
            return cls()
        except ValidationError as error:
            raise Misconfigured(
                f"NHIP_GRAFANA_{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}"
                for each in error.errors()
            ) from None

    def login(self) -> tuple[str, str]:
        """Without both nothing is tried: the client would turn to this machine as admin:admin."""
        missing = [f"NHIP_GRAFANA_{name}: set it" for name in ("URL", "TOKEN") if getattr(self, name.lower()) is None]
        if self.url is None or self.token is None:
            raise Misconfigured(missing)
        return self.url, self.token.get_secret_value()
