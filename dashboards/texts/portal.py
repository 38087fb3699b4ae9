"""The page of the service portal."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

PORTAL: Mapping[str, Text] = MappingProxyType(
    {
        "portal": Text("Cổng dịch vụ công", "Service portal"),
        "portal_more": Text(
            "Mọi yêu cầu trong nhật ký của cổng, kể cả máy tự động. Không lưu địa chỉ của người dùng.",
            "All requests of the portal's access log, robots too. No visitor's address is kept.",
        ),
        "requests": Text("Yêu cầu", "Requests"),
        "requests_a_minute": Text("Yêu cầu mỗi phút", "Requests a minute"),
        "busiest": Text("phút đông nhất {n}", "busiest minute {n}"),
        "failed": Text("Lỗi máy chủ (500–599)", "Server errors (500–599)"),
        "not_found": Text("Không tìm thấy (404)", "Not found (404)"),
        "answering": Text("Phút cổng trả lời được", "Minutes in which it answered"),
        "answering_more": Text("trong {n} phút có yêu cầu", "of {n} minutes with requests"),
        "robots": Text("Máy tự động", "Robots"),
        "waits": Text("Thời gian chờ của người dùng", "How long people waited"),
        "waits_more": Text("{n} trong 100 yêu cầu không lâu hơn", "{n} of 100 took no longer"),
        "page_class": Text("Nhóm trang", "Page class"),
        "pages_of_portal": Text("Nhóm trang, nhiều lỗi trước", "Page classes, most errors first"),
        "services_of_portal": Text("Dịch vụ công, nhiều lỗi trước", "Services, most errors first"),
        "course": Text("Diễn biến", "Course"),
        "course_of": Text(
            "Yêu cầu và lỗi mỗi phút, theo từng {n} phút", "Requests and errors a minute, by {n} minutes"
        ),
        "visitors": Text("Lượt khách mỗi ngày, cộng lại", "Visitors of each day, added up"),
        "visitors_more": Text(
            "ước tính, sai số chuẩn một ngày 1,6 %; khách là một địa chỉ với một trình duyệt trong một ngày",
            "estimated, standard error of a day 1.6 %; a visitor is an address with a browser on one day",
        ),
        "visitors_untold": Text("{n} yêu cầu không ước tính được", "{n} of the requests could not be estimated"),
        "visitors_of_step": Text("≈ {n} khách", "≈ {n} visitors"),
        "funnel": Text("Phễu nộp hồ sơ trực tuyến", "The way of an online submission"),
        "funnel_more": Text(
            "yêu cầu được trả lời của người dùng, khách ước tính (≈); % so với bước trước, Hoàn tất so với Nộp hồ sơ",
            "people's answered requests, and visitors (≈, estimated); % of the step before, for Done of the submitted",
        ),
        "funnel_viewed": Text("Xem dịch vụ", "Service viewed"),
        "funnel_dossiers": Text("Hồ sơ trực tuyến", "Online dossiers"),
        "funnel_honest": Text(
            "Đếm yêu cầu, không đếm người: ai mở một trang hai lần được đếm hai lần, trang nào không nêu mã thủ tục "
            "chỉ được tính vào toàn cổng, dịch vụ không thu phí không có bước thanh toán. Cột cuối đếm từ hồ sơ theo "
            "ngày tiếp nhận, kể cả hồ sơ nộp qua Cổng quốc gia hay nộp từ kỳ trước.",
            "Requests are counted, not people: who opens a page twice counts twice, a page without a procedure's code "
            "counts for the whole portal only, services without a fee have no payment. The last column counts dossiers "
            "by the day they were received, also those sent by the national portal or in an earlier period.",
        ),
        "outside": Text("Dò từ bên ngoài", "Probed from outside"),
        "outside_more": Text("các trang mà nhip probe gọi đều đặn", "the pages that nhip probe asks for regularly"),
        "probes": Text("Lần dò", "Probes"),
        "probes_answered": Text("Trả lời đúng", "As expected"),
        "failed_at": Text("Sai lần cuối", "Last other answer"),
        "whole_portal": Text("Toàn cổng", "The whole portal"),
        "no_log": Text("Kỳ này chưa có nhật ký truy cập nào.", "There is no access log of this period."),
        "page.static": Text("Tệp tĩnh", "Static files"),
        "page.done": Text("Hoàn tất", "Done"),
        "page.pay": Text("Thanh toán", "Payment"),
        "page.submit": Text("Nộp hồ sơ", "Submission"),
        "page.start": Text("Kê khai", "Filling in"),
        "page.login": Text("Đăng nhập, đăng ký", "Login, registration"),
        "page.lookup": Text("Tra cứu hồ sơ", "Dossier lookup"),
        "page.search": Text("Tìm kiếm", "Search"),
        "page.service": Text("Thông tin dịch vụ công", "Service information"),
        "page.api": Text("API", "API"),
        "page.home": Text("Trang chủ", "Home"),
        "page.other": Text("Trang khác", "Other pages"),
        "page.unreadable": Text("Yêu cầu không đọc được", "Unreadable requests"),
    }
)
