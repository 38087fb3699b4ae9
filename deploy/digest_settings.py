"""What an operator may set about digests: NHIP_DIGEST_*. As with alerts, no message quotes an address."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import AfterValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.alert_settings import ADDRESS
from metrics.errors import Misconfigured
from metrics.schedule import Turn, turn

NAME = re.compile(r"(?P<group>[a-z0-9][a-z0-9_-]{0,31})(@(?P<agency>[^\s=@]{1,64}))?")
SHAPE = "must look like lanh-dao=mailtos://user:password@smtp.example.vn?to=vp@example.vn so-y-te@H07.14=mailtos://…"
RECIPIENT = "digest:"
"""How recipients of digests begin in the outbox, so that none is taken for a group of the alerts."""
KINDS = ("week", "month", "quarter")


def groups(text: str) -> list[tuple[str, str | None, str]]:
    """`GROUP=ADDRESS GROUP@AGENCY=ADDRESS`, as recipient, agency and address; several addresses are numbered."""
    found: list[tuple[str, str | None, str]] = []
    for one in text.split():
        name, _, address = one.partition("=")
        known = NAME.fullmatch(name)
        if known is None or not ADDRESS.fullmatch(address):
            raise ValueError(SHAPE)
        number = sum(to.partition("/")[0] == RECIPIENT + name for to, _, _ in found)
        found.append((RECIPIENT + name + (f"/{number + 1}" if number else ""), known["agency"], address))
    return found


def readable(given: SecretStr) -> SecretStr:
    groups(given.get_secret_value())
    return given


class DigestSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="NHIP_DIGEST_", env_ignore_empty=True)

    recipients: Annotated[SecretStr, AfterValidator(readable)] | None = None
    """Who gets digests: of the province, or with @CODE of an agency and all below it."""
    weekly: str = "mon 07:00"
    """When the digest of the week before is sent, in Viet Nam's time; off: never."""
    monthly: str = "off"
    """`2 07:00`: on the second day of a month, about the month before."""
    quarterly: str = "off"
    """`5 07:00`: on the fifth day of a quarter, about the quarter before."""

    @classmethod
    def read(cls) -> Self:
        """From the environment; Misconfigured names every problem."""
        try:
            found = cls()
        except ValidationError as error:
            raise Misconfigured(
                f"NHIP_DIGEST_{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}"
                for each in error.errors()
            ) from None
        problems = [problem for name in KINDS for problem in found.problems(name)]
        if problems:
            raise Misconfigured(problems)
        return found

    def problems(self, kind: str) -> Sequence[str]:
        try:
            turn(kind, self._said(kind))
        except Misconfigured as error:
            return [f"NHIP_DIGEST_{kind.upper()}LY: {problem}" for problem in error.problems]
        return []

    def _said(self, kind: str) -> str:
        return str(getattr(self, f"{kind}ly"))

    @property
    def turns(self) -> tuple[Turn, ...]:
        found = (turn(kind, self._said(kind)) for kind in KINDS)
        return tuple(each for each in found if each is not None)

    @property
    def addresses(self) -> Mapping[str, str]:
        """By recipient."""
        return {to: address for to, _, address in self._groups}

    @property
    def circle(self) -> Mapping[str | None, tuple[str, ...]]:
        """Recipients by the agency that they hear of."""
        found: dict[str | None, tuple[str, ...]] = {}
        for to, agency, _ in self._groups:
            found[agency] = (*found.get(agency, ()), to)
        return found

    @property
    def _groups(self) -> list[tuple[str, str | None, str]]:
        return groups(self.recipients.get_secret_value()) if self.recipients else []
