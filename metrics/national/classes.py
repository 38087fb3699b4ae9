"""The classes of difference between what the province and what the national portal says of a dossier.

A *pair* is a dossier as it is here beside the same one as it is there. Each class says which pairs are of it and which
columns it hands over: from this class on they are what the portal says. The order is part of the definition: an effect
is measured with all earlier classes handed over and no later one. Where a dossier ended is one question with one
answer: the classes about the end exclude each other, the first that fits holds.
"""

from dataclasses import dataclass

from metrics.catalogue.national import LATE
from metrics.civil import CIVIL_SQL_ZONE
from metrics.readings.working_sql import working_seconds_sql
from metrics.words import Text

COMPARED = (
    "agency", "procedure", "channel", "submitted_at", "received_at", "due_at", "status", "resolved_at",
    "paid_online", "digitised",
)  # fmt: skip
"""The columns of the facts that an export can say something of."""

HERE, THERE = "here_dossier != ''", "(there_dossier != '' AND NOT unseen)"
BOTH = f"({HERE} AND {THERE})"
LATELY = f"ifNull({working_seconds_sql('here_received_at', 'synced_at')} > {LATE}, 0)"


def other(name: str) -> str:
    """The two say something else; nothing is something, too."""
    return f"ifNull(toString(here_{name}), '') != ifNull(toString(there_{name}), '')"


def marked(name: str) -> str:
    """Of a mark, nothing is no."""
    return f"ifNull(here_{name}, '0') != ifNull(there_{name}, '0')"


def same_moment(here: str, there: str) -> str:
    """What is said without an hour is the same on the same day."""
    day = f"toDate32({there}, '{CIVIL_SQL_ZONE}')"
    hourless = f"toSecond({there}) + toMinute({there}) + toHour(toTimeZone({there}, '{CIVIL_SQL_ZONE}')) = 0"
    alike = f"{here} = {there} OR ({hourless} AND toDate32({here}, '{CIVIL_SQL_ZONE}') = {day})"
    return f"(({here} IS NULL AND {there} IS NULL) OR ifNull({alike}, 0))"


def moved(name: str) -> str:
    return f"NOT {same_moment(f'here_{name}', f'there_{name}')}"


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` is SQL on a pair; `hands` are the columns that the portal says otherwise."""

    id: str
    title: Text
    where: str
    hands: tuple[str, ...] = ()

    @property
    def presence(self) -> bool:
        """Whether it is one of being there at all."""
        return self in {NOT_SYNCED, SYNCED_LATE, ONLY_THERE}


def both(name: str, vi: str, en: str, where: str, *hands: str) -> Difference:
    """Of a dossier that is on both sides."""
    return Difference(name, Text(vi, en), f"{BOTH} AND {where}", hands)


_END = moved("resolved_at")
_REWRITTEN = "(here_resolved_at IS NULL AND here_stands IN ('5', '6', '8') AND ifNull(there_status IN ('9', '10'), 0))"
_AT_RECEPTION = f"({_END} AND ifNull(there_resolved_at = there_received_at, 0))"
ENDED = ("status", "resolved_at")

NOT_SYNCED = Difference(
    "not_synced", Text("chưa đồng bộ", "not synced"), f"{HERE} AND there_dossier = '' AND here_covered"
)
SYNCED_LATE = Difference(
    "synced_late",
    Text("đồng bộ chậm (quá 8 giờ làm việc)", "synced late (over 8 working hours)"),
    f"{HERE} AND there_dossier != '' AND (unseen OR {LATELY})",
)
ONLY_THERE = Difference(
    "only_there", Text("chỉ có trên Cổng quốc gia", "only there"), f"here_dossier = '' AND {THERE}", COMPARED
)
_STATUS = "here_stands IS NOT NULL AND toString(here_stands) != ifNull(toString(there_status), '')"

CLASSES = (
    NOT_SYNCED,
    SYNCED_LATE,
    ONLY_THERE,
    both("code_changed", "mã hồ sơ bị đổi", "code changed", "here_dossier != there_dossier"),
    both("unit_unmapped", "đơn vị trên Cổng chưa ánh xạ", "unit unmapped", "there_agency = ''", "agency"),
    both(
        "unit_differs", "khác đơn vị", "another unit", "there_agency != '' AND there_agency != here_agency", "agency"
    ),
    both("procedure_differs", "khác thủ tục", "another procedure", other("procedure"), "procedure"),
    both("received_differs", "khác ngày tiếp nhận", "another reception", moved("received_at"), "received_at"),
    both("submitted_differs", "khác ngày nộp", "another submission", moved("submitted_at"), "submitted_at"),
    both("channel_differs", "khác kênh nộp", "another channel", other("channel"), "channel"),
    both("due_differs", "khác ngày hẹn trả", "another due date", moved("due_at"), "due_at"),
    both("rewritten", "trạng thái 5, 6, 8 thành 9", "status 5, 6, 8 rewritten to 9", _REWRITTEN, *ENDED),
    both(
        "closed_at_reception", "kết thúc ngay lúc tiếp nhận", "closed at reception",
        f"NOT {_REWRITTEN} AND {_AT_RECEPTION}", *ENDED,
    ),
    both(
        "end_missing", "Cổng chưa có kết thúc", "end not there yet", f"{_END} AND there_resolved_at IS NULL", *ENDED
    ),
    both(
        "end_differs", "khác ngày kết thúc", "another end",
        f"{_END} AND NOT {_REWRITTEN} AND NOT {_AT_RECEPTION} AND there_resolved_at IS NOT NULL", *ENDED,
    ),
    both(
        "status_differs", "khác trạng thái", "another status",
        f"NOT {_REWRITTEN} AND NOT {_END} AND {_STATUS}", "status",
    ),
    both("payment_differs", "khác dấu thanh toán", "another payment mark", marked("paid_online"), "paid_online"),
    both("digitised_differs", "khác dấu số hóa", "another mark of digitisation", marked("digitised"), "digitised"),
)  # fmt: skip
"""In the order in which they are handed over."""
