"""What Grafana's boards and rules say."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

BOARDS: Mapping[str, Text] = MappingProxyType(
    {
        "wall": Text("Màn hình trung tâm điều hành", "Operations centre wall"),
        "overview": Text("Tổng quan", "Overview"),
        "agency": Text("Đơn vị", "Agencies"),
        "services": Text("Dịch vụ công", "Services"),
        "pipeline": Text("Đường truyền dữ liệu", "Data pipeline"),
        "alerts": Text("Ngưỡng và cảnh báo", "Thresholds and alerts"),
        "leaders": Text("Lãnh đạo: tuần và tháng", "Leaders: week and month"),
    }
)

SAID: Mapping[str, Text] = MappingProxyType(
    {
        "all": Text("Toàn tỉnh", "Whole province"),
        "agency": Text("Đơn vị", "Agency"),
        "agency_name": Text("Tên đơn vị", "Name"),
        "field": Text("Lĩnh vực", "Field"),
        "procedure": Text("Mã thủ tục", "Procedure"),
        "service": Text("Tên thủ tục", "Service"),
        "received": Text("Tiếp nhận", "Received"),
        "received_online": Text("Nộp trực tuyến", "Online"),
        "open_nhip": Text("Mở trong nhip", "Open in nhip"),
        "behind": Text("Hồ sơ đứng sau con số", "The dossiers behind the number"),
        "state": Text("So với ngưỡng", "Against the limits"),
        "no_limit": Text("chưa đặt ngưỡng", "no limit set"),
        "inside": Text("trong ngưỡng", "inside"),
        "warn": Text("cảnh báo", "warn"),
        "act": Text("cần xử lý", "act"),
        "newest": Text("Sự kiện mới nhất", "Newest event"),
        "age": Text("Tuổi dữ liệu (xám: đã cũ)", "Age of the data (grey: stale)"),
        "age_means": Text(
            "Từ lúc mọi bản ghi trong Kafka được biết là đã vào kho; trên 15 phút thì số trên trang không còn mới.",
            "Since all of Kafka's records were last known to be in the store; above 15 minutes no figure here is live.",
        ),
        "overdue": Text("Hồ sơ quá hạn chưa xong", "Overdue open dossiers"),
        "overdue_means": Text(
            "Hồ sơ chưa xong mà thời điểm hẹn trả đã qua, tính đến cuối khoảng thời gian đang xem.",
            "Open dossiers whose due moment has passed, at the end of the time range.",
        ),
        "open_alerts": Text("Cảnh báo đang mở", "Open alerts"),
        "open_alerts_means": Text(
            "Theo bộ xét ngưỡng của nhip; ai nhận xử lý thì thấy ở trang Cảnh báo của nhip.",
            "As nhip's own evaluator sees them; who has taken one on shows on nhip's page of alerts.",
        ),
        "by_day": Text("theo ngày", "by day"),
        "by_agency": Text("Từng đơn vị (không gồm cấp dưới)", "Each agency (without those below it)"),
        "by_agency_means": Text(
            "Chỉ số của riêng từng đơn vị; chỉ những đơn vị có phát sinh.",
            "Each agency's own figures; only those that count something.",
        ),
        "by_service": Text("Từng thủ tục", "Each procedure"),
        "by_service_means": Text(
            "Dịch vụ trong danh mục có hồ sơ trong khoảng thời gian, nhiều nhất ở trên.",
            "Services with dossiers in the time range, the busiest first.",
        ),
        "late_by_agency": Text("Hồ sơ quá hạn theo đơn vị", "Overdue dossiers by agency"),
        "lag": Text("Bản ghi chưa vào kho", "Records not in the store yet"),
        "lag_means": Text(
            "Mỗi phút một lần, do tiến trình cảnh báo ghi lại (vị trí cuối của Kafka trừ vị trí đã ghi).",
            "Once a minute, as the alerts process saw it: the end of Kafka's logs less what is written.",
        ),
        "progress": Text("Các luồng", "Streams"),
        "progress_means": Text(
            "Luồng, số phân vùng, số bản ghi đã vào kho, sự kiện mới nhất, lần ghi cuối, độ trễ ghi (giây).",
            "Stream, partitions, records written, newest event, last write, and the delay of that write in seconds.",
        ),
        "stream": Text("Luồng", "Stream"),
        "partitions": Text("Phân vùng", "Partitions"),
        "records": Text("Bản ghi", "Records"),
        "written_at": Text("Ghi lần cuối", "Last write"),
        "delay": Text("Độ trễ ghi", "Delay of writing"),
        "dead": Text("Dòng bị loại theo loại tệp", "Dead letters by kind of file"),
        "dead_means": Text(
            "Mọi dòng bị loại đến nay; lý do từng dòng: `nhip dead` hoặc trang Chất lượng dữ liệu.",
            "All rejected lines so far; why each was: `nhip dead`, or nhip's page on data quality.",
        ),
        "dead_last": Text("Lý do bị loại thường gặp", "Commonest reasons"),
        "kind": Text("Loại tệp", "Kind of file"),
        "reason": Text("Lý do", "Reason"),
        "lines": Text("Số dòng", "Lines"),
        "looks": Text("Lần xét ngưỡng cuối", "Last look at the thresholds"),
        "looks_means": Text(
            "Quá 2 phút không ai xét thì không ai được báo: chạy `nhip alerts`.",
            "Where nobody has looked for 2 minutes nobody is called: run `nhip alerts`.",
        ),
        "seconds": Text("Số giây", "Seconds"),
        "watched": Text("Số mục theo dõi", "Watched"),
        "in_force": Text("Ngưỡng đang áp dụng", "Thresholds in force"),
        "in_force_means": Text(
            "Tại cuối khoảng thời gian. Đặt ở trang Cảnh báo của nhip hoặc bằng `nhip threshold`, không trong Grafana.",
            "At the end of the time range. Set on nhip's page of alerts or by `nhip threshold`, never in Grafana.",
        ),
        "subject": Text("Chỉ số", "Of"),
        "over": Text("Tính theo", "Over"),
        "direction": Text("Chiều", "Side"),
        "who": Text("Ai đặt", "Set by"),
        "why": Text("Lý do", "Why"),
        "since": Text("Từ lúc", "Since"),
        "level": Text("Mức", "Level"),
        "number": Text("Số lúc báo", "Number when fired"),
        "noisy": Text("Báo nhiều nhất, 30 ngày", "Noisiest, 30 days"),
        "fired": Text("Số lần báo", "Fired"),
        "threshold": Text("Ngưỡng", "Threshold"),
        "history": Text("Đã xảy ra", "What happened"),
        "what": Text("Việc", "What"),
        "week": Text("tuần này", "this week"),
        "month": Text("tháng này", "this month"),
        "thresholds_changed": Text("Thay đổi ngưỡng", "Threshold changes"),
        "holidays": Text("Ngày nghỉ", "Days off"),
        "breaks": Text("Chỗ ngắt của định nghĩa", "Breaks in definitions"),
        "deployments": Text("Nâng cấp nhip", "Deployments of nhip"),
    }
)

RULES: Mapping[str, Text] = MappingProxyType(
    {
        "freshness": Text("nhip: không ai xét ngưỡng", "nhip: nobody looks at the thresholds"),
        "freshness_means": Text(
            "Quá 5 phút không có lần xét nào: `nhip alerts` hoặc kho dữ liệu đã dừng, không ai được báo.",
            "No look for 5 minutes: `nhip alerts` or the store has stopped, and nobody is called.",
        ),
        "lag": Text("nhip: dữ liệu chưa vào kho", "nhip: data is not in the store"),
        "lag_means": Text(
            "Hơn 15 phút còn bản ghi trong Kafka chưa vào kho: số liệu trên các trang không còn là số hiện tại.",
            "For more than 15 minutes records in Kafka are not in the store: no figure is live.",
        ),
        "dead_letters": Text("nhip: nhiều dòng bị loại", "nhip: many dead letters"),
        "dead_letters_means": Text(
            "Hơn 1 % số dòng bị loại: xem lý do bằng `nhip dead` hoặc ở trang Chất lượng dữ liệu.",
            "More than 1 % of all lines were rejected: `nhip dead` or the page on data quality says why.",
        ),
        "drift": Text("nhip: dữ kiện và ô số liệu lệch nhau", "nhip: facts and cells disagree"),
        "drift_means": Text(
            "Một ô số liệu trong 31 ngày qua khác với dữ kiện: chạy `nhip reconcile`, báo người quản trị.",
            "A cell of the last 31 days is not what the facts say: run `nhip reconcile`, tell the operators.",
        ),
        "broken": Text("{title}: vượt ngưỡng", "{title}: beyond a limit"),
        "summary": Text(
            "{title} – {{{{ if $labels.agency }}}}đơn vị {{{{ $labels.agency }}}}{{{{ else }}}}toàn tỉnh{{{{ end }}}}: "
            'vượt {{{{ if eq $labels.level "act" }}}}mức cần xử lý{{{{ else }}}}mức cảnh báo{{{{ end }}}}',
            "{title} – {{{{ if $labels.agency }}}}{{{{ $labels.agency }}}}{{{{ else }}}}the province{{{{ end }}}}: "
            "beyond the {{{{ $labels.level }}}} limit",
        ),
    }
)
