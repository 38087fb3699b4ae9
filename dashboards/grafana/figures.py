"""Figures of KPIs as SQL for Grafana: one row of the period, a row a day, an agency, a definition."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from dashboards import judged
from dashboards.grafana.bounds import RANGE, Days, placed
from dashboards.grafana.lists import LIMITS, NAMES
from dashboards.grafana.value import exact, value
from dashboards.question import days, question, services_on_last_day, spans, summed
from dashboards.relations import Basis, relation
from metrics.civil import CIVIL_SQL_ZONE
from metrics.kpi import Kpi
from metrics.readings.sql import text
from metrics.terms import COUNTED, JUDGED, ServicesInForce, Term

AT_ONCE = 12
"""Judged terms in one question: a reader's memory has no room for the calendars of more."""


def row(kpis: Sequence[Kpi], *, some_agencies: bool, span: Days = RANGE) -> list[str]:
    """One row with the cut value of each KPI in a column of its id. Several questions where one would be too large."""
    cells, facts = [kpi for kpi in kpis if kpi.of_cells], [kpi for kpi in kpis if not kpi.of_cells]
    parts = [_of_cells(cells, some_agencies=some_agencies)] if cells else []
    parts += [_of_facts(part, some_agencies=some_agencies) for part in _chunks(facts)]
    return [placed(part, span) for part in parts]


def _columns(kpis: Sequence[Kpi], name: Callable[[Term], str]) -> str:
    return ", ".join(f"{value(kpi.formula, name)} AS {kpi.id}" for kpi in kpis)


def _of_cells(kpis: Sequence[Kpi], *, some_agencies: bool) -> str:
    rows, names = _sums(kpis, some_agencies=some_agencies)
    return f"SELECT {_columns(kpis, names.__getitem__)} FROM {rows}"


def _sums(kpis: Sequence[Kpi], *, some_agencies: bool) -> tuple[str, Mapping[Term, str]]:
    """A relation of one row with each term's number, also of an empty answer: the sum of nothing is 0."""
    terms = list(dict.fromkeys(term for kpi in kpis for term in kpi.terms()))
    names = {term: f"n{place}" for place, term in enumerate(terms)}
    parts = [_in_force(term, names[term]) for term in terms if isinstance(term, ServicesInForce)]
    if counted := [term for term in terms if isinstance(term, COUNTED)]:
        sums = ", ".join(f"toInt64(sum(term{place})) AS {names[term]}" for place, term in enumerate(counted))
        parts.append(f"SELECT {sums} FROM ({question(counted, Basis.CELLS, None, some_agencies=some_agencies)})")
    return " CROSS JOIN ".join(f"({part}) AS part{place}" for place, part in enumerate(parts)), names


def _of_facts(kpis: Sequence[Kpi], *, some_agencies: bool) -> str:
    """Values are made where the dossiers are counted: each level more doubles what the question takes of memory."""

    def name(term: Term) -> str:
        if isinstance(term, JUDGED):
            return judged.counted(term)
        if isinstance(term, ServicesInForce):
            return f"(SELECT toInt64(count()) FROM ({services_on_last_day(term.services)}))"
        asked = question([term], Basis.CELLS, None, some_agencies=some_agencies)
        return f"(SELECT toInt64(sum(term0)) FROM ({asked}))"

    looked_at = judged.names(term for kpi in kpis for term in kpi.terms() if isinstance(term, JUDGED))
    return f"SELECT {_columns(kpis, name)} FROM ({judged.relation(looked_at, some_agencies=some_agencies)})"


def _chunks(kpis: Sequence[Kpi]) -> Iterator[list[Kpi]]:
    """As many together as one question about facts has room for."""
    part: list[Kpi] = []
    for kpi in kpis:
        together = {term for each in (*part, kpi) for term in each.terms()}
        if part and sum(isinstance(term, JUDGED) for term in together) > AT_ONCE:
            yield part
            part = []
        part.append(kpi)
    if part:
        yield part


def _in_force(term: ServicesInForce, name: str) -> str:
    return f"SELECT toInt64(count()) AS {name} FROM ({services_on_last_day(term.services)})"


def by(dimension: str, kpis: Sequence[Kpi], *, some_agencies: bool) -> str:
    """A row for each agency, procedure or channel that counts something: key, and a column of each KPI's id.

    For KPIs of cells. An agency's own figures, without those below it.
    """
    terms = list(dict.fromkeys(term for kpi in kpis for term in kpi.terms()))
    counted = [term for term in terms if isinstance(term, COUNTED)]
    names: dict[Term, str] = {term: f"term{place}" for place, term in enumerate(counted)}
    names |= {term: f"whole{place}" for place, term in enumerate(terms) if isinstance(term, ServicesInForce)}
    wholes = "".join(
        f" CROSS JOIN ({_in_force(term, names[term])}) AS in_{names[term]}"
        for term in terms
        if isinstance(term, ServicesInForce)
    )
    columns = _columns(kpis, names.__getitem__)
    asked = question(counted, Basis.CELLS, dimension, some_agencies=some_agencies)
    anything = " OR ".join(f"{names[term]} != 0" for term in counted)
    return placed(f"SELECT key, {columns} FROM ({asked}) AS counted{wholes} WHERE {anything}")


def by_agency(kpis: Sequence[Kpi]) -> str:
    """agency, name, and a column of each KPI's id; of the agencies chosen on the board."""
    return (
        f"SELECT figures.key AS agency, names.name AS name, figures.* EXCEPT key FROM "
        f"({by('agency', kpis, some_agencies=True)}) AS figures LEFT JOIN ({NAMES}) AS names "
        f"ON figures.key = names.agency WHERE agency != '' ORDER BY agency"
    )


def by_day(kpi: Kpi, *, some_agencies: bool) -> str:
    """A point a day that has something, at its civil midnight: time, value. For KPIs of cells."""
    counted = [term for term in kpi.terms() if isinstance(term, COUNTED)]
    names: dict[Term, str] = {term: f"term{place}" for place, term in enumerate(counted)}
    wholes = [term for term in kpi.terms() if isinstance(term, ServicesInForce)]
    names |= {term: f"whole{place}" for place, term in enumerate(wholes)}
    beside = "".join(
        f" LEFT JOIN ({_in_force_by_day(term, names[term])}) AS in_{names[term]} ON counted.key = in_{names[term]}.day"
        for term in wholes
    )
    cells = relation(Basis.CELLS, days(some_agencies=some_agencies))
    return placed(
        f"SELECT toDateTime(key, '{CIVIL_SQL_ZONE}') AS time, {value(kpi.formula, names.__getitem__)} AS value "
        f"FROM ({summed(counted, cells, 'day', 'key')}) AS counted{beside} ORDER BY time"
    )


def _in_force_by_day(term: ServicesInForce, name: str) -> str:
    """Each day of the period with the services of that day."""
    each = "arrayJoin(arrayMap(n -> begun + n, range(toUInt32(dateDiff('day', begun, ended)) + 1)))"
    return (
        f"SELECT day, toInt64(count()) AS {name} FROM (SELECT {each} AS day FROM ({spans(term.services)})) GROUP BY day"
    )


def judged_by_limits(kpi: Kpi, span: Days = RANGE) -> str:
    """One row: `value`, and `state` against the province's limits: 0 inside, 1 warn, 2 act, NULL where none is set."""
    cells, names = _sums([kpi], some_agencies=False)
    number = f"CAST({exact(kpi.formula, names.__getitem__)} AS Nullable(Float64))"
    broken = "if(direction = 'below', {number} < {limit}, {number} > {limit})"
    act, warn = (broken.format(number="number", limit=limit) for limit in ("act", "warn"))
    states = f"multiIf({act}, 2, {warn}, 1, 0)"
    limits = f"SELECT direction, act, warn FROM threshold_limit WHERE {of_province(kpi)}"
    return placed(
        f"SELECT any(value) AS value, if(count(act) = 0 OR any(number) IS NULL, NULL, max({states})) AS state "
        f"FROM (SELECT {value(kpi.formula, names.__getitem__)} AS value, {number} AS number FROM {cells}) AS figure "
        f"LEFT JOIN ({limits}) AS limits ON 1",
        span,
    )


def of_province(kpi: Kpi) -> str:
    return f"{about(kpi)} AND agency = '' AND tier = '' AND {LIMITS}"


def about(kpi: Kpi) -> str:
    """A condition on threshold_limit: it limits the value of this definition."""
    return f"subject = {text(kpi.id)} AND kpi_version = {kpi.version} AND measured = 'value'"
