"""Questions that several definitions answer, each in its own way: side by side, nobody has to guess which was meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from metrics.words import Text


@dataclass(frozen=True, slots=True)
class Question:
    """Ids of the definitions that answer it, and why their answers differ."""

    title: Text
    kpis: tuple[str, ...]
    why: Text


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "on_time": Question(
            Text("Bao nhiêu hồ sơ giải quyết đúng hạn?", "How many dossiers are handled in time?"),
            (
                "on_time_resolution",
                "vpcp06a_on_time",
                "qd766_on_time",
                "qd766_on_time_second",
                "nd61_internal_on_time",
                "on_time_first_due",
                "on_time_subtract",
                "on_time_push",
                "on_time_restart",
                "nd224_on_time",
                "tt32_online_on_time",
            ),
            Text(
                "Khác nhau ở mẫu số (đã giải quyết, đã tiếp nhận, cả hồ sơ đang giải quyết), ở đơn vị so sánh "
                "(ngày hay giây), và ở cách xử lý thời gian chờ bổ sung, hồ sơ không có hạn, hồ sơ rút.",
                "They differ in the denominator (resolved, received, open ones, too), in what is compared (days or "
                "seconds), and in how they treat supplements, missing due dates and withdrawn dossiers.",
            ),
        ),
        "online": Question(
            Text("Bao nhiêu hồ sơ nộp trực tuyến?", "How many dossiers are submitted online?"),
            (
                "online_submission_rate",
                "online_share_of_all",
                "qd766_online_share",
                "local766_online_no_post",
                "emc_full_online",
                "emc_online_as_sent",
                "nd224_online_dossiers",
                "nd224_full_online_dossiers",
            ),
            Text(
                "Khác nhau ở phạm vi (dịch vụ mức độ 3, 4 hay mọi thủ tục), ở hồ sơ bưu chính, "
                "và ở yêu cầu toàn trình.",
                "They differ in scope (services of level 3 and 4, or all), in dossiers by post, and in whether the "
                "full process is asked for.",
            ),
        ),
        "used": Question(
            Text("Bao nhiêu dịch vụ công có hồ sơ?", "How many services have dossiers?"),
            ("services_with_dossiers", "qd766_services_with_online", "qd766_fee_services"),
            Text(
                "Khác nhau ở kênh nộp (mọi kênh hay chỉ trực tuyến) và ở tập dịch vụ.",
                "They differ in the channel (any, or online alone) and in the services looked at.",
            ),
        ),
    }
)
