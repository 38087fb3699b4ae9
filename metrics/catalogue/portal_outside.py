"""The service portal as it is seen from outside: the pages that `nhip probe` asks for, answered as they should be."""

from metrics.kpi import Better, Family, Kpi, Ratio, Source
from metrics.measure import PROBES, PROBES_ANSWERED
from metrics.terms import Total
from metrics.words import Text

FAMILY = Family("outside", Text("Cổng nhìn từ bên ngoài", "Portal from outside"))

PORTAL_OUTSIDE_AVAILABILITY = Kpi(
    id="portal_outside_availability",
    version=1,
    family=FAMILY,
    title=Text("Tỷ lệ lần dò cổng từ ngoài được trả lời đúng", "Probes from outside that were answered as expected"),
    formula=Ratio(Total(PROBES_ANSWERED), Total(PROBES)),
    better=Better.HIGHER,
    source=Source("nhip, docs/portal.md"),
    note=Text(
        "Đếm lần dò, không đếm phút: lúc máy dò hay mạng của nó dừng thì không có lần dò nào.",
        "Probes are counted, not minutes: while the prober or its network is down there is none.",
    ),
)

KPIS = (PORTAL_OUTSIDE_AVAILABILITY,)
