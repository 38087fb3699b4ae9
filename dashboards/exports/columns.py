"""The columns of a table, told from the shape of its items."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel

from metrics.words import Text


class Form(Enum):
    """What a column's values are; any of them may be missing."""

    TEXT = auto()
    NUMBER = auto()
    FRACTION = auto()
    YES_NO = auto()
    DATE = auto()
    MOMENT = auto()


FORMS: Mapping[type, Form] = MappingProxyType(
    {
        str: Form.TEXT,
        int: Form.NUMBER,
        float: Form.FRACTION,
        bool: Form.YES_NO,
        date: Form.DATE,
        datetime: Form.MOMENT,
    }
)

TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "agency": Text("Mã đơn vị", "Agency"),
        "amount": Text("Con số", "Amount"),
        "at": Text("Lúc", "At"),
        "authority": Text("Cấp thực hiện", "Authority"),
        "before": Text("Cùng kỳ năm trước", "A year before"),
        "breaks": Text("Không so sánh được vì", "Not comparable because of"),
        "by_post": Text("Qua bưu chính", "By post"),
        "change": Text("Thay đổi", "Change"),
        "channel": Text("Kênh thực hiện", "Channel"),
        "code": Text("Mã", "Code"),
        "counted": Text("Được tính vào tử số", "Counted"),
        "criterion": Text("Mã tiêu chí", "Criterion"),
        "days_left": Text("Còn bao nhiêu ngày", "Days left"),
        "denominator": Text("Mẫu số", "Denominator"),
        "difference": Text("Loại khác nhau", "Class of difference"),
        "display": Text("Hiển thị", "Display"),
        "done": Text("Hoàn tất (yêu cầu)", "Done (requests)"),
        "done_kept": Text("Hoàn tất / nộp", "Done of submitted"),
        "done_on": Text("Ngày xong", "Done on"),
        "done_visitors": Text("Hoàn tất (lượt khách, ước tính)", "Done (visitors, estimated)"),
        "dossier": Text("Mã hồ sơ", "Dossier"),
        "dossiers": Text("Số hồ sơ", "Dossiers"),
        "due": Text("Hạn", "Due"),
        "due_at": Text("Hẹn trả", "Due"),
        "effect": Text("Phần lệch", "Effect"),
        "electronic_process": Text("Quy trình điện tử", "Electronic process"),
        "exact": Text("Phần lệch (phân số)", "Effect as a fraction"),
        "first": Text("Từ ngày", "From"),
        "few": Text("Quá ít để xếp hạng", "Too few to rank"),
        "field": Text("Mã lĩnh vực", "Field"),
        "field_name": Text("Lĩnh vực", "Field name"),
        "flags": Text("Cờ của Cổng", "Flags"),
        "gateway": Text("Cổng thanh toán", "Gateway"),
        "has_fee": Text("Có phí", "Has a fee"),
        "here": Text("Theo tỉnh", "Here"),
        "id": Text("Mã việc", "Action"),
        "in_denominator": Text("Thuộc mẫu số", "In the denominator"),
        "index": Text("Chỉ số hằng năm", "Index"),
        "interlinked": Text("Liên thông", "Interlinked"),
        "kind": Text("Loại tệp", "Kind of file"),
        "kpi": Text("Chỉ số", "KPI"),
        "last": Text("Đến ngày", "To"),
        "last_step": Text("Bước gần nhất", "Last step"),
        "last_step_at": Text("Lúc", "At"),
        "level": Text("Mức độ", "Level"),
        "line": Text("Dòng", "Line"),
        "lost": Text("Điểm mất", "Points lost"),
        "maximum": Text("Điểm tối đa", "Maximum"),
        "name": Text("Tên", "Name"),
        "national_code": Text("Mã trên Cổng", "Code on the portal"),
        "not_comparable": Text("Không so sánh được vì", "Not comparable because of"),
        "numerator": Text("Tử số", "Numerator"),
        "one_stop": Text("Một cửa", "One-stop"),
        "online": Text("Trực tuyến", "Online"),
        "origin": Text("Theo", "From"),
        "origin_name": Text("Văn bản, cảnh báo, kỳ", "Which one"),
        "owner": Text("Phụ trách (chức danh)", "Owner (post)"),
        "paid": Text("Thanh toán (yêu cầu)", "Payment (requests)"),
        "paid_at": Text("Thanh toán", "Paid"),
        "paid_kept": Text("Thanh toán / nộp", "Payment of submitted"),
        "paid_visitors": Text("Thanh toán (lượt khách, ước tính)", "Payment (visitors, estimated)"),
        "parent": Text("Đơn vị cấp trên", "Parent"),
        "period": Text("Kỳ", "Period"),
        "points": Text("Điểm đạt", "Points"),
        "procedure": Text("Mã thủ tục", "Procedure"),
        "promised": Text("Nội dung cam kết", "Promised"),
        "published_in": Text("Nguồn công bố", "Published in"),
        "published_on": Text("Ngày công bố", "Published on"),
        "rank": Text("Hạng", "Rank"),
        "rank_change": Text("Thay đổi hạng", "Change of rank"),
        "ranked_of": Text("Trong số", "Ranked of"),
        "reached": Text("Đạt mức", "At the target"),
        "reason": Text("Lý do", "Reason"),
        "received": Text("Hồ sơ tiếp nhận", "Received"),
        "received_at": Text("Tiếp nhận", "Received"),
        "received_online": Text("Trong đó trực tuyến", "Of these online"),
        "recorded_at": Text("Ghi lúc", "Recorded"),
        "recorded_by": Text("Ai ghi", "Recorded by"),
        "refunded_at": Text("Hoàn phí", "Refunded"),
        "resolved_at": Text("Giải quyết xong", "Resolved"),
        "result": Text("Kết quả", "Result"),
        "score": Text("Điểm", "Score"),
        "score_change": Text("Thay đổi điểm", "Change of score"),
        "self_score": Text("Điểm tự chấm", "Own claim"),
        "source": Text("Tệp", "Source"),
        "started": Text("Kê khai (yêu cầu)", "Filling in (requests)"),
        "started_kept": Text("Kê khai / xem", "Filling in of viewed"),
        "started_visitors": Text("Kê khai (lượt khách, ước tính)", "Filling in (visitors, estimated)"),
        "state": Text("Tình trạng", "State"),
        "status": Text("Trạng thái", "Status"),
        "submitted": Text("Nộp (yêu cầu)", "Submitted (requests)"),
        "submitted_kept": Text("Nộp / kê khai", "Submitted of filled in"),
        "submitted_visitors": Text("Nộp (lượt khách, ước tính)", "Submitted (visitors, estimated)"),
        "synced_at": Text("Đồng bộ lúc", "Synced"),
        "target": Text("Chỉ tiêu", "Target"),
        "there": Text("Theo Cổng quốc gia", "On the portal"),
        "thing": Text("Loại", "Kind"),
        "tier": Text("Cấp", "Tier"),
        "transaction": Text("Mã giao dịch", "Transaction"),
        "turn": Text("Tăng, giảm", "Up or down"),
        "uncovered": Text("Ngoài phạm vi tệp", "Not covered"),
        "unit": Text("Đơn vị", "Unit"),
        "valid_from": Text("Hiệu lực từ", "In force from"),
        "valid_to": Text("Hiệu lực đến", "In force to"),
        "value": Text("Giá trị", "Value"),
        "version": Text("Phiên bản", "Version"),
        "viewed": Text("Xem dịch vụ (yêu cầu)", "Service viewed (requests)"),
        "viewed_visitors": Text("Xem dịch vụ (lượt khách, ước tính)", "Service viewed (visitors, estimated)"),
        "was_amount": Text("Con số khi chốt", "Amount at the close"),
        "was_channel": Text("Kênh khi chốt", "Channel at the close"),
        "was_counted": Text("Tính vào tử số khi chốt", "Counted at the close"),
        "was_due_at": Text("Hẹn trả khi chốt", "Due at the close"),
        "was_in_denominator": Text("Thuộc mẫu số khi chốt", "In the denominator at the close"),
        "was_paid_at": Text("Thanh toán khi chốt", "Paid at the close"),
        "was_procedure": Text("Mã thủ tục khi chốt", "Procedure at the close"),
        "was_received_at": Text("Tiếp nhận khi chốt", "Received at the close"),
        "was_resolved_at": Text("Giải quyết xong khi chốt", "Resolved at the close"),
        "who": Text("Người chốt", "Closed by"),
        "why": Text("Lý do", "Why"),
        "year": Text("Năm", "Year"),
    }
)
"""Of the columns of every table."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    form: Form

    def title(self, lang: str) -> str:
        return TITLES[self.name].en if lang == "en" else TITLES[self.name].vi


def columns(item: type[BaseModel]) -> tuple[Column, ...]:
    return tuple(Column(name, _form(field.annotation)) for name, field in item.model_fields.items())


def _form(annotation: Any) -> Form:
    """`float | int | None` is a fraction."""
    kinds = [kind for kind in get_args(annotation) or (annotation,) if kind is not type(None)]
    return FORMS[float if float in kinds else kinds[0]]


def rows(items: Sequence[BaseModel]) -> Iterator[tuple[Any, ...]]:
    for item in items:
        yield tuple(getattr(item, name) for name in type(item).model_fields)
