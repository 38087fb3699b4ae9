"""What is said on the sheets of definitions."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

DEFINITIONS: Mapping[str, Text] = MappingProxyType(
    {
        "definitions": Text("Định nghĩa", "Definitions"),
        "families": Text("Bộ chỉ số", "Families"),
        "compare": Text("So các cách tính", "Ways compared"),
        "questions": Text("Câu hỏi", "Questions"),
        "compare_lead": Text(
            "Cùng một câu hỏi, mỗi quy định trả lời một cách. Tất cả tính từ cùng một dữ liệu, cùng một kỳ.",
            "One question, and every regulation answers it its own way: all from the same data and period.",
        ),
        "indicator": Text("Chỉ số", "Indicator"),
        "change": Text("Thay đổi", "Change"),
        "target": Text("Mục tiêu", "Target"),
        "trust": Text("Mức tin cậy", "Trust"),
        "not_in_force": Text("chưa hoặc không còn hiệu lực trong kỳ", "not in force in the period"),
        "uncovered": Text("Chưa tính được", "Not covered"),
        "most_points": Text("tối đa {n} điểm", "up to {n} points"),
        "read_at": Text("Đọc lúc {at}", "Read at {at}"),
        "identities": Text("Kiểm tra biểu", "Checks of the form"),
        "column": Text("cột {n}", "column {n}"),
        "holds": Text("khớp", "holds"),
        "fails": Text("lệch", "does not hold"),
        "what_if": Text("Nếu muốn đạt mục tiêu", "To reach a target"),
        "what_if_target": Text("Mục tiêu (% hoặc điểm)", "Target (% or points)"),
        "what_if_ask": Text("Tính", "Compute"),
        "what_if_never": Text("Không tỷ lệ nào đạt được mục tiêu này.", "No rate reaches this target."),
        "what_if_converted": Text(
            "Cần thêm {n} trường hợp đang có ở mẫu số được tính vào tử số, các số khác giữ nguyên.",
            "{n} more of those in the denominator have to count, everything else as it is.",
        ),
        "what_if_no_converted": Text("Mẫu số bằng 0: chưa có gì để chuyển.", "Nothing in the denominator to convert."),
        "what_if_added": Text(
            "Hoặc cần thêm {n} trường hợp mới đều được tính.",
            "Or {n} new ones that all count.",
        ),
        "what_if_no_added": Text(
            "Chỉ thêm trường hợp mới thì không bao giờ đạt.", "New ones alone will never reach it."
        ),
        "what_if_spared": Text(
            "Cần bớt {n} trường hợp ở tử số, các số khác giữ nguyên.",
            "{n} fewer in the numerator, everything else as it is.",
        ),
        "what_if_diluted": Text(
            "Hoặc cần thêm {n} trường hợp mới đều không bị tính vào tử số.",
            "Or {n} new ones none of which counts in the numerator.",
        ),
        "what_if_reached": Text("Đã đạt mục tiêu này.", "This target is reached."),
        "form_xlsx": Text("Tải biểu 06a (XLSX)", "Form 06a (XLSX)"),
    }
)
