"""The course of a dossier as fields: supplements and the waiting they cause, and whether it had ended at an edge.

A *supplement* is an interval from the request to the completion: from the record (`DanhSachHoSoBoSung`) where that has
some, else from the steps, status 5 to the next other one. What happened at or after the period's end is not seen, so
an old period reads as it stood then. Three ways of treating the time waited are in use (see docs/definitions.md):
*subtract* takes it from the end, *push* moves the due moment, *restart* begins the whole time limit again.
"""

from metrics.civil import CIVIL_SQL_ZONE
from metrics.fields import Derived, Join
from metrics.readings.working_sql import working_seconds_sql
from metrics.words import Text

TRAIL = Join(
    "trail_of",
    "dossier",
    "SELECT dossier, arraySort(groupUniqArray((at, toUInt8(status)))) AS trail FROM step "
    "WHERE dossier IN (SELECT dossier FROM turned) GROUP BY dossier",
)
"""The steps in order, of dossiers whose course is more than received, processed, returned: those of `turned`.

A step is all of its key, so a set needs no newest row.
"""

RECORDED = (
    "JSONExtract(ifNull(supplements, '[]'), 'Array(Tuple(requested_at Nullable(String), answered_at Nullable(String), "
    "due_before Nullable(String), due_after Nullable(String)))')"
)
"""The supplements of the record, each with its four moments as texts."""


def recorded_moment(text: str) -> str:
    """`yyyyMMddHHmmss` in civil time; null where it is none."""
    return f"parseDateTime64OrNull({text}, '%Y%m%d%H%i%S', '{CIVIL_SQL_ZONE}')"


_NEXT = "arrayFirstIndex((later, place) -> later.2 != 5 AND place > at_place, trail, arrayEnumerate(trail))"
_FROM_STEPS = (
    "arrayMap(at_place -> (toNullable(trail[at_place].1), "
    f"if({_NEXT} = 0, NULL, trail[{_NEXT}].1)), "
    "arrayFilter(place -> trail[place].2 = 5 AND (place = 1 OR trail[place - 1].2 != 5), arrayEnumerate(trail)))"
)
_WAIT = "Array(Tuple(Nullable(DateTime64(0, 'UTC')), Nullable(DateTime64(0, 'UTC'))))"

SUPPLEMENTS = (
    Derived("trail", "trail", Text("các bước", "the steps"), join=TRAIL),
    Derived(
        "recorded_waits",
        f"CAST(arrayFilter(one -> one.1 IS NOT NULL, arrayMap(one -> ({recorded_moment('one.requested_at')}, "
        f"{recorded_moment('one.answered_at')}), {RECORDED})) AS {_WAIT})",
        Text("các lần yêu cầu bổ sung theo hồ sơ", "supplements as recorded"),
    ),
    Derived(
        "waits",
        "arrayFilter(one -> one.1 < closes, if(notEmpty(recorded_waits), recorded_waits, "
        f"CAST({_FROM_STEPS} AS {_WAIT})))",
        Text("các lần chờ bổ sung đến cuối kỳ", "supplements until the period's end"),
        ("recorded_waits", "trail"),
    ),
    Derived("requests", "toInt64(length(waits))", Text("số lần yêu cầu bổ sung", "number of requests"), ("waits",)),
    Derived(
        "completed_waits",
        "arrayFilter(one -> ifNull(one.2 < closes AND one.1 <= one.2, 0), waits)",
        Text("các lần đã bổ sung xong", "completed supplements"),
        ("waits",),
    ),
    Derived(
        "waited",
        "toInt64(arraySum(one -> ifNull(dateDiff('second', one.1, one.2), 0), completed_waits))",
        Text("thời gian chờ bổ sung (giây)", "seconds waited for supplements"),
        ("completed_waits",),
    ),
    Derived(
        "pending_waits",
        "arrayFilter(one -> ifNull(one.2 >= closes, 1), waits)",
        Text("các lần còn chờ bổ sung", "supplements still waited for"),
        ("waits",),
    ),
    Derived(
        "waiting_since",
        "if(empty(pending_waits), NULL, arrayMax(arrayMap(one -> one.1, pending_waits)))",
        Text("lần yêu cầu bổ sung còn chờ", "the request still waited for"),
        ("pending_waits",),
    ),
)


def last_step(edge: str) -> str:
    """The status of the last step before an edge, and its moment; status 0 where there is none."""
    return f"arrayLast(one -> one.1 < {edge}, trail)"


def ended(edge: str, stops: str) -> str:
    """When the dossier had ended, as it stood at the edge: resolved, or left in one of the stopping statuses.

    An end that is recorded before the reception counts at the reception.
    """
    last = last_step(edge)
    end = f"multiIf(resolved_at < {edge}, resolved_at, {last}.2 IN {stops}, {last}.1, NULL)"
    return f"if(isNull({end}), NULL, greatest({end}, ifNull(received_at, {end})))"


PUSHED = (
    Derived(
        "pushes",
        f"toInt64(if(arrayExists(one -> one.due_after IS NOT NULL, {RECORDED}), 0, length(completed_waits)))",
        Text("số lần lùi hạn", "times the due moment is pushed"),
        ("completed_waits",),
    ),
    Derived(
        "pushed_from",
        "due_at + toIntervalSecond(waited - 86400 * pushes)",
        Text("hạn trả cộng số ngày chờ trừ một", "the due moment plus the days waited less one"),
        ("waited", "pushes"),
    ),
)
"""The due moment moved by each supplement: plus the days waited less one, then plus eight working hours.

A record that names the new due moment itself (`NgayHenTraMoi`) has moved it already.
"""

HOURS_A_PUSH = 8 * 3600


def pushed_until(day: str) -> str:
    """Working seconds from there to the first moment of a day: with eight hours a push the new due moment is past."""
    midnight = f"toDateTime64({day}, 0, '{CIVIL_SQL_ZONE}')"
    return working_seconds_sql("pushed_from", midnight)


FIELDS = (*SUPPLEMENTS, *PUSHED)
