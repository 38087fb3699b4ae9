"""What the pages say, in both languages. What a KPI, field or code is called stands in metrics/words.py."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dashboards.texts.actions import ACTIONS
from dashboards.texts.alerts import ALERTS
from dashboards.texts.calendar import CALENDAR
from dashboards.texts.closing import CLOSING
from dashboards.texts.definitions import DEFINITIONS
from dashboards.texts.digest import DIGEST
from dashboards.texts.figures import KPI, LEAGUE
from dashboards.texts.frame import FRAME, LIVE, PERIODS
from dashboards.texts.lists import CODES, DOSSIERS, LOOKUP, QUALITY, SERVICES
from dashboards.texts.national import NATIONAL
from dashboards.texts.portal import PORTAL
from dashboards.texts.units import INDICES, UNITS
from metrics.words import Text


class Lang(StrEnum):
    """Vietnamese unless asked otherwise."""

    VI = "vi"
    EN = "en"


TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        **FRAME,
        **LIVE,
        **KPI,
        **PERIODS,
        **LEAGUE,
        **SERVICES,
        **DOSSIERS,
        **LOOKUP,
        **QUALITY,
        **CALENDAR,
        **CODES,
        **ALERTS,
    }
    | {**DEFINITIONS, **CLOSING, **UNITS, **INDICES, **PORTAL, **ACTIONS, **DIGEST, **NATIONAL}
)


def pick(text: Text, lang: Lang) -> str:
    return text.en if lang is Lang.EN else text.vi


def say(key: str, lang: Lang, **values: object) -> str:
    """The text of that key, with values put in."""
    return pick(TEXTS[key], lang).format(**values)
