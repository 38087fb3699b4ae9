"""The four headline KPIs, as nhip's data contract fixes them: version 1 of each."""

from metrics.kpi import Better, Count, Family, Kpi, Ratio, Source, Target, Trust
from metrics.measure import PAID, RECEIVED, RECEIVED_ONLINE, RESOLVED_ON_TIME, RESOLVED_WITH_DUE
from metrics.predicate import OneOf
from metrics.terms import ServicesInForce, ServicesWith, Total
from metrics.words import Text

ONLINE = OneOf("level", ("3", "4"))
"""An online service: level 3 (partial) or 4 (full process) of the catalogue, on a day it is in force."""

CONTRACT = Source("nhip, hợp đồng dữ liệu §2")
FULL_POINTS = Source("Quyết định 766/QĐ-TTg năm 2022: đủ điểm từ 50 % (tính trên mọi hồ sơ)", trust=Trust.RECONSTRUCTED)
GOOD = Source("Thang màu của một công cụ theo dõi bộ chỉ số 766: tốt từ 90 %", trust=Trust.CODE)
FAMILY = Family("headline", Text("Chỉ số chính", "Headline figures"))

SERVICES_WITH_DOSSIERS = Kpi(
    id="services_with_dossiers",
    version=1,
    family=FAMILY,
    title=Text("Dịch vụ công trực tuyến có phát sinh hồ sơ", "Online services with dossiers"),
    formula=Ratio(ServicesWith(RECEIVED, ONLINE), ServicesInForce(ONLINE)),
    better=Better.HIGHER,
    source=CONTRACT,
)

ONLINE_SUBMISSION_RATE = Kpi(
    id="online_submission_rate",
    version=1,
    family=FAMILY,
    title=Text("Tỷ lệ hồ sơ nộp trực tuyến", "Online submission rate"),
    formula=Ratio(Total(RECEIVED_ONLINE, ONLINE), Total(RECEIVED, ONLINE)),
    better=Better.HIGHER,
    source=CONTRACT,
    target=Target(0.5, FULL_POINTS),
)

PAYMENT_TRANSACTIONS = Kpi(
    id="payment_transactions",
    version=1,
    family=FAMILY,
    title=Text("Giao dịch thanh toán trực tuyến thành công", "Successful payment transactions"),
    formula=Count(Total(PAID)),
    better=Better.HIGHER,
    source=CONTRACT,
)

ON_TIME_RESOLUTION = Kpi(
    id="on_time_resolution",
    version=1,
    family=FAMILY,
    title=Text("Tỷ lệ hồ sơ giải quyết đúng hạn", "On-time resolution"),
    formula=Ratio(Total(RESOLVED_ON_TIME), Total(RESOLVED_WITH_DUE)),
    better=Better.HIGHER,
    source=CONTRACT,
    target=Target(0.9, GOOD),
)

KPIS = (SERVICES_WITH_DOSSIERS, ONLINE_SUBMISSION_RATE, PAYMENT_TRANSACTIONS, ON_TIME_RESOLUTION)
