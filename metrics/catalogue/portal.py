"""The service portal as its access log tells: all requests, robots too, of no agency, procedure or channel."""

from metrics.kpi import Better, Count, Family, Kpi, Ratio, Source
from metrics.measure import REQUESTS, REQUESTS_FAILED, REQUESTS_NOT_FOUND
from metrics.terms import Total
from metrics.words import Text

CONTRACT = Source("nhip, hợp đồng dữ liệu §2")
FAMILY = Family("portal", Text("Cổng dịch vụ công", "Service portal"))

PORTAL_REQUESTS = Kpi(
    id="portal_requests",
    version=1,
    family=FAMILY,
    title=Text("Yêu cầu đến cổng dịch vụ công", "Requests to the service portal"),
    formula=Count(Total(REQUESTS)),
    better=Better.HIGHER,
    source=CONTRACT,
)

PORTAL_ERROR_RATE = Kpi(
    id="portal_error_rate",
    version=1,
    family=FAMILY,
    title=Text("Tỷ lệ yêu cầu gặp lỗi máy chủ", "Requests answered with a server error"),
    formula=Ratio(Total(REQUESTS_FAILED), Total(REQUESTS)),
    better=Better.LOWER,
    source=CONTRACT,
)

PORTAL_NOT_FOUND_RATE = Kpi(
    id="portal_not_found_rate",
    version=1,
    family=FAMILY,
    title=Text("Tỷ lệ yêu cầu không tìm thấy trang", "Requests for pages that are not there"),
    formula=Ratio(Total(REQUESTS_NOT_FOUND), Total(REQUESTS)),
    better=Better.LOWER,
    source=CONTRACT,
)

KPIS = (PORTAL_REQUESTS, PORTAL_ERROR_RATE, PORTAL_NOT_FOUND_RATE)
