"""Who is no person: crawlers, scanners, probes and scripts, by what they call themselves."""

import re
from functools import lru_cache

_ROBOT = re.compile(
    rb"bot|crawl|spider|slurp|scan|probe|monitor|check|preview|feed|fetch|archive|http-?client|headless|phantom"
    rb"|^(?:curl|wget|python|java|go-http|okhttp|ruby|perl|php|libwww|axios|node|apache|nagios|zabbix|prometheus|postman)",
    re.IGNORECASE,
).search
_SILENT = frozenset({b"", b"-"})

LONGEST = 512
"""Bytes that are looked at and remembered: a hostile name may be long."""


def robot(agent: bytes) -> bool:
    """Whoever gives no name is no browser."""
    return _known(agent if len(agent) <= LONGEST else agent[:LONGEST])


@lru_cache(maxsize=8192)
def _known(agent: bytes) -> bool:
    return agent in _SILENT or _ROBOT(agent) is not None
