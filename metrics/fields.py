"""Fields that a dossier has beside its facts: said once in SQL, with their name in words.

A *derived field* may look at the facts' columns, at other derived fields, at the period's edges (`opens`, `closes`,
`first_day`, `last_day`) and at what a *join* brings beside the dossier. A module of the catalogue may declare its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from metrics.civil import CIVIL_SQL_ZONE
from metrics.words import Text


@dataclass(frozen=True, slots=True)
class Join:
    """A subquery with at most one row for each value of `on` (`dossier` or `procedure`), and its own columns."""

    name: str
    on: str
    sql: str


@dataclass(frozen=True, slots=True)
class Derived:
    """`sql` is an expression; null where the field is unknown. `uses` are the derived fields it looks at."""

    name: str
    sql: str
    text: Text
    uses: tuple[str, ...] = ()
    join: Join | None = None


def day(name: str, moment: str, text: Text) -> Derived:
    """The civil day of a moment."""
    return Derived(name, f"toDate32({moment}, '{CIVIL_SQL_ZONE}')", text)


WORKING_DAY = 8 * 3600
SERVICE_COLUMNS = ("level", "has_fee", "one_stop", "interlinked", "electronic_process", "by_post", "authority")
LIMITS = ("time_limit", "time_limit_online")
_EVER = "toDate32('2299-12-31')"
_NEXT = (
    "leadInFrame(toNullable(valid_from)) OVER "
    "(PARTITION BY procedure ORDER BY valid_from ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
)
_VERSIONS = f"SELECT *, least(ifNull(valid_to, {_EVER}), ifNull({_NEXT} - 1, {_EVER})) AS ended FROM service FINAL"
_NULLS = ", ".join(f"{name} Nullable(String)" for name in (*SERVICE_COLUMNS, *LIMITS))
SERVICE = Join(
    "service_of",
    "procedure",
    f"SELECT procedure, groupArray(CAST((valid_from, ended, {', '.join((*SERVICE_COLUMNS, *LIMITS))}) "
    f"AS Tuple(begun Date32, ended Date32, {_NULLS}))) AS service_versions FROM ({_VERSIONS}) GROUP BY procedure",
)
"""The versions of the dossier's service."""


def service_field(name: str, text: Text) -> Derived:
    """What the catalogue says of the service on the day that the dossier was received, else submitted."""
    return Derived(name, f"tupleElement(service, '{name}')", text, ("service",))


FIELDS = (
    Derived("opens", "opens", Text("đầu kỳ", "period's beginning")),
    Derived("closes", "closes", Text("cuối kỳ", "period's end")),
    day("resolved_day", "resolved_at", Text("ngày giải quyết xong", "day of resolution")),
    day("due_day", "due_at", Text("ngày hẹn trả", "due day")),
    Derived(
        "due_in_week_after",
        "if(due_at >= closes AND due_at < closes + toIntervalDay(7), '1', '0')",
        Text("hẹn trả trong 7 ngày sau kỳ", "due in the 7 days after the period"),
    ),
    day(
        "started_day",
        "coalesce(received_at, submitted_at)",
        Text("ngày tiếp nhận, nếu chưa thì ngày nộp", "day of reception, else of submission"),
    ),
    Derived(
        "service",
        "arrayFirst(one -> one.begun <= started_day AND started_day <= one.ended, service_versions)",
        Text("dịch vụ vào ngày tiếp nhận (chưa tiếp nhận: ngày nộp)", "the service on the day it was received or sent"),
        ("started_day",),
        SERVICE,
    ),
    service_field("level", Text("mức độ dịch vụ", "service level")),
    service_field("has_fee", Text("có phí, lệ phí", "with a fee")),
    service_field("time_limit", Text("thời hạn giải quyết (ngày làm việc)", "time limit (working days)")),
    service_field("time_limit_online", Text("thời hạn khi nộp trực tuyến", "time limit where sent online")),
    Derived(
        "limit_seconds",
        f"{WORKING_DAY} * toInt64OrNull(if(channel = '2', coalesce(time_limit_online, time_limit), time_limit))",
        Text("thời hạn giải quyết", "time limit"),
        ("time_limit", "time_limit_online"),
    ),
)


def needed(names: Iterable[str], known: Mapping[str, Derived]) -> Iterator[Derived]:
    """The derived fields among these names and all they use, each after what it uses."""
    told: set[str] = set()

    def visit(name: str) -> Iterator[Derived]:
        if name in known and name not in told:
            told.add(name)
            for used in known[name].uses:
                yield from visit(used)
            yield known[name]

    for name in sorted(names):
        yield from visit(name)
