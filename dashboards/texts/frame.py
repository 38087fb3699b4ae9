"""What stands around every page: navigation, switches, periods, what went wrong, how live it is."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

FRAME: Mapping[str, Text] = MappingProxyType(
    {
        "tagline": Text("nhịp đập dịch vụ công", "the pulse of public services"),
        "skip": Text("Đến nội dung chính", "Skip to the main content"),
        "pages": Text("Các trang", "Pages"),
        "nav_figures": Text("Số liệu", "Figures"),
        "nav_work": Text("Việc cần làm", "Work"),
        "nav_trust": Text("Căn cứ và dữ liệu", "Basis and data"),
        "overview": Text("Tổng quan", "Overview"),
        "wall": Text("Màn hình lớn", "Wallboard"),
        "agencies": Text("Đơn vị", "Agencies"),
        "services": Text("Dịch vụ công", "Services"),
        "late": Text("Hồ sơ trễ hạn", "Late dossiers"),
        "quality": Text("Chất lượng dữ liệu", "Data quality"),
        "alerts": Text("Cảnh báo", "Alerts"),
        "lookup": Text("Tra cứu hồ sơ", "Look up a dossier"),
        "account": Text("Tài khoản", "Account"),
        "log_in": Text("Đăng nhập", "Log in"),
        "language": Text("Ngôn ngữ", "Language"),
        "theme": Text("Giao diện", "Theme"),
        "theme_auto": Text("Theo máy", "Auto"),
        "theme_light": Text("Sáng", "Light"),
        "theme_dark": Text("Tối", "Dark"),
        "show": Text("Xem", "Show"),
        "export": Text("Tải về", "Download"),
        "previous": Text("Kỳ trước", "Previous"),
        "next": Text("Kỳ sau", "Next"),
        "next_page": Text("Trang tiếp", "Next page"),
        "first_page": Text("Về trang đầu", "Back to the first page"),
        "all": Text("Tất cả", "All"),
        "none": Text("Không có gì ở đây.", "Nothing here."),
        "unknown": Text("không rõ", "unknown"),
        "open_grafana": Text("Mở trong Grafana", "Open in Grafana"),
        "numbers": Text(
            "Giờ Việt Nam (UTC+7). Số in theo lối Việt Nam: 1.547 là một nghìn năm trăm bốn mươi bảy; 49,6 % được cắt, "
            "không làm tròn lên.",
            "Viet Nam time (UTC+7). Numbers as printed there: 1.547 is one thousand five hundred and forty-seven; "
            "49,6 % is cut, never rounded up.",
        ),
        "provisional": Text("tạm tính", "provisional"),
        "to_date": Text("Tạm tính đến {at}", "Provisional, as of {at}"),
        "future": Text("Kỳ này chưa bắt đầu", "This period has not begun"),
        "closed": Text("Kỳ đã hết; số có thể đổi nếu dữ liệu đến muộn", "Period over; late data may still change it"),
        "province": Text("Toàn tỉnh", "The whole province"),
        "away": Text("Kho dữ liệu không trả lời từ {since}", "The store has not answered since {since}"),
        "away_more": Text(
            "Trang này tự cập nhật khi kho dữ liệu trở lại.", "This page catches up by itself when the store is back."
        ),
        "missing": Text("Không tìm thấy trang này", "There is no such page"),
        "bad": Text("Yêu cầu chưa đúng", "This request cannot be read"),
        "home": Text("Về trang tổng quan", "To the overview"),
    }
)

PERIODS: Mapping[str, Text] = MappingProxyType(
    {
        "period": Text("Kỳ", "Period"),
        "period_kinds": Text("Loại kỳ", "Kinds of period"),
        "two_parts": Text("Kỳ này gồm hai phần không so sánh được với nhau:", "Two parts that must not be compared:"),
        "from_here": Text("từ đây:", "from here:"),
        "day": Text("Ngày", "Day"),
        "week": Text("Tuần", "Week"),
        "month": Text("Tháng", "Month"),
        "quarter": Text("Quý", "Quarter"),
        "year": Text("Năm", "Year"),
        "half": Text("6 tháng", "Half-year"),
        "nine_months": Text("9 tháng", "Nine months"),
        "reports": Text("Kỳ báo cáo và kỳ khác", "Reporting and other periods"),
        "report_month": Text("Tháng báo cáo", "Reporting month"),
        "report_quarter": Text("Quý báo cáo", "Reporting quarter"),
        "report_half": Text("6 tháng báo cáo", "Reporting half-year"),
        "report_nine_months": Text("9 tháng báo cáo", "Reporting nine months"),
        "report_year": Text("Năm báo cáo", "Reporting year"),
        "half_1_name": Text("6 tháng đầu năm {year}", "First half of {year}"),
        "half_2_name": Text("6 tháng cuối năm {year}", "Second half of {year}"),
        "nine_months_name": Text("9 tháng đầu năm {year}", "Nine months of {year}"),
        "report_month_name": Text("Kỳ báo cáo tháng {n}/{year}", "Reporting month {n}/{year}"),
        "report_quarter_name": Text("Kỳ báo cáo quý {n}/{year}", "Reporting quarter {n}/{year}"),
        "report_half_name": Text("Kỳ báo cáo 6 tháng lần {n} năm {year}", "Reporting half {n} of {year}"),
        "report_nine_months_name": Text("Kỳ báo cáo 9 tháng năm {year}", "Reporting nine months of {year}"),
        "report_year_name": Text("Kỳ báo cáo năm {year}", "Reporting year {year}"),
    }
)

LIVE: Mapping[str, Text] = MappingProxyType(
    {
        "live": Text("Trực tiếp", "Live"),
        "still": Text("Không tự cập nhật", "Not updating by itself"),
        "connecting": Text("Đang nối…", "Connecting…"),
        "broken": Text("Mất kết nối với máy chủ từ {since}", "No connection to the board since {since}"),
        "store_away": Text("Kho dữ liệu không trả lời từ {since}", "The store has not answered since {since}"),
        "data_at": Text("Dữ liệu đến", "Data as of"),
        "stale_since": Text("Số cũ, từ {since}", "Stale, since {since}"),
        "silent_source": Text("Nguồn này chưa có dữ liệu", "No data from this source yet"),
        "no_data": Text("Chưa có dữ liệu", "No data yet"),
        "events": Text("Sự kiện mỗi phút", "Events per minute"),
        "events_more": Text(
            "bước xử lý và thanh toán, 60 phút qua",
            "steps and payments, the last 60 minutes",
        ),
        "worst": Text("Đơn vị cần chú ý", "Agencies to look at"),
        "worst_none": Text("Chưa đơn vị nào đủ số liệu để so sánh", "No agency has enough cases to compare"),
        "attention": Text("Cần xử lý ngay", "Needs work now"),
    }
)
