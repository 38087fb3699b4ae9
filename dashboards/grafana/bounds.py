"""Our own questions with Grafana's moments in the place of their parameters, so that both ask the same.

Grafana's time range becomes whole civil days: the days of its first and last moment, both included.
"""

from dataclasses import dataclass

from metrics.civil import CIVIL_SQL_ZONE

FIRST_DAY = f"toDate32($__fromTime, '{CIVIL_SQL_ZONE}')"
LAST_DAY = f"toDate32($__toTime, '{CIVIL_SQL_ZONE}')"


@dataclass(frozen=True, slots=True)
class Days:
    """From which day to which, both included, as SQL."""

    first: str = FIRST_DAY
    last: str = LAST_DAY

    def parameters(self) -> dict[str, str]:
        """What stands for the parameters of dashboards/question.py and dashboards/judged.py."""
        return {
            "{first:Date32}": self.first,
            "{last:Date32}": self.last,
            "{numbers:Array(UInt16)}": "[toUInt16(0)]",
            "{firsts:Array(Date32)}": f"[{self.first}]",
            "{lasts:Array(Date32)}": f"[{self.last}]",
        }


RANGE = Days()
TODAY = Days(LAST_DAY)
WEEK = Days(f"toDate32(toMonday({LAST_DAY}))")
MONTH = Days(f"toDate32(toStartOfMonth({LAST_DAY}))")
"""The day, week, month in which the range ends, up to that day."""

PARENTS = """SELECT agency, parent FROM agency FINAL
    ORDER BY agency, valid_from <= {day} DESC, if(valid_from <= {day}, -1, 1) * toInt32(valid_from) LIMIT 1 BY agency"""
DEEPEST = 12
"""Levels of the tree that are walked; a circle in the catalogue must not be walked for ever."""

ANYBODY = "agency IN {agencies:Array(String)}"


def placed(question: str, span: Days = RANGE) -> str:
    """The question over those days; of the agencies chosen on the board, if the question has some."""
    for parameter, text in span.parameters().items():
        question = question.replace(parameter, text)
    return " ".join(question.replace(ANYBODY, chosen()).split())


def chosen() -> str:
    """A condition that holds for the agencies chosen and all below them; without a choice for everything."""
    return f"$__conditionalAll(agency IN ({below('${agency:singlequote}')}), $agency)"


def below(roots: str, day: str = LAST_DAY) -> str:
    """SQL giving these agencies and all below them as the tree stood on that day; `roots` are literals."""
    return (
        f"WITH RECURSIVE parents AS ({PARENTS.format(day=day)}), "
        f"tree AS (SELECT arrayJoin([{roots}]) AS agency, 0 AS depth UNION ALL "
        f"SELECT parents.agency AS agency, tree.depth + 1 AS depth FROM parents "
        f"INNER JOIN tree ON parents.parent = tree.agency WHERE tree.depth < {DEEPEST}) SELECT agency FROM tree"
    )
