"""The words of the field, in both languages: what each field, code and measure is called. See docs/glossary.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Text:
    """One word, title or sentence in both languages."""

    vi: str
    en: str

    def __add__(self, other: "Text") -> "Text":
        return Text(self.vi + other.vi, self.en + other.en)


def joined(parts: list[Text], vi: str, en: str) -> Text:
    return Text(vi.join(part.vi for part in parts), en.join(part.en for part in parts))


FIELDS: Mapping[str, Text] = MappingProxyType(
    {
        "received_at": Text("thời điểm tiếp nhận", "received moment"),
        "resolved_at": Text("thời điểm giải quyết xong", "resolved moment"),
        "due_at": Text("thời điểm hẹn trả", "due moment"),
        "channel": Text("kênh thực hiện", "channel"),
        "level": Text("mức độ dịch vụ", "service level"),
        "submitted_at": Text("thời điểm nộp", "moment of submission"),
        "step_processed_at": Text("thời điểm xử lý xong", "moment it was processed"),
        "step_returned_at": Text("thời điểm trả kết quả", "moment the result was handed over"),
        "authority": Text("cấp thực hiện", "level of authority"),
        "about": Text("nội dung về", "subject"),
        "return_way": Text("cách trả kết quả", "way of return"),
        "paid_online": Text("thanh toán", "payment"),
        "refunded_at": Text("lần hoàn phí đầu tiên", "earliest refund"),
        "paid_at": Text("thông báo thành công đầu tiên", "earliest notice of success"),
        "at": Text("thời điểm", "moment"),
    }
)

CODES: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "channel": MappingProxyType(
            {
                "1": Text("trực tiếp", "at the desk"),
                "2": Text("trực tuyến", "online"),
                "3": Text("bưu chính công ích", "by post"),
            }
        ),
        "about": MappingProxyType(
            {"quy_dinh": Text("quy định", "rules"), "hanh_vi": Text("hành vi", "conduct")},
        ),
        "authority": MappingProxyType(
            {
                "tinh": Text("tỉnh", "the province"),
                "huyen": Text("huyện", "districts"),
                "xa": Text("xã", "communes"),
            }
        ),
        "return_way": MappingProxyType({"0": Text("tại chỗ", "at the desk"), "1": Text("bưu chính", "by post")}),
        "paid_online": MappingProxyType(
            {
                "1": Text("trực tuyến qua Cổng quốc gia", "online by the National Portal"),
                "2": Text("trực tuyến qua cổng khác", "online by another gateway"),
            }
        ),
        "result_06a": MappingProxyType(
            {
                "early": Text("trước hạn", "early"),
                "on_time": Text("đúng hạn", "on time"),
                "late": Text("quá hạn", "late"),
            }
        ),
        "open_06a": MappingProxyType({"in_time": Text("trong hạn", "in time"), "overdue": Text("quá hạn", "overdue")}),
        **{
            f"rated_{name}": MappingProxyType(
                {
                    "rat_hai_long": Text("rất hài lòng", "very satisfied"),
                    "hai_long": Text("hài lòng", "satisfied"),
                    "chua_hai_long": Text("chưa hài lòng", "not satisfied"),
                }
            )
            for name in ("overall", "convenience", "timeliness", "support")
        },
        "level": MappingProxyType(
            {
                "2": Text("2 (chỉ cung cấp thông tin)", "2 (information only)"),
                "3": Text("3 (một phần)", "3 (partial)"),
                "4": Text("4 (toàn trình)", "4 (full process)"),
            }
        ),
        "day": MappingProxyType(
            {
                "off": Text("nghỉ", "off"),
                "work": Text("làm việc", "working"),
                "half-morning": Text("chỉ làm buổi sáng", "morning only"),
                "half-afternoon": Text("chỉ làm buổi chiều", "afternoon only"),
                "usual": Text("như mọi tuần", "as every week"),
            }
        ),
    }
)

FLAGS: Mapping[str, Text] = MappingProxyType(
    {
        "has_fee": Text("phí, lệ phí", "a fee"),
        "one_stop": Text("thực hiện một cửa", "a one-stop desk"),
        "interlinked": Text("liên thông", "interlinked handling"),
        "electronic_process": Text("quy trình điện tử", "an electronic process"),
        "shared": Text("nhiều cấp cùng thực hiện", "handling by several levels"),
        "within_level": Text("liên thông cùng cấp", "interlinked handling within a level"),
        "between_levels": Text("liên thông giữa các cấp", "interlinked handling between levels"),
        "on_the_spot": Text("giải quyết tại chỗ", "handling on the spot"),
        "time_cut": Text("thời hạn được cắt giảm", "a time limit that was cut"),
        "by_post": Text("nhận, trả qua bưu chính", "handling by post"),
        "digitised": Text("thành phần số hóa", "digitised papers"),
        "petition_in_time": Text("kết quả xử lý đúng hạn", "a handling in time"),
        "petition_disliked": Text("đánh giá không hài lòng nhiều hơn hài lòng", "more dislikes than likes"),
        "repeated": Text("phản ánh lặp lại", "a repetition"),
        "voiced": Text("đánh giá chưa hài lòng hoặc phản ánh, kiến nghị", "a dislike or a petition"),
        "voices_kept": Text("nguồn đánh giá, phản ánh trong dữ liệu", "a source of ratings or petitions in the data"),
        "national_covered": Text("ngày tiếp nhận thuộc phạm vi tệp của Cổng", "a reception that an export covers"),
        "national_found": Text("bản ghi trên Cổng quốc gia", "a record on the national portal"),
        "national_late": Text("đồng bộ quá 8 giờ làm việc", "a sync over 8 working hours after the reception"),
        "in_time_push": Text("kết quả đúng hạn khi lùi hạn", "a result in time with the due moment pushed"),
        "in_time_restart": Text("kết quả đúng hạn khi tính lại từ đầu", "a result in time with the limit begun again"),
        "apologies_kept": Text("sổ thư xin lỗi trong dữ liệu", "a register of letters in the data"),
        "in_time_766_day": Text("kết quả đúng hạn tính theo ngày", "a result in time by the day"),
        "in_time_766_second": Text("kết quả đúng hạn tính theo giây", "a result in time by the second"),
    }
)
"""What a field's code 1 says the thing has."""

THINGS: Mapping[str, Text] = MappingProxyType(
    {
        "dossier": Text("hồ sơ", "dossiers"),
        "payment": Text("giao dịch thanh toán (không tính hoàn phí)", "payment transactions (refunds apart)"),
        "request": Text("yêu cầu đến cổng dịch vụ công", "requests to the service portal"),
        "request.failed": Text(
            "yêu cầu đến cổng dịch vụ công được trả lời bằng mã 500–599",
            "requests to the service portal answered with status 500–599",
        ),
        "request.not_found": Text(
            "yêu cầu đến cổng dịch vụ công được trả lời bằng mã 404",
            "requests to the service portal answered with status 404",
        ),
    }
)
"""What a row of each facts table is, or what a column of it counts."""
