"""QĐ 766/QĐ-TTg, group "mức độ hài lòng": petitions handled in time, liked, and dossiers handled without complaint.

Of petitions those received in the period, as they stood at its end. In time: answered within 15 working days, refused
or passed on within 2, asked for more within 5; the day of reception is not counted, the last day counts whole. Still
open: within 15. Where the publication of an answer is recorded, it has 2 working days. As long as no petition at all is
known there is no value; where some are known and none is of the period, the group's rule gives all points.
"""

from metrics.catalogue.national import SYNC
from metrics.catalogue.qd766 import ACT, DIGITISED, PAYMENT, SPLIT, Indicator, score
from metrics.catalogue.qd766_progress import CONCERNED, FAMILY, ON_TIME_POINTS, SINCE
from metrics.civil import CIVIL_SQL_ZONE
from metrics.fields import Derived, Join
from metrics.kpi import Better, Count, Kpi, Source, Trust
from metrics.predicate import All, Not, OneOf, Within
from metrics.readings.working_sql import working_seconds_sql
from metrics.terms import Dossiers, Petitions
from metrics.words import Text

DAY = 8 * 3600
ANSWER, REFUSAL, MORE, PUBLICATION = 15, 2, 5, 2


def midnight(moment: str, days: int = 0) -> str:
    """SQL: the first moment of its civil day, or of one so many days later."""
    return f"toDateTime64(toDate32({moment}, '{CIVIL_SQL_ZONE}') + {days}, 0, '{CIVIL_SQL_ZONE}')"


def whole_days(start: str, end: str) -> str:
    """SQL: working seconds of the days between two days, without either."""
    return working_seconds_sql(midnight(start, 1), midnight(end))


PETITIONED = Join(
    "petition_of",
    "dossier",
    "SELECT assumeNotNull(dossier) AS dossier, toNullable(min(received_at)) AS petitioned_at FROM petition FINAL "
    "WHERE dossier IS NOT NULL GROUP BY dossier",
)
FIELDS = (
    Derived("petition_done", "ifNull(resolved_at < closes, 0)", Text("đã xử lý đến cuối kỳ", "handled by the end")),
    Derived(
        "petition_limit",
        f"{DAY} * multiIf(petition_done AND handled IN ('tu_choi', 'chuyen'), {REFUSAL}, "
        f"petition_done AND handled = 'bo_sung', {MORE}, {ANSWER})",
        Text("thời hạn xử lý", "limit"),
        ("petition_done",),
    ),
    Derived(
        "petition_published_late",
        f"ifNull(petition_done AND published_at < closes AND {whole_days('resolved_at', 'published_at')} >= "
        f"{PUBLICATION * DAY}, 0)",
        Text("công khai chậm", "published late"),
        ("petition_done",),
    ),
    Derived(
        "petition_in_time",
        f"toString({whole_days('received_at', 'if(petition_done, resolved_at, closes - 1)')} < petition_limit "
        "AND NOT petition_published_late)",
        Text("xử lý đúng hạn", "handled in time"),
        ("petition_done", "petition_limit", "petition_published_late"),
    ),
    Derived(
        "petition_disliked",
        "toString(toUInt32OrZero(ifNull(dislikes, '')) > toUInt32OrZero(ifNull(likes, '')))",
        Text("không hài lòng nhiều hơn hài lòng", "more dislikes than likes"),
    ),
    Derived("petitioned_at", "petitioned_at", Text("phản ánh, kiến nghị", "a petition"), join=PETITIONED),
    Derived(
        "voiced",
        "toString(arrayExists(one -> one.1 < closes AND one.3 = 'chua_hai_long', ratings) "
        "OR ifNull(petitioned_at < closes, 0))",
        Text("đánh giá chưa hài lòng hoặc có phản ánh", "a dislike or a petition"),
        ("petitioned_at", "ratings"),
    ),
    Derived(
        "voices_kept",
        "toString((SELECT count() > 0 FROM rating) OR (SELECT count() > 0 FROM petition))",
        Text("nguồn đánh giá, phản ánh", "a source of ratings or petitions"),
    ),
)
RECEIVED = Within("received_at")
IN_TIME = OneOf("petition_in_time", ("1",))
CONTENT = All((IN_TIME, Not(OneOf("petition_disliked", ("1",))), Not(OneOf("repeated", ("1",)))))
KEPT = All((CONCERNED, OneOf("voices_kept", ("1",))))
QUIET = All((KEPT, OneOf("in_time_766_day", ("1",)), Not(OneOf("voiced", ("1",)))))

VOICES = (
    Indicator(
        "qd766_petition_on_time",
        Text("PAKN xử lý đúng hạn", "Petitions handled in time"),
        Petitions(All((RECEIVED, IN_TIME))),
        Petitions(RECEIVED),
        most=6,
        empty=6,
    ),
    Indicator(
        "qd766_petition_satisfied",
        Text("Hài lòng xử lý PAKN", "Satisfied with petitions' handling"),
        Petitions(All((RECEIVED, CONTENT))),
        Petitions(RECEIVED),
        most=6,
        empty=6,
        note=Text(
            "Một PAKN vừa quá hạn vừa không hài lòng chỉ bị trừ một lần.",
            "A petition that is both late and disliked is taken off once.",
        ),
    ),
    Indicator(
        "qd766_satisfied",
        Text("Hài lòng tiếp nhận, giải quyết", "Satisfied with the service"),
        Dossiers(QUIET),
        Dossiers(KEPT),
        most=6,
        full_at=0.9,
        note=Text(
            "Hồ sơ trễ và không hài lòng chỉ bị trừ một lần. Cổng cho 0 điểm khi không có hồ sơ; ở đây để trống.",
            "Late and disliked is taken off once. Without a dossier the portal gives 0 points; here there is no value.",
        ),
    ),
)


def about(name: str, code: str, title: Text) -> Kpi:
    """For information: no points."""
    part = Petitions(All((RECEIVED, OneOf("about", (code,)))))
    return Kpi(name, 1, FAMILY, title, Count(part), Better.LOWER, Source(ACT, SINCE, Trust.RECONSTRUCTED))


KPIS = (
    *(kpi for indicator in VOICES for kpi in indicator.kpis()),
    about("qd766_petitions_rules", "quy_dinh", Text("PAKN về quy định", "Petitions about rules")),
    about("qd766_petitions_conduct", "hanh_vi", Text("PAKN về hành vi", "Petitions about conduct")),
    score(
        "qd766_total_with_voices",
        Text("Tổng điểm 766, thêm đồng bộ và hài lòng", "QĐ 766 total with sync and satisfaction"),
        (
            ON_TIME_POINTS,
            *SPLIT,
            *PAYMENT,
            DIGITISED.points,
            SYNC.points,
            *(each.points for each in VOICES),
        ),
        100,
        Trust.UNVERIFIED,
    ),
)
