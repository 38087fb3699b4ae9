"""What is said on the page of the working calendar."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

CALENDAR: Mapping[str, Text] = MappingProxyType(
    {
        "calendar": Text("Lịch làm việc", "Working calendar"),
        "calendar_year": Text("Lịch làm việc năm {year}", "Working calendar of {year}"),
        "calendar_lead": Text(
            "{days} ngày làm việc. Thời hạn theo ngày làm việc và danh sách sắp trễ hạn tính theo lịch này; "
            "8 giờ làm việc là một ngày.",
            "{days} working days. Time limits in working days and the lists of dossiers soon due go by this calendar; "
            "8 working hours are a day.",
        ),
        "calendar_undecided": Text(
            "Tạm tính: chưa có quyết định về ngày nghỉ của năm này. Dùng lệnh nhip calendar để xác nhận hoặc sửa.",
            "Provisional: the days off of this year are not decided yet. nhip calendar confirms or changes them.",
        ),
        "calendar_hours": Text("Giờ làm việc", "Working hours"),
        "calendar_from": Text("từ {day}: {hours}", "from {day}: {hours}"),
        "calendar_days": Text("Ngày nghỉ, ngày làm bù và căn cứ", "Days off, make-up days and their sources"),
        "calendar_none": Text("Chưa có ngày nào khác với tuần thường.", "No day differs from the week."),
        "calendar_swap": Text("Hoán đổi với", "Swapped with"),
        "calendar_occasion": Text("Dịp", "Occasion"),
        "calendar_why": Text("Căn cứ", "Source"),
        "calendar_state": Text("Tình trạng", "State"),
        "calendar_previous": Text("Năm trước", "Previous year"),
        "calendar_next": Text("Năm sau", "Next year"),
        "calendar_today": Text("hôm nay", "today"),
        "weekdays": Text("T2 T3 T4 T5 T6 T7 CN", "Mo Tu We Th Fr Sa Su"),
        "weekday_names": Text(
            "Thứ Hai,Thứ Ba,Thứ Tư,Thứ Năm,Thứ Sáu,Thứ Bảy,Chủ nhật",
            "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
        ),
        "state.off": Text("nghỉ", "off"),
        "state.work": Text("ngày nghỉ mà làm bù", "make-up working day"),
        "state.half-morning": Text("chỉ làm buổi sáng", "morning only"),
        "state.half-afternoon": Text("chỉ làm buổi chiều", "afternoon only"),
        "state.weekend": Text("nghỉ hằng tuần", "weekend"),
        "state.usual": Text("ngày làm việc", "working day"),
    }
)
