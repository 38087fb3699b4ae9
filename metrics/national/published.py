"""Figures as the national portal publishes them: kept as printed, set beside ours, never put in their place."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from metrics.errors import Misconfigured
from metrics.period import parse
from metrics.typed import Line

PORTAL_CODES: Mapping[str, str] = MappingProxyType(
    {
        "PUBLISH_ON_TIME": "qd766_publish_on_time",
        "PUBLIC_UPDATE_ON_TIME": "qd766_public_update",
        "PUBLIC_CONTENT_FULL": "qd766_public_content",
        "DOSSIER_SYNC": "qd766_sync",
        "ORIGINAL_RESULT_AVAILABLE": "qd766_e_result",
        "SO_HOA_GIAY_TO_GIAI_QUYET": "qd766_digitised",
        "ELECTRONIC_CERTIFIED_COPY": "qd766_certified_copy",
        "REUSED_DIGITIZED_DATA": "qd766_reused",
        "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": "qd766_shared",
        "CITIZEN_DATA_CONNECTED_DOSSIER": "qd766_population_dossier",
        "CITIZEN_DATA_CONNECTED_FORMALITY": "qd766_population_service",
        "PETITION_PROCESSING_ON_TIME": "qd766_petition_on_time",
        "PETITION_HANDLING_SATISFACTION": "qd766_petition_satisfied",
        "DOSSIER_RECEIVING_SATISFACTION": "qd766_satisfied",
    }
)
"""What the portal calls an indicator, and which definition that is."""

FIGURE_HEADS: Mapping[str, str] = MappingProxyType(
    {
        "kỳ": "period",
        "đơn vị": "unit",
        "mã đơn vị": "unit",
        "chỉ số": "indicator",
        "mã chỉ số": "indicator",
        "ngày công bố": "published_on",
        "tử số": "numerator",
        "mẫu số": "denominator",
        "giá trị": "value",
        "tỷ lệ": "value",
        "điểm": "points",
        "cờ": "flags",
        "ghi chú": "flags",
    }
)
"""What a column is called by staff, and here."""

PLACES = 4
MOST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Published:
    """`unit` is '' for the province, else an agency's code; `value` is as printed: 49,6 for 49,6 %."""

    period: str
    unit: str
    indicator: str
    published_on: date
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    points: Decimal | None
    flags: str = ""


def published(line: Line, known: Collection[str], usual: date) -> Published | None:
    """`known` are the definitions' ids; without a day of publication it is `usual`. A problem gives nothing."""
    before = len(line.problems)
    found = Published(
        period=_period(line),
        unit=line.maybe("unit") or "",
        indicator=_indicator(line, known),
        published_on=line.day("published_on") or usual,
        numerator=_number(line, "numerator"),
        denominator=_number(line, "denominator"),
        value=_number(line, "value"),
        points=_number(line, "points"),
        flags=line.maybe("flags") or "",
    )
    if found.value is None and found.points is None and found.numerator is None:
        line.wrong("neither a value nor points nor a numerator; leave out what was not published")
    return found if len(line.problems) == before else None


def _period(line: Line) -> str:
    name = line.text("period")
    if name:
        try:
            parse(name)
        except Misconfigured as error:
            line.wrong(error.problems[0])
    return name


def _indicator(line: Line, known: Collection[str]) -> str:
    written = line.text("indicator")
    name = PORTAL_CODES.get(written.upper(), written)
    if name and name not in known:
        line.wrong(f"indicator: {written!r} is no definition; `nhip catalogue` lists them")
    return name


def _number(line: Line, name: str) -> Decimal | None:
    value = line.number(name)
    if value is not None and not (abs(value) < MOST and value == round(value, PLACES)):
        line.wrong(f"{name}: at most 13 digits and {PLACES} decimals")
        return None
    return value


def repeated(read: Iterable[tuple[Line, Published]]) -> Iterator[str]:
    """Two lines that publish the same figure on the same day."""
    seen: dict[tuple[str, str, str, date], str] = {}
    for line, each in read:
        key = (each.period, each.unit, each.indicator, each.published_on)
        if key in seen:
            yield f"{line.place}: repeats {seen[key]}"
        seen.setdefault(key, line.place)
