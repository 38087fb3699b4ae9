"""What is said of the national portal's side of things."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

NATIONAL: Mapping[str, Text] = MappingProxyType(
    {
        "national": Text("Đối chiếu Cổng quốc gia", "National portal"),
        "national_lead": Text(
            "Từng hồ sơ của tỉnh đặt cạnh bản ghi của nó trong tệp của Cổng dịch vụ công quốc gia: khác ở đâu, và mỗi "
            "loại khác nhau làm chỉ số lệch bao nhiêu. Các phần lệch cộng lại đúng bằng chênh lệch.",
            "Each of the province's dossiers beside its record in the national portal's exports: where they differ, "
            "and what each class of difference does to a figure. The effects add up to the gap exactly.",
        ),
        "national_none": Text(
            "Chưa nạp tệp nào của Cổng cho kỳ này. Lệnh: nhip national import TỆP --period {period}",
            "No export of the portal covers this period. Command: nhip national import FILE --period {period}",
        ),
        "national_counted": Text(
            "{here} hồ sơ của tỉnh · {there} trên Cổng · {differing} khác nhau",
            "{here} dossiers here · {there} on the portal · {differing} differ",
        ),
        "national_uncovered": Text(
            "{n} hồ sơ ngoài phạm vi các tệp đã nạp: lấy theo số của tỉnh ở cả hai bên.",
            "{n} dossiers that no export covers: taken as they are here on both sides.",
        ),
        "national_exports": Text("Tệp của Cổng", "The portal's exports"),
        "national_file": Text("Tệp", "File"),
        "national_days": Text("Ngày tiếp nhận", "Days of reception"),
        "national_taken": Text("Lấy ngày", "Taken on"),
        "national_figures": Text("Chỉ số hai bên", "Figures on both sides"),
        "national_here": Text("Tỉnh", "Here"),
        "national_there": Text("Cổng quốc gia", "Portal"),
        "national_gap": Text("Chênh lệch", "Gap"),
        "national_effects": Text("Phần lệch do", "Effects"),
        "national_same": Text("không khác", "no difference"),
        "national_classes": Text("Loại khác nhau", "Classes of difference"),
        "national_class": Text("Loại", "Class"),
        "national_dossiers": Text("Hồ sơ", "Dossiers"),
        "national_listed": Text("Hồ sơ khác nhau", "Dossiers that differ"),
        "national_code": Text("Mã trên Cổng", "Code there"),
        "national_unit": Text("Đơn vị theo Cổng", "Unit there"),
        "national_agencies": Text("Theo đơn vị", "By agency"),
        "national_most": Text("Nhiều nhất", "Most of them"),
        "national_published": Text("Số Cổng công bố", "Published by the portal"),
        "national_published_more": Text(
            "Giữ nguyên như công bố, đặt cạnh số của tỉnh; không thay số của tỉnh.",
            "Kept as published, beside ours; ours are not replaced.",
        ),
        "national_on": Text("công bố {day}", "published {day}"),
        "national_points": Text("{n} điểm", "{n} points"),
    }
)
