"""EMC: the IT ministry's monitoring of online services, as defined and as one-stop systems are known to send it."""

from datetime import date

from metrics.kpi import Better, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, OneOf, Within
from metrics.terms import Dossiers
from metrics.words import Text

FAMILY = Family("emc", Text("Hệ thống EMC", "EMC"))
YEARS = (date(2023, 1, 1), date(2026, 6, 30))
RECEIVED = Within("received_at")
ACT = "Hệ thống EMC của Bộ Thông tin và Truyền thông"

KPIS = (
    Kpi(
        id="emc_full_online",
        version=1,
        family=FAMILY,
        title=Text("Hồ sơ trực tuyến toàn trình trên mọi hồ sơ", "Fully online dossiers of all"),
        formula=Ratio(Dossiers(All((RECEIVED, OneOf("channel", ("2",)), OneOf("level", ("4",))))), Dossiers(RECEIVED)),
        better=Better.HIGHER,
        source=Source(ACT, YEARS, Trust.GOVERNMENT),
    ),
    Kpi(
        id="emc_online_as_sent",
        version=1,
        family=FAMILY,
        title=Text("Hồ sơ trực tuyến như phần mềm gửi EMC", "Online dossiers as sent to EMC"),
        formula=Ratio(Dossiers(All((RECEIVED, OneOf("channel", ("2", "3"))))), Dossiers(RECEIVED)),
        better=Better.HIGHER,
        source=Source(ACT, YEARS, Trust.CODE),
        note=Text("Hồ sơ nộp qua bưu chính được gửi là trực tuyến.", "Dossiers by post are sent as online ones."),
    ),
)
