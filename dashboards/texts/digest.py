"""What the page of digests says. A digest itself speaks Vietnamese alone."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import Text

DIGEST: Mapping[str, Text] = MappingProxyType(
    {
        "digest": Text("Bản tin", "Digests"),
        "digest_more": Text(
            "Bản tin tuần, tháng, quý đúng như đã gửi cho các nhóm nhận.",
            "Digests of weeks, months and quarters, exactly as they were sent.",
        ),
        "digest_none": Text(
            "Chưa có bản tin nào được gửi. Người quản trị đặt nhóm nhận bằng NHIP_DIGEST_RECIPIENTS.",
            "No digest has been sent yet. An operator names recipients by NHIP_DIGEST_RECIPIENTS.",
        ),
        "digest_issue": Text("Bản", "Issue"),
        "digest_made": Text("Lập lúc", "Made at"),
        "digest_sent": Text("Gửi", "Sent"),
        "digest_open": Text("Xem", "Read"),
        "digest_corrected": Text("đính chính lần {n}", "correction {n}"),
        "digest_mail": Text("Thư", "Mail"),
        "outcome.sent": Text("đã gửi", "sent"),
    }
)
