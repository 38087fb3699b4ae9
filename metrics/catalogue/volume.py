"""How much came in and was worked off, as provinces print it: counts of online services' dossiers, and the rests."""

from metrics.catalogue.headline import ONLINE, ONLINE_SUBMISSION_RATE, SERVICES_WITH_DOSSIERS
from metrics.catalogue.public import REPORTS, SERVICE_FAMILY
from metrics.formula import Formula
from metrics.kpi import Better, Count, Kpi, Ratio
from metrics.measure import RECEIVED, RECEIVED_ONLINE
from metrics.predicate import All, Before, Within
from metrics.terms import Dossiers, Total
from metrics.words import Text

CAME = All((Within("received_at"), ONLINE))
WORKED_OFF = All((CAME, Before("resolved_at", "closes")))


def printed(name: str, vi: str, en: str, formula: Formula, better: Better = Better.HIGHER) -> Kpi:
    return Kpi(name, 1, SERVICE_FAMILY, Text(vi, en), formula, better, REPORTS)


def rest(of: Kpi) -> Ratio:
    part, whole = of.terms()
    return Ratio(part, whole, rest=True)


KPIS = (
    printed(
        "dossiers_received", "Hồ sơ DVCTT đã tiếp nhận", "Dossiers of online services received",
        Count(Total(RECEIVED, ONLINE)),
    ),
    printed(
        "dossiers_received_online", "Hồ sơ DVCTT nộp trực tuyến", "Of these, received online",
        Count(Total(RECEIVED_ONLINE, ONLINE)),
    ),
    printed(
        "not_online_submission_rate", "Hồ sơ DVCTT không nộp trực tuyến", "Dossiers of online services not sent online",
        rest(ONLINE_SUBMISSION_RATE), Better.LOWER,
    ),
    printed(
        "services_without_dossiers", "DVCTT không phát sinh hồ sơ", "Online services without dossiers",
        rest(SERVICES_WITH_DOSSIERS), Better.LOWER,
    ),
    printed(
        "dossiers_processed", "Hồ sơ DVCTT tiếp nhận trong kỳ đã giải quyết", "Of those received, resolved by the end",
        Count(Dossiers(WORKED_OFF)),
    ),
    printed(
        "dossiers_processed_share", "Tỷ lệ đã giải quyết trong số tiếp nhận", "Resolved among those received",
        Ratio(Dossiers(WORKED_OFF), Dossiers(CAME)),
    ),
)  # fmt: skip
