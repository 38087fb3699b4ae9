"""What is said about figures and agencies."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

KPI: Mapping[str, Text] = MappingProxyType(
    {
        "rose": Text("tăng", "up"),
        "fell": Text("giảm", "down"),
        "same": Text("không đổi", "unchanged"),
        "better": Text("tốt lên", "better"),
        "worse": Text("xấu đi", "worse"),
        "no_value": Text("không có giá trị", "no value"),
        "points": Text("điểm %", "points"),
        "against": Text("so với {span}", "against {span}"),
        "nothing_before": Text("chưa có kỳ để so", "nothing to compare with"),
        "aim": Text("mục tiêu {sign} {value}", "target {sign} {value}"),
        "aim_own": Text("mục tiêu của tỉnh", "the province's goal"),
        "aim_declared": Text("mức {value} theo định nghĩa", "{value} by the definition"),
        "aim_reached": Text("đạt", "reached"),
        "aim_missed": Text("chưa đạt", "not reached"),
        "trend": Text("Diễn biến", "Trend"),
        "trend_of": Text("{title}: {count} kỳ gần đây, từ {low} đến {high}", "{title}: last {count}, {low} to {high}"),
        "definition": Text("Định nghĩa", "Definition"),
        "formula": Text("Công thức với số của kỳ này", "Formula with this period's numbers"),
        "numerator": Text("Tử số", "Numerator"),
        "denominator": Text("Mẫu số", "Denominator"),
        "number": Text("Số đếm", "Count"),
        "value": Text("Giá trị", "Value"),
        "empty_denominator": Text(
            "Mẫu số bằng 0 thì không có giá trị (–), không bao giờ là 0 %.",
            "An empty denominator gives no value (–), never 0 %.",
        ),
        "source": Text("Căn cứ", "Source"),
        "in_force": Text("Hiệu lực", "In force"),
        "versions": Text("Phiên bản", "Versions"),
        "version": Text("phiên bản {n}", "version {n}"),
        "owner": Text("Phụ trách", "Owner"),
        "freshness": Text("Coi là cũ sau", "Stale after"),
        "minutes": Text("{n} phút", "{n} minutes"),
        "direction": Text("Chiều", "Direction"),
        "higher": Text("càng cao càng tốt", "higher is better"),
        "lower": Text("càng thấp càng tốt", "lower is better"),
        "sql": Text("Câu hỏi SQL", "SQL"),
        "sql_more": Text(
            "Đúng câu hỏi mà trang này hỏi kho dữ liệu; tham số: first và last là ngày đầu và cuối kỳ.",
            "The very question this page asks the store; parameters: first and last are the period's days.",
        ),
        "limits": Text("Giới hạn đã biết", "Known limits"),
        "limit_late": Text(
            "Dữ liệu đến muộn vẫn được tính vào kỳ của nó, nên số của kỳ cũ có thể đổi.",
            "Late data still counts in its own period, so figures of old periods may change.",
        ),
        "limit_catalogue": Text(
            "Danh mục được áp dụng như đang biết: dòng danh mục đến sau cũng tính cho hồ sơ đến trước.",
            "The catalogue is applied as it is known now: a line that comes later counts for earlier dossiers too.",
        ),
        "limit_whole": Text(
            "Xem theo đơn vị, mẫu số vẫn là số dịch vụ của cả tỉnh.",
            "For an agency the denominator stays the services of the whole province.",
        ),
        "limit_payments": Text(
            "Giao dịch không nêu mã hồ sơ chỉ tính cho toàn tỉnh, và danh sách hồ sơ có thể ngắn hơn con số.",
            "One without a dossier counts for the province alone, and the list may be shorter than the number.",
        ),
        "dossiers": Text("Hồ sơ đứng sau con số", "The dossiers behind the number"),
        "by_agency": Text("Theo đơn vị", "By agency"),
        "by_channel": Text("Theo kênh thực hiện", "By channel"),
        "channel": Text("Kênh", "Channel"),
    }
)

LEAGUE: Mapping[str, Text] = MappingProxyType(
    {
        "kpi": Text("Chỉ số", "KPI"),
        "tier": Text("Cấp", "Tier"),
        "tier_own": Text("Từng đơn vị, không gộp cấp dưới", "Each alone, without those below"),
        "tier_tinh": Text("Tỉnh", "Province"),
        "tier_so": Text("Sở, ngành", "Departments"),
        "tier_huyen": Text("Huyện", "Districts"),
        "tier_xa": Text("Xã, phường", "Communes"),
        "agency": Text("Đơn vị", "Agency"),
        "rank": Text("Hạng", "Rank"),
        "year_before": Text("Cùng kỳ năm trước", "A year before"),
        "change": Text("Thay đổi", "Change"),
        "aimed": Text("Mức so (%)", "Target (%)"),
        "aimed_value": Text("Mức so", "Target"),
        "aimed_at": Text("Mức {sign} {value}", "Target {sign} {value}"),
        "group_reached": Text("{n} đơn vị đạt", "{n} reach it"),
        "group_missed": Text("{n} chưa đạt", "{n} do not"),
        "group_few": Text("{n} ít hoặc không có hồ sơ, không tính", "{n} left out: too few cases or none"),
        "group_rose": Text("{n} tăng", "{n} up"),
        "group_fell": Text("{n} giảm", "{n} down"),
        "group_same": Text("{n} không đổi", "{n} unchanged"),
        "group_apart": Text("{n} không so được", "{n} not comparable"),
        "group_all": Text("tất cả", "all"),
        "few": Text("ít hồ sơ, không xếp hạng", "few cases, not ranked"),
        "few_more": Text(
            "Đơn vị có mẫu số dưới {n} được đánh dấu ◌ và không xếp hạng.",
            "Agencies with a denominator below {n} are marked ◌ and not ranked.",
        ),
        "below": Text("Đơn vị trực thuộc", "Agencies below"),
        "part_of": Text("Thuộc", "Part of"),
        "its_late": Text("Hồ sơ trễ hạn của đơn vị", "Its late dossiers"),
        "standing": Text("So với các đơn vị cùng cấp ({tier})", "Among its tier ({tier})"),
        "on_year": Text("So với cùng kỳ năm trước", "On a year before"),
        "sort": Text("sắp xếp", "sort"),
        "find": Text("Tìm theo tên hoặc mã", "Find by name or code"),
    }
)
