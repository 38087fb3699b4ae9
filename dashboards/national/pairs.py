"""Each dossier as it is here beside the same one as the portal has it: a subquery that everything else reads.

Which record of the portal is whose says the view `national_link`. A *pair* has `classes`: the numbers of its
differences, from 1 on, in the order in which they are handed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import Scope, agencies_below
from dashboards.judged import Source, parameters
from dashboards.store import ask
from dashboards.units import aliases
from metrics.catalogue.national import COVERED
from metrics.civil import CIVIL, CIVIL_SQL_ZONE
from metrics.course import TRAIL
from metrics.entity import DOSSIER_FACTS
from metrics.national.classes import CLASSES, COMPARED, NOT_SYNCED, ONLY_THERE, SYNCED_LATE, same_moment
from metrics.unit_codes import Directory

LAST = len(CLASSES)
NUMBER = {each.id: place for place, each in enumerate(CLASSES, 1)}
COLUMNS = ("agency", *DOSSIER_FACTS.columns)
EVER = datetime(2299, 1, 1, tzinfo=CIVIL)

_STANDS = (
    "multiIf(notEmpty(trail), toString(trail[-1].2), step_returned_at IS NOT NULL, '10', "
    "step_processed_at IS NOT NULL, '9', status)"
)
_UNIT = "ifNull(unit, substring(dossier, 1, position(dossier, '-') - 1))"


def concerned(side: str) -> str:
    """Known by the period's end, and something happened in the period or it was still open."""
    begun = f"coalesce({side}_received_at, {side}_submitted_at)"
    lasting = f"{side}_resolved_at IS NULL OR {side}_resolved_at >= {OPENS} OR {begun} >= {OPENS}"
    return f"ifNull({begun} < {CLOSES} AND ({lasting}), 0)"


OPENS = f"toDateTime64({{first:Date32}}, 0, '{CIVIL_SQL_ZONE}')"
CLOSES = f"toDateTime64({{last:Date32}} + 1, 0, '{CIVIL_SQL_ZONE}')"


def pairs(*, some_agencies: bool, for_effects: bool = False) -> str:
    """SQL; parameters as `asked` gives them. What is late but there moves no figure, and needs the calendar."""
    held = ", ".join(
        "(here_dossier != '' AND there_dossier != '' AND unseen)" if for_effects and each is SYNCED_LATE else each.where
        for each in CLASSES
    )
    mine = " AND (here_agency IN {agencies:Array(String)} OR there_agency IN {agencies:Array(String)})"
    return (
        f"SELECT *, arrayFilter(n -> [{held}][n], range(1, {LAST + 1})) AS classes "
        f"FROM ({_compared()}) WHERE ({concerned('here')} OR {concerned('there')}){mine if some_agencies else ''}"
    )


def _compared() -> str:
    """What the portal says, or what is here where it says nothing of that, or the same without an hour."""
    said = ", ".join(f"{_said(name)} AS there_{name}" for name in COMPARED if name != "agency")
    unit = "transform(said_unit, {written:Array(String)}, {meant:Array(String)}, '') AS there_agency"
    return (
        f"SELECT *, {said}, {unit}, ifNull(synced_at > {{seen_by:DateTime64(0)}}, 0) AS unseen "
        f"FROM ({_here()}) AS here "
        f"FULL JOIN ({_there()}) AS there ON here.here_dossier = there.code"
    )


def _said(name: str) -> str:
    raw = f"said_{name}"
    if name.endswith("_at"):
        return f"if(NOT has(carries, '{name}') OR {same_moment(f'here_{name}', raw)}, here_{name}, {raw})"
    return f"if(has(carries, '{name}'), {raw}, here_{name})"


def _here() -> str:
    columns = ", ".join(f"one.{name} AS here_{name}" for name in COLUMNS)
    return (
        f"SELECT {columns}, {_STANDS} AS here_stands, {COVERED} AS here_covered "
        f"FROM (SELECT * FROM dossier FINAL) AS one "
        f"LEFT JOIN ({TRAIL.sql}) AS trail_of ON one.dossier = trail_of.dossier"
    )


def _there() -> str:
    said = ", ".join(f"{name} AS said_{name}" for name in COMPARED if name != "agency")
    return f"SELECT dossier AS there_dossier, code, synced_at, carries, {_UNIT} AS said_unit, {said} FROM national_link"


def hybrid(*, some_agencies: bool) -> Source:
    """Dossiers with the columns of the facts, as they are from one stage to another: stage n has handed over n classes.

    The agencies are left to whoever reads it: a dossier may leave one by a class.
    """
    columns = ", ".join((_key(), *(f"{_at_stage(name)} AS {name}" for name in COLUMNS if name != "dossier")))
    firsts = "arrayPushFront(classes, 0) AS stage_first"
    lasts = f"arrayPushBack(arrayMap(n -> n - 1, classes), {LAST}) AS stage_last"
    gone = " OR ".join(
        (
            f"(has(classes, {NUMBER[NOT_SYNCED.id]}) AND stage_first >= {NUMBER[NOT_SYNCED.id]})",
            f"(has(classes, {NUMBER[SYNCED_LATE.id]}) AND stage_first >= {NUMBER[SYNCED_LATE.id]})",
            f"(here_dossier = '' AND stage_first < {NUMBER[ONLY_THERE.id]})",
        )
    )
    paired = pairs(some_agencies=some_agencies, for_effects=True)
    rows = f"SELECT *, stage_first, stage_last FROM ({paired}) ARRAY JOIN {firsts}, {lasts} WHERE NOT ({gone})"
    return Source(f"(SELECT {columns}, stage_first, stage_last FROM ({rows}))", ("stage_first", "stage_last"))


def _key() -> str:
    return "if(here_dossier = '', there_dossier, here_dossier) AS dossier"


def _at_stage(name: str) -> str:
    if name not in COMPARED:
        return f"here_{name}"
    handing = [NUMBER[each.id] for each in CLASSES if name in each.hands and not each.presence]
    handed = f"arrayExists(n -> n <= stage_first AND n IN ({', '.join(map(str, handing))}), classes)"
    return f"if(here_dossier = '' OR {handed}, there_{name}, here_{name})"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is set beside the portal. With `as_of`, what reached it after that day is not seen there."""

    scope: Scope
    as_of: date | None = None

    @property
    def some_agencies(self) -> bool:
        return self.scope.agency is not None


def asked(client: Client, beside: Beside) -> dict[str, Any]:
    """The parameters."""
    scope, day = beside.scope, beside.as_of
    agencies = None if scope.agency is None else agencies_below(client, scope.agency, scope.period)
    seen_by = EVER if day is None else datetime.combine(day, time.max, CIVIL).replace(microsecond=0)
    return parameters([scope.period], agencies) | {"seen_by": seen_by} | _units(client, scope.period.last)


def _units(client: Client, day: date) -> dict[str, list[str]]:
    """How the portal writes agencies, and which of ours is meant; none where nobody knows."""
    known = _column(client, "SELECT agency FROM agency UNION DISTINCT SELECT agency FROM dossier")
    written = _column(client, f"SELECT DISTINCT {_UNIT} FROM national_record")
    directory = Directory(aliases(client))
    meant = [one if one in known else directory.find(one, day) or "" for one in written]
    found = [(one, agency) for one, agency in zip(written, meant, strict=True) if agency in known]
    return {"written": ["", *(one for one, _ in found)], "meant": ["", *(agency for _, agency in found)]}


def _column(client: Client, question: str) -> Iterable[str]:
    return [value for (value,) in ask(client, question)]
