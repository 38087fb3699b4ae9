"""What is said of agencies over time and of yearly indices."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

UNITS: Mapping[str, Text] = MappingProxyType(
    {
        "past": Text("Đơn vị trước và sau sắp xếp", "Before and after the merger"),
        "came_from": Text("Nhận từ", "Took over from"),
        "went_to": Text("Đã chuyển sang", "Went to"),
        "link_since": Text("từ {day}", "since {day}"),
        "link_share": Text("phần {share}", "share {share}"),
        "own_figure": Text("Riêng đơn vị này", "This agency alone"),
        "union": Text("Gộp cả đơn vị cũ (pro forma)", "With its predecessors (pro forma)"),
        "union_more": Text(
            "Số gộp cộng hồ sơ của đơn vị này và các đơn vị cũ, mỗi đơn vị một lần; chỉ để tham khảo, không phải số đã "
            "công bố.",
            "Counts of this agency and its predecessors, each once; for orientation, not a published figure.",
        ),
        "not_summed": Text(
            "Có đơn vị cũ bị chia cho nhiều nơi: không cộng, xem riêng từng đơn vị.",
            "A predecessor was split: nothing is summed, each is shown by itself.",
        ),
    }
)

INDICES: Mapping[str, Text] = MappingProxyType(
    {
        "indices": Text("Chỉ số hằng năm", "Yearly indices"),
        "indices_none": Text(
            "Chưa nạp chỉ số nào. Quản trị viên nạp bằng lệnh: nhip index import TỆP",
            "No index has been imported. An administrator does so by: nhip index import FILE",
        ),
        "unit_of_index": Text("Đơn vị được chấm", "Judged"),
        "index": Text("Chỉ số", "Index"),
        "index_score": Text("Điểm", "Score"),
        "self_score": Text("Tự chấm", "Own claim"),
        "verified_score": Text("Thẩm định", "Verified"),
        "rank_of": Text("Hạng", "Rank"),
        "score_change": Text("Điểm so năm trước", "Points on the year before"),
        "rank_change": Text("Hạng so năm trước", "Places on the year before"),
        "places": Text("bậc", "places"),
        "score_points": Text("điểm", "points"),
        "no_year_before": Text("chưa nạp năm trước", "year before not loaded"),
        "criteria": Text("Tiêu chí và điểm bị mất", "Criteria and points lost"),
        "criterion": Text("Tiêu chí", "Criterion"),
        "points_of": Text("Điểm đạt / tối đa", "Points / maximum"),
        "lost": Text("Mất", "Lost"),
        "zero_points": Text("0 điểm", "no points"),
        "lost_of": Text(
            "{below}/{criteria} tiêu chí ({below_share}) chưa đạt điểm tối đa, "
            "{zero}/{criteria} ({zero_share}) không có điểm; mất {points} điểm.",
            "{below} of {criteria} criteria ({below_share}) below the maximum, "
            "{zero} of {criteria} ({zero_share}) with no points; {points} points lost.",
        ),
        "live_kpi": Text("Số trực tiếp, {period}", "Live figure, {period}"),
        "units_ranked": Text("Xếp hạng các đơn vị trong tỉnh, {year}", "The province's agencies, {year}"),
        "units_field": Text(
            "{good}/{units} đơn vị đạt loại tốt (từ 80 điểm): {share}.",
            "{good} of {units} good (80 or more): {share}.",
        ),
        "units_moved": Text(
            "So với năm trước: {rose} tăng, {fell} giảm trong {compared} đơn vị so sánh được.",
            "On the year before: {rose} up, {fell} down of {compared} that may be compared.",
        ),
        "today_part_of": Text("nay thuộc {name}", "today part of {name}"),
        "made_of": Text("hợp nhất từ {names}", "merged from {names}"),
    }
)
