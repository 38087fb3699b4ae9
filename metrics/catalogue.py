"""Every KPI nhip knows. Adding one is adding a value here; nothing about a KPI is written anywhere else."""

from metrics.kpi import Better, Count, Kpi, Ratio, ServicesInForce, ServicesWith, Source, Total
from metrics.measure import PAID, RECEIVED, RECEIVED_ONLINE, RESOLVED_ON_TIME, RESOLVED_WITH_DUE
from metrics.predicate import OneOf
from metrics.words import Text

ONLINE = OneOf("level", ("3", "4"))
"""An online service: level 3 (partial) or 4 (full process) of the catalogue, on a day it is in force."""

CONTRACT = Source("nhip, hợp đồng dữ liệu §2")
OWNER = "Sở Thông tin và Truyền thông"

SERVICES_WITH_DOSSIERS = Kpi(
    id="services_with_dossiers",
    version=1,
    family="headline",
    title=Text("Dịch vụ công trực tuyến có phát sinh hồ sơ", "Online services with dossiers"),
    formula=Ratio(ServicesWith(RECEIVED, ONLINE), ServicesInForce(ONLINE)),
    better=Better.HIGHER,
    source=CONTRACT,
    owner=OWNER,
)

ONLINE_SUBMISSION_RATE = Kpi(
    id="online_submission_rate",
    version=1,
    family="headline",
    title=Text("Tỷ lệ hồ sơ nộp trực tuyến", "Online submission rate"),
    formula=Ratio(Total(RECEIVED_ONLINE, ONLINE), Total(RECEIVED, ONLINE)),
    better=Better.HIGHER,
    source=CONTRACT,
    owner=OWNER,
)

PAYMENT_TRANSACTIONS = Kpi(
    id="payment_transactions",
    version=1,
    family="headline",
    title=Text("Giao dịch thanh toán trực tuyến thành công", "Successful payment transactions"),
    formula=Count(Total(PAID)),
    better=Better.HIGHER,
    source=CONTRACT,
    owner=OWNER,
)

ON_TIME_RESOLUTION = Kpi(
    id="on_time_resolution",
    version=1,
    family="headline",
    title=Text("Tỷ lệ hồ sơ giải quyết đúng hạn", "On-time resolution"),
    formula=Ratio(Total(RESOLVED_ON_TIME), Total(RESOLVED_WITH_DUE)),
    better=Better.HIGHER,
    source=CONTRACT,
    owner=OWNER,
)

CATALOGUE = (SERVICES_WITH_DOSSIERS, ONLINE_SUBMISSION_RATE, PAYMENT_TRANSACTIONS, ON_TIME_RESOLUTION)
