"""Every KPI nhip knows. Adding one is adding a value here; nothing about a KPI is written anywhere else."""

from metrics.kpi import Better, Count, Kpi, Ratio, ServicesInForce, ServicesWith, Source, Text, Total
from metrics.measure import PAID, RECEIVED, RECEIVED_ONLINE, RESOLVED_ON_TIME, RESOLVED_WITH_DUE
from metrics.predicate import OneOf

ONLINE = OneOf("level", ("3", "4"))
"""An online service: level 3 (partial) or 4 (full process) of the catalogue, on a day it is in force."""

CONTRACT = Source("nhip, hợp đồng dữ liệu §2")
OWNER = "Sở Thông tin và Truyền thông"

SERVICES_WITH_DOSSIERS = Kpi(
    id="services_with_dossiers",
    version=1,
    family="headline",
    title=Text("Dịch vụ công trực tuyến có phát sinh hồ sơ", "Online services with dossiers"),
    means=Text(
        "Số dịch vụ công trực tuyến (mức độ 3, 4) đang hiệu lực vào ngày cuối kỳ có ít nhất một hồ sơ được tiếp nhận "
        "trong kỳ, qua bất kỳ kênh nào, trên tổng số dịch vụ công trực tuyến đang hiệu lực vào ngày cuối kỳ.",
        "Online services (level 3 or 4) in force on the period's last day with at least one dossier received in the "
        "period through any channel, out of all online services in force on that day.",
    ),
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
    means=Text(
        "Hồ sơ nộp trực tuyến trên tổng số hồ sơ được tiếp nhận trong kỳ của các dịch vụ là dịch vụ công trực tuyến "
        "(mức độ 3, 4) vào ngày tiếp nhận.",
        "Dossiers submitted online, out of the dossiers received in the period whose service was an online service "
        "(level 3 or 4) on the day they were received.",
    ),
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
    means=Text(
        "Số giao dịch thanh toán (không tính hoàn phí) có thông báo thành công đầu tiên (mã 00) trong kỳ. Đếm giao "
        "dịch, không đếm hồ sơ.",
        "Payment transactions (refunds apart) whose earliest notice of success (code 00) lies in the period. "
        "Transactions are counted, not dossiers.",
    ),
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
    means=Text(
        "Hồ sơ giải quyết xong trong kỳ không muộn hơn thời điểm hẹn trả, trên tổng số hồ sơ giải quyết xong trong kỳ "
        "có hẹn trả.",
        "Dossiers resolved in the period at or before their due moment, out of the dossiers resolved in the period "
        "that have one.",
    ),
    formula=Ratio(Total(RESOLVED_ON_TIME), Total(RESOLVED_WITH_DUE)),
    better=Better.HIGHER,
    source=CONTRACT,
    owner=OWNER,
)

CATALOGUE = (SERVICES_WITH_DOSSIERS, ONLINE_SUBMISSION_RATE, PAYMENT_TRANSACTIONS, ON_TIME_RESOLUTION)
