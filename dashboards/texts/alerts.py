"""What the pages of alerts and thresholds say."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

ALERTS: Mapping[str, Text] = MappingProxyType(
    {
        "alerts_now": Text("Đang mở", "Open"),
        "alerts_none": Text("Không có cảnh báo nào đang mở.", "No alert is open."),
        "alerts_quiet": Text("{n} mục theo dõi đang bình thường", "{n} watched and as they should be"),
        "alerts_looked": Text(
            "Xét lần cuối {at}: {n} mục trong {seconds} giây", "Last looked at {at}: {n} alerts in {seconds} s"
        ),
        "alerts_unwatched": Text(
            "Không có tiến trình nào đang xét ngưỡng: không ai được báo. Chạy `nhip up` hoặc `nhip alerts`.",
            "No process watches the thresholds: nobody is told. Run `nhip up` or `nhip alerts`.",
        ),
        "alerts_thresholds": Text("Ngưỡng đang áp dụng", "Thresholds"),
        "alerts_no_thresholds": Text("Chưa đặt ngưỡng nào.", "No threshold is set."),
        "alerts_history": Text("Đã xảy ra", "What happened"),
        "alerts_speed": Text("Nhanh chậm, 90 ngày", "How fast, 90 days"),
        "alerts_fired": Text("Số lần báo", "Fired"),
        "alerts_to_acknowledge": Text("Trung bình đến khi có người nhận", "Mean time to acknowledge"),
        "alerts_to_resolve": Text("Trung bình đến khi hết", "Mean time to resolve"),
        "alerts_noisy": Text("Báo nhiều nhất, 30 ngày", "Noisiest, 30 days"),
        "alerts_undelivered": Text("Tin chưa đến nơi, 7 ngày", "Messages that did not arrive, 7 days"),
        "alerts_subject": Text("Chỉ số", "Of"),
        "alerts_limit": Text("Giới hạn", "Limit"),
        "alerts_state": Text("Tình trạng", "State"),
        "alerts_number": Text("Số lúc báo", "Number when fired"),
        "alerts_who": Text("Ai nhận", "Taken on by"),
        "alerts_set_by": Text("Ai đặt", "Set by"),
        "alerts_why": Text("Lý do", "Why"),
        "alerts_at": Text("Lúc", "At"),
        "alerts_what": Text("Việc", "What"),
        "alerts_each_of": Text("Từng đơn vị cấp: {tier}", "Each of: {tier}"),
        "alerts_take": Text("Nhận xử lý", "Take it on"),
        "alerts_open_list": Text("Xem", "Look"),
        "alerts_edit": Text("Sửa", "Change"),
        "alerts_new": Text("Đặt ngưỡng mới", "New threshold"),
        "alerts_undo": Text("Hoàn tác lần sửa cuối", "Undo the last change"),
        "alerts_withdraw": Text("Bỏ ngưỡng này", "Withdraw it"),
        "alerts_test": Text("Gửi tin thử", "Send a test message"),
        "alerts_group": Text("Nhóm nhận", "Group of recipients"),
        "alerts_minutes": Text("{n} phút", "{n} min"),
        "alerts_read_only": Text(
            "Chỉ người có quyền biên tập mới đặt ngưỡng và nhận cảnh báo; ai cũng xem trước được.",
            "Only editors set thresholds and take alerts on; everybody may preview.",
        ),
        "alerts_proposals": Text("Chờ người thứ hai duyệt", "Waiting for a second person's approval"),
        "alerts_proposed_by": Text("Ai đề nghị", "Proposed by"),
        "alerts_until": Text("Hết hiệu lực đề nghị", "Expires"),
        "alerts_gone": Text("bỏ ngưỡng", "withdrawn"),
        "alerts_approve": Text("Duyệt", "Approve"),
        "alerts_refuse": Text("Không duyệt", "Refuse"),
        "alerts_take_back": Text("Rút đề nghị", "Take it back"),
        "alerts_maintenance": Text("Bảo trì: không gọi ai", "Maintenance: nobody is called"),
        "alerts_window": Text("Khoảng thời gian (giờ Việt Nam)", "Span (time of Viet Nam)"),
        "alerts_window_forms": Text(
            "Viết 2026-11-22 20:00/2026-11-22 23:00 (một lần) hoặc sun 02:00-04:00 (hằng tuần: mon … sun).",
            "Write 2026-11-22 20:00/2026-11-22 23:00 (once) or sun 02:00-04:00 (weekly: mon … sun).",
        ),
        "alerts_mute": Text("Đặt khoảng bảo trì", "Set the window"),
        "alerts_unmute": Text("Bỏ khoảng này", "Remove it"),
        "outcome.waiting": Text("đang gửi lại", "being retried"),
        "outcome.undeliverable": Text("không gửi được", "undeliverable"),
        "outcome.nobody": Text("không có người nhận", "nobody to send to"),
        "threshold_title": Text("Đặt ngưỡng", "Set a threshold"),
        "threshold_kind": Text("Báo khi", "Alert when"),
        "threshold_below": Text("thấp hơn", "below"),
        "threshold_above": Text("cao hơn", "above"),
        "threshold_drop": Text("giảm quá (so cùng thứ tuần trước)", "dropped by (same weekday)"),
        "threshold_rise": Text("tăng quá (so cùng thứ tuần trước)", "rose by (same weekday)"),
        "threshold_limit": Text("Giới hạn cần xử lý (tỷ lệ: phần trăm)", "Act limit (rates: percent)"),
        "threshold_warn": Text("Giới hạn cảnh báo (nếu cần)", "Warn limit (if wanted)"),
        "threshold_tier": Text("hoặc từng đơn vị của cấp", "or each agency of the tier"),
        "threshold_over": Text("Tính theo", "Over"),
        "threshold_usual": Text("mặc định", "usual"),
        "threshold_least": Text("Mẫu số nhỏ nhất", "Smallest denominator"),
        "threshold_for": Text("Vượt trong bao nhiêu phút mới báo", "Minutes until it fires"),
        "threshold_calm": Text("Trở lại trong bao nhiêu phút mới hết", "Minutes until it is over"),
        "threshold_back": Text("Phải trở lại sâu thêm", "Has to come back by"),
        "threshold_office": Text("Chỉ tính trong giờ làm việc", "Only in office hours"),
        "threshold_to": Text("Nhóm nhận (cách bằng dấu phẩy)", "Groups (between commas)"),
        "threshold_preview": Text("Xem trước", "Preview"),
        "threshold_save": Text("Lưu ngưỡng", "Save"),
        "threshold_reason": Text("Lý do (bắt buộc)", "Reason (needed)"),
        "threshold_would": Text(
            "Với giới hạn này đã có {n} cảnh báo từ {first} đến {last}",
            "With this limit there would have been {n} alerts from {first} to {last}",
        ),
        "threshold_would_more": Text(
            "Xét số cuối mỗi ngày, theo dữ liệu biết đến nay; khi chạy thật, nhip xét 30 giây một lần nên có thể báo "
            "thêm những lúc vượt ngắn trong ngày.",
            "Judged by each day's last number, as the data is known now; live, nhip looks every 30 s and may fire for "
            "what was over by the evening.",
        ),
        "threshold_drawn": Text("Diễn biến của {whom} với giới hạn", "The course of {whom} and the limit"),
        "threshold_no_history": Text(
            "Chỉ số này không có lịch sử để xem trước.", "There is no history of this to preview."
        ),
        "threshold_days": Text("Những ngày vượt", "The days beyond it"),
        "threshold_from": Text("Báo", "Fired"),
        "threshold_until": Text("Hết", "Over"),
        "threshold_still": Text("còn mở", "still open"),
        "threshold_held": Text("Hiện đang là: {limits}", "It is now: {limits}"),
        "threshold_changes": Text("Các lần thay đổi", "Its changes"),
        "threshold_before": Text("Trước", "Before"),
        "threshold_after": Text("Sau", "After"),
    }
)
