"""TT 32/2017/TT-BTTTT articles 11.3 and 12: what each service of level 3 and 4 publishes, here for all of them."""

from datetime import date

from metrics.formula import Formula
from metrics.kpi import Better, Count, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, Known, NotAfter, OneOf, Within
from metrics.terms import Dossiers
from metrics.words import Text

FAMILY = Family("tt32", Text("Công bố theo Thông tư 32/2017", "Publication by Circular 32/2017"))
SOURCE = Source("Thông tư 32/2017/TT-BTTTT, điều 11, 12", (date(2018, 6, 1), None), Trust.LAW)
SERVICE = OneOf("level", ("3", "4"))
SENT_ONLINE = All((SERVICE, OneOf("channel", ("2",))))
RESOLVED = All((Within("resolved_at"), SENT_ONLINE))
DATED = All((RESOLVED, Known("due_at")))


def item(name: str, vi: str, en: str, formula: Formula) -> Kpi:
    note = Text("Thông tư công bố từ ngày 1/1: xem theo năm.", "The circular counts from 1 January: read by year.")
    return Kpi(f"tt32_{name}", 1, FAMILY, Text(vi, en), formula, Better.HIGHER, SOURCE, note=note)


KPIS = (
    item(
        "online_received", "Hồ sơ tiếp nhận trực tuyến", "Received online",
        Count(Dossiers(All((Within("received_at"), SENT_ONLINE)))),
    ),
    item("online_resolved", "Hồ sơ trực tuyến đã giải quyết", "Online dossiers resolved", Count(Dossiers(RESOLVED))),
    item(
        "online_on_time", "Hồ sơ trực tuyến giải quyết đúng hạn", "Online dossiers on time",
        Ratio(Dossiers(All((DATED, NotAfter("resolved_at", "due_at")))), Dossiers(DATED)),
    ),
    item(
        "received", "Hồ sơ tiếp nhận bằng mọi cách", "Received by any way",
        Count(Dossiers(All((Within("received_at"), SERVICE)))),
    ),
)  # fmt: skip
