"""What an operator may set about alerts: NHIP_ALERT_*. No message quotes an address: many hold a password."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.login_settings import Secret
from metrics.alerting.now import Policy
from metrics.alerting.windows import Window, parse
from metrics.errors import Misconfigured

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+")
SHAPE = "must look like soc=mailtos://user:password@smtp.example.vn?to=soc@example.vn soc=https://sms.example.vn/send"

Groups = Mapping[str, tuple[str, ...]]


def groups(text: str) -> dict[str, tuple[str, ...]]:
    """`NAME=ADDRESS NAME=ADDRESS`; a name may have several addresses."""
    found: dict[str, tuple[str, ...]] = {}
    for one in text.split():
        name, _, address = one.partition("=")
        if not NAME.fullmatch(name) or not ADDRESS.fullmatch(address):
            raise ValueError(SHAPE)
        found[name] = (*found.get(name, ()), address)
    return found


def readable(given: SecretStr) -> SecretStr:
    groups(given.get_secret_value())
    return given


def web(given: SecretStr) -> SecretStr:
    url = urlsplit(given.get_secret_value())
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise ValueError("must begin with https:// or http://")
    return given


def spans(text: str) -> str:
    try:
        parse(text)
    except Misconfigured as error:
        raise ValueError(str(error)) from error
    return text


class AlertSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="NHIP_ALERT_", env_ignore_empty=True)

    recipients: Annotated[SecretStr, AfterValidator(readable)] | None = None
    """Groups and their addresses: Apprise's, or http(s):// for the plain signed webhook."""
    to: str = ""
    """Groups that hear of a threshold that names none, between commas; without it all."""
    escalate_to: str = ""
    """Groups that hear, too, of what nobody has taken on; without it all."""
    escalate_minutes: Annotated[int, Field(ge=1, le=7 * 24 * 60)] = 30
    repeat_hours: Annotated[float, Field(ge=0.1, le=24 * 31)] = 24
    patience_minutes: Annotated[float, Field(ge=0, le=24 * 60)] = 15
    """For how long data may be missing, in working hours, before somebody hears of it."""
    secret: Secret | None = None
    """Signs webhooks: HMAC-SHA256."""
    maintenance: Annotated[str, AfterValidator(spans)] = ""
    """Spans in which nobody is called: 2026-11-22 20:00/2026-11-22 23:00, sun 02:00-04:00."""
    four_eyes: bool = False
    """A change of a threshold holds once a second person has approved of it."""
    heartbeat: Annotated[SecretStr, AfterValidator(web)] | None = None
    """An outside address that is asked after each look, and raises the alarm when it is not."""
    delivery: Literal["nhip", "grafana"] = "nhip"
    """Who tells people of alerts: one of the two, never both. nhip evaluates and shows them in any case."""
    every_seconds: Annotated[int, Field(ge=1, le=600)] = 30

    @classmethod
    def read(cls) -> Self:
        """From the environment; Misconfigured names every problem."""
        try:
            found = cls()
        except ValidationError as error:
            raise Misconfigured(
                f"NHIP_ALERT_{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}"
                for each in error.errors()
            ) from None
        problems = list(found.problems())
        if problems:
            raise Misconfigured(problems)
        return found

    def problems(self) -> list[str]:
        unknown = [
            f"NHIP_ALERT_{name}: no such group: {group}"
            for name, said in (("TO", self.to), ("ESCALATE_TO", self.escalate_to))
            for group in names(said)
            if group not in self.groups
        ]
        signed = any(address.startswith(("http://", "https://")) for one in self.groups.values() for address in one)
        unsigned = ["NHIP_ALERT_SECRET: webhooks are signed: give 32 random characters or more"]
        return unknown + (unsigned if signed and self.secret is None else [])

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        return groups(self.recipients.get_secret_value()) if self.recipients else {}

    @property
    def usual(self) -> tuple[str, ...]:
        return names(self.to) or tuple(self.groups)

    @property
    def escalated(self) -> tuple[str, ...]:
        return names(self.escalate_to) or tuple(self.groups)

    @property
    def policy(self) -> Policy:
        return Policy(
            timedelta(hours=self.repeat_hours),
            timedelta(minutes=self.escalate_minutes),
            timedelta(minutes=self.patience_minutes),
        )

    @property
    def windows(self) -> tuple[Window, ...]:
        return parse(self.maintenance)


def names(said: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in said.split(",") if one.strip())
