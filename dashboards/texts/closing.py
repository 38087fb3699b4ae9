"""What is said of closed periods and of what changed after they were closed."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

CLOSING: Mapping[str, Text] = MappingProxyType(
    {
        "restatements": Text("Điều chỉnh sau chốt", "Restatements"),
        "restatements_more": Text(
            "Số của kỳ đã chốt được giữ nguyên như khi chốt. Dữ liệu đến sau không lặng lẽ thay số: chỗ khác hiện ở "
            "đây, kèm hồ sơ làm số thay đổi.",
            "The figures of a closed period stay as they were. Data that comes later changes none of them silently: "
            "where they differ is shown here, with the dossiers that made it so.",
        ),
        "closed_periods": Text("Kỳ đã chốt", "Closed periods"),
        "closed_none": Text(
            "Chưa có kỳ nào được chốt. Lệnh: nhip close 2026-10",
            "No period was closed yet. Command: nhip close 2026-10",
        ),
        "not_closed": Text("Kỳ này chưa chốt.", "This period has not been closed."),
        "closed_on": Text("Đã chốt {at} bởi {who}", "Closed {at} by {who}"),
        "closed_why": Text("Lý do chốt", "Why it was closed"),
        "closed_at": Text("Chốt lúc", "Closed at"),
        "closed_who": Text("Người chốt", "Closed by"),
        "restated_of": Text("{n} trong {all} chỉ số đã khác", "{n} of {all} figures differ"),
        "restated_none": Text("Mọi chỉ số vẫn như khi chốt.", "Every figure is what it was."),
        "was_closed_as": Text("Số đã chốt: {was}", "Closed as {was}"),
        "why_restated": Text("vì sao khác", "why it differs"),
        "was": Text("Đã chốt", "Was"),
        "is_now": Text("Nay", "Is"),
        "why_word": Text("Vì sao", "Why"),
        "thing.dossier": Text("hồ sơ", "dossiers"),
        "thing.payment": Text("giao dịch", "transactions"),
        "thing.service": Text("dịch vụ", "services"),
        "turn.entered": Text("mới được tính", "entered"),
        "turn.left": Text("không còn thuộc kỳ", "left"),
        "turn.now_counted": Text("nay tính vào tử số", "now in the numerator"),
        "turn.no_longer_counted": Text("thôi tính vào tử số", "no longer in the numerator"),
        "turn.changed": Text("con số hoặc mẫu số đã đổi", "another number or denominator"),
        "why_no_things": Text(
            "Chỉ số này không đếm hồ sơ trực tiếp: xem các chỉ số hợp thành.",
            "This figure counts no dossiers by itself: see the figures that it is made of.",
        ),
        "why_effect": Text(
            "tử số {numerator}, mẫu số {denominator}", "numerator {numerator}, denominator {denominator}"
        ),
        "why_effect_count": Text("số đếm {numerator}", "count {numerator}"),
        "what_changed": Text("Điều đã đổi", "What changed"),
        "what_new": Text(
            "lúc chốt chưa được chỉ số nào của kỳ tính", "no figure of the period counted it at the close"
        ),
        "what_around": Text(
            "hồ sơ giữ nguyên; danh mục, cây đơn vị hoặc bước xử lý đã đổi",
            "the dossier is the same; the catalogue, the agency tree or its steps changed",
        ),
        "what_service": Text("theo danh mục và hồ sơ của dịch vụ", "by the catalogue and the service's dossiers"),
        "was_to_is": Text("{was} → {now}", "{was} → {now}"),
        "named_things": Text("{title}: những gì làm số thay đổi", "{title}: what made it change"),
        "code": Text("Mã", "Code"),
        "paid_at": Text("Thanh toán", "Paid"),
        "amount": Text("Con số", "Number"),
    }
)
