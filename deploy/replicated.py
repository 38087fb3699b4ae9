"""The same tables on every replica of a cluster: migrations are written for one server, and rewritten here."""

import re

MADE = re.compile(
    r"^(CREATE TABLE(?: IF NOT EXISTS)?|CREATE(?: OR REPLACE| MATERIALIZED)? VIEW(?: IF NOT EXISTS)?"
    r"|DROP (?:TABLE|VIEW)(?: IF EXISTS)?|(?:ALTER|TRUNCATE|OPTIMIZE) TABLE)\s+(\S+)",
    re.IGNORECASE,
)
EXCHANGED = re.compile(r"^((?:EXCHANGE|RENAME) TABLES?\s.*)$", re.IGNORECASE | re.DOTALL)
ENGINE = re.compile(r"\bENGINE\s*=\s*(\w*MergeTree)\b")


def replicated(statement: str, cluster: str) -> str:
    """`ON CLUSTER` where it defines, `Replicated…` engines at the server's own paths. Rows replicate by themselves."""
    said = ENGINE.sub(r"ENGINE = Replicated\1", statement)
    said = MADE.sub(rf"\1 \2 ON CLUSTER '{cluster}'", said, count=1)
    return EXCHANGED.sub(rf"\1 ON CLUSTER '{cluster}'", said, count=1)
