"""How Faust comes into Kafka."""

import ssl
from collections.abc import Mapping
from typing import Any

from faust.auth import SASLCredentials, SSLCredentials
from faust.types.auth import CredentialsT


def credentials(access: Mapping[str, Any]) -> CredentialsT | None:
    """From the arguments that aiokafka knows by the same names; None is a Kafka that is open."""
    context: ssl.SSLContext | None = access.get("ssl_context")
    if "sasl_mechanism" in access:
        return SASLCredentials(
            username=access["sasl_plain_username"],
            password=access["sasl_plain_password"],
            mechanism=access["sasl_mechanism"],
            ssl_context=context,
        )
    return SSLCredentials(context) if context else None
