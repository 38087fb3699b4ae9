"""What is kept for how long: NHIP_KEEP_*. Without them, everything for ever."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings

from deploy.login_settings import Secret

Years = Annotated[int, Field(ge=1, le=100)]


class RetentionSettings(BaseSettings):
    """Part of the settings; how long Kafka keeps records is NHIP_KAFKA_RETENTION_DAYS."""

    keep_codes_years: Years | None = None
    """Codes of dossiers, transactions and petitions, from the last thing that happened to an ended one."""
    keep_codes_secret: Secret | None = None
    """Makes pseudonyms; whoever has it can tell whether a code that he knows is one of them."""
    keep_audit_years: Years | None = None
    """Who logged in and changed accounts, messages and digests that were sent."""

    def retention_problems(self) -> Iterator[str]:
        if self.keep_codes_years and not self.keep_codes_secret:
            yield "NHIP_KEEP_CODES_SECRET: pseudonyms need one (`openssl rand -hex 32`); the same for every run"
