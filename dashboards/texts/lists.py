"""What is said in lists of dossiers and services, on the data, and in place of codes."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

SERVICES: Mapping[str, Text] = MappingProxyType(
    {
        "service": Text("Dịch vụ", "Service"),
        "procedure": Text("Thủ tục", "Procedure"),
        "field": Text("Lĩnh vực", "Field"),
        "authority": Text("Cấp thực hiện", "Authority"),
        "level": Text("Mức độ", "Level"),
        "kinds": Text("Loại", "Kinds"),
        "one_stop": Text("một cửa", "one-stop"),
        "interlinked": Text("liên thông", "interlinked"),
        "electronic_process": Text("quy trình điện tử", "electronic process"),
        "by_post": Text("bưu chính", "by post"),
        "has_fee": Text("có phí", "with a fee"),
        "used": Text("Hồ sơ trong kỳ", "Dossiers in the period"),
        "used_yes": Text("Có hồ sơ", "With dossiers"),
        "used_no": Text("Không có hồ sơ", "Without dossiers"),
        "online": Text("Trực tuyến", "Online"),
        "online_only": Text("Chỉ dịch vụ trực tuyến", "Online services only"),
        "online_no": Text("Không trực tuyến", "Not online"),
        "received": Text("Tiếp nhận", "Received"),
        "received_online": Text("Nộp trực tuyến", "Filed online"),
        "silent": Text(
            "{silent} trong {all} dịch vụ đang hiệu lực không có hồ sơ nào trong kỳ",
            "{silent} of {all} services in force have no dossier in the period",
        ),
        "shown": Text("Đang xem {shown}", "Showing {shown}"),
        "valid_from": Text("Hiệu lực từ", "In force from"),
    }
)

DOSSIERS: Mapping[str, Text] = MappingProxyType(
    {
        "dossier": Text("Hồ sơ", "Dossier"),
        "dossiers_word": Text("hồ sơ", "dossiers"),
        "received_at": Text("Tiếp nhận", "Received"),
        "due_at": Text("Hẹn trả", "Due"),
        "resolved_at": Text("Giải quyết xong", "Resolved"),
        "submitted_at": Text("Nộp", "Filed"),
        "counted": Text("Tính vào tử số", "In the numerator"),
        "counted_yes": Text("Có tính", "Counted"),
        "counted_no": Text("Không tính", "Not counted"),
        "why": Text("Vì sao", "Why"),
        "why_number": Text("đúng điều kiện của con số", "meets the number's condition"),
        "why_first": Text("đúng điều kiện tử số", "meets the numerator's condition"),
        "why_not": Text(
            "chỉ thuộc mẫu số; tử số cần: {condition}", "denominator only; the numerator wants: {condition}"
        ),
        "late_overdue": Text("Đã quá hạn", "Overdue"),
        "late_24h": Text("Đến hạn trong 24 giờ", "Due within 24 hours"),
        "late_3d": Text("Trong 3 ngày làm việc", "Within 3 working days"),
        "late_7d": Text("Trong 7 ngày làm việc", "Within 7 working days"),
        "overdue_by": Text("Trễ", "Late by"),
        "due_in": Text("Còn", "Left"),
        "last_step": Text("Bước gần nhất", "Last step"),
        "idle": Text("Nằm yên", "Idle"),
        "days": Text("{n} ngày", "{n} d"),
        "hours": Text("{n} giờ", "{n} h"),
        "list_empty": Text("Không có hồ sơ nào.", "No dossiers."),
        "steps": Text("Các bước", "Steps"),
        "step": Text("Bước", "Step"),
        "moment": Text("Thời điểm", "Moment"),
        "unit": Text("Phòng, bộ phận", "Office"),
        "status": Text("Tình trạng", "Status"),
        "channel_word": Text("Kênh", "Channel"),
        "payments": Text("Thanh toán", "Payments"),
        "in_figures": Text("Hồ sơ này trong các chỉ số", "This dossier in the figures"),
        "counting_not_yet": Text("chưa tính: chưa có ngày để xếp vào kỳ", "not yet: no day puts it into a period"),
        "counting_out": Text("không thuộc chỉ số này", "not part of this figure"),
        "counting_denominator": Text("thuộc mẫu số, không thuộc tử số", "in the denominator, not the numerator"),
        "counting_yes": Text("thuộc tử số", "in the numerator"),
    }
)

LOOKUP: Mapping[str, Text] = MappingProxyType(
    {
        "lookup_title": Text("Tra cứu tiến độ hồ sơ", "Progress of a dossier"),
        "lookup_ask": Text("Mã hồ sơ", "Dossier code"),
        "lookup_hint": Text(
            "In trên giấy tiếp nhận và hẹn trả, ví dụ H99.01-260115-0001.",
            "Printed on the receipt, such as H99.01-260115-0001.",
        ),
        "lookup_go": Text("Tra cứu", "Look up"),
        "lookup_none": Text("Không có hồ sơ nào mang mã {code}.", "There is no dossier with the code {code}."),
        "lookup_private": Text(
            "Trang này không có tên hay giấy tờ của ai: hệ thống không lưu những thứ đó.",
            "Nobody's name or papers are on this page: they are not kept.",
        ),
        "result_due": Text("Ngày hẹn trả kết quả", "Result due"),
        "result_late": Text("Đã quá hạn", "Overdue"),
        "result_done": Text("Đã giải quyết xong", "Resolved"),
        "no_due": Text("Chưa có ngày hẹn trả", "No due date yet"),
    }
)

QUALITY: Mapping[str, Text] = MappingProxyType(
    {
        "pipeline": Text("Đường dữ liệu", "Pipeline"),
        "part": Text("Bộ phận", "Part"),
        "moves": Text("Đang chạy", "Moving"),
        "stuck": Text("Đứng yên", "Not moving"),
        "since": Text("Từ", "Since"),
        "lag": Text("Còn chờ (bản ghi)", "Waiting (records)"),
        "stream": Text("Nguồn", "Source"),
        "records": Text("Bản ghi đã vào kho", "Records in the store"),
        "newest": Text("Sự kiện mới nhất", "Newest event"),
        "written": Text("Ghi lần cuối", "Last written"),
        "data_age": Text("Tuổi dữ liệu theo nguồn", "Data age by source"),
        "checks": Text("Hồ sơ tiếp nhận trong kỳ có điểm bất thường", "Dossiers received in the period, with oddities"),
        "check": Text("Kiểm tra", "Check"),
        "share": Text("Tỷ lệ", "Share"),
        "unplaced": Text("Giao dịch thanh toán không có hồ sơ", "Payments without a dossier"),
        "unplaced_unnamed": Text("không nêu", "none named"),
        "transaction": Text("Mã giao dịch", "Transaction"),
        "paid_amount": Text("Số tiền", "Amount"),
        "gateway": Text("Cổng thanh toán", "Gateway"),
        "refunded": Text("Hoàn phí", "Refunded"),
        "dead": Text("Dòng bị loại", "Dead letters"),
        "file_kind": Text("Loại tệp", "Kind of file"),
        "reason": Text("Lý do", "Reason"),
        "lines": Text("Số dòng", "Lines"),
        "example": Text("Ví dụ", "Examples"),
        "line": Text("dòng {n}", "line {n}"),
        "reconcile": Text("Đối chiếu dữ kiện với ô số liệu", "Facts against cells"),
        "reconcile_ok": Text("Khớp ở mọi kỳ.", "Equal in every period."),
        "reconcile_bad": Text("{n} chỗ lệch", "{n} differences"),
        "reconcile_go": Text("Đối chiếu ngay", "Compare now"),
        "facts": Text("Dữ kiện", "Facts"),
        "cells": Text("Ô số liệu", "Cells"),
        "tried_on": Text("trong {n} hồ sơ tiếp nhận", "of {n} dossiers received"),
        "checked_at": Text("kiểm tra lúc {at}", "checked at {at}"),
    }
)

CODES: Mapping[str, Text] = MappingProxyType(
    {
        "status.1": Text("Mới đăng ký", "Filed"),
        "status.2": Text("Được tiếp nhận", "Received"),
        "status.3": Text("Không được tiếp nhận", "Refused at reception"),
        "status.4": Text("Đang xử lý", "In process"),
        "status.5": Text("Yêu cầu bổ sung giấy tờ", "Supplement asked for"),
        "status.6": Text("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment asked for"),
        "status.7": Text("Công dân rút hồ sơ", "Withdrawn"),
        "status.8": Text("Dừng xử lý", "Stopped"),
        "status.9": Text("Đã xử lý xong", "Processed"),
        "status.10": Text("Đã trả kết quả", "Result handed over"),
        "authority.tinh": Text("Cấp tỉnh", "Province"),
        "authority.huyen": Text("Cấp huyện", "District"),
        "authority.xa": Text("Cấp xã", "Commune"),
        "nhip.dossiers": Text("Hồ sơ và tiến độ", "Dossiers and progress"),
        "nhip.payments": Text("Thanh toán", "Payments"),
        "nhip.reference": Text("Danh mục", "Catalogue"),
        "nhip.requests": Text("Nhật ký cổng", "Portal log"),
        "nhip.dead": Text("Dòng bị loại", "Dead letters"),
    }
)
