"""What the pages of actions say."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

ACTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "actions": Text("Việc đã cam kết", "Promised"),
        "actions_new": Text("Ghi việc mới", "Record an action"),
        "actions_none": Text("Chưa có việc nào.", "Nothing is recorded."),
        "actions_by_agency": Text("Theo đơn vị", "By agency"),
        "actions_by_tier": Text("Theo cấp", "By tier"),
        "actions_all": Text("Tất cả", "All"),
        "actions_share": Text("Tỷ lệ", "Share"),
        "actions_text": Text("Nội dung cam kết", "What is promised"),
        "actions_owner": Text("Phụ trách (chức danh)", "Owner (post)"),
        "actions_owner_hint": Text(
            "Chỉ ghi chức danh, không ghi tên người, số điện thoại, số định danh, thư điện tử.",
            "Write the post only: no person's name, telephone, ID number or e-mail address.",
        ),
        "actions_due": Text("Hạn", "Due"),
        "actions_origin": Text("Theo", "From"),
        "actions_origin_name": Text("Văn bản, cảnh báo, kỳ", "Which one"),
        "actions_kpi": Text("Chỉ số", "KPI"),
        "actions_target": Text("Chỉ tiêu (tỷ lệ: phần trăm)", "Target (rates: percent)"),
        "actions_aim": Text("Chỉ tiêu", "Target"),
        "actions_state": Text("Tình trạng", "State"),
        "actions_to": Text("Nhóm được nhắc (cách bằng dấu phẩy)", "Groups reminded (between commas)"),
        "actions_result": Text("Kết quả", "Result"),
        "actions_done_on": Text("Ngày xong", "Done on"),
        "actions_recorded": Text("Ghi ngày", "Recorded"),
        "actions_why": Text("Lý do, căn cứ (bắt buộc)", "Reason (needed)"),
        "actions_save": Text("Lưu", "Save"),
        "actions_filter": Text("Lọc", "Show"),
        "actions_done": Text("Đã xong", "Done"),
        "actions_change": Text("Thay đổi", "Change"),
        "actions_withdraw": Text("Bỏ việc này", "Withdraw it"),
        "actions_undo": Text("Hoàn tác lần sửa cuối", "Undo the last change"),
        "actions_course": Text("Chỉ số trước và sau cam kết", "The KPI before the promise and since"),
        "actions_before": Text("Tháng đã hết trước khi cam kết", "The month before the promise"),
        "actions_now": Text("Tháng mới nhất", "The newest month"),
        "actions_reached": Text("đạt chỉ tiêu", "target reached"),
        "actions_not_reached": Text("chưa đạt chỉ tiêu", "target not reached"),
        "actions_no_course": Text("Việc này không gắn với chỉ số nào.", "No KPI goes with this action."),
        "actions_days_left": Text("còn {n} ngày", "{n} days left"),
        "actions_changes": Text("Các lần ghi", "Its changes"),
        "actions_what": Text("Làm gì", "What"),
        "actions_who": Text("Ai", "Who"),
        "actions_give": Text("Giao việc", "Record an action"),
        "actions_read_only": Text(
            "Chỉ người có quyền biên tập mới ghi và sửa việc đã cam kết.", "Only editors record and change actions."
        ),
        "actions_drawn": Text(
            "Đường đứng: tháng cam kết và tháng đến hạn; đường ngang: chỉ tiêu.",
            "Upright lines: the months of the promise and of its date; level line: the target.",
        ),
        "action.recorded": Text("ghi", "recorded"),
        "action.changed": Text("sửa", "changed"),
        "action.done": Text("xong", "done"),
        "action.withdrawn": Text("bỏ", "withdrawn"),
        "action.undone": Text("hoàn tác", "undone"),
        "tier_none": Text("không rõ cấp", "no tier known"),
    }
)
