"""TT 32/2017/TT-BTTTT article 12: satisfaction by question on three grades, of services of level 3 and 4.

Of several answers to one question about a dossier the last one by the period's end counts. Dossiers without an answer
are in no share: how many answered is the denominator.
"""

from metrics.catalogue.tt32 import RESOLVED, item
from metrics.fields import Derived, Join
from metrics.kpi import Kpi, Ratio
from metrics.predicate import All, Known, OneOf
from metrics.terms import Dossiers
from metrics.words import Text

RATINGS = Join(
    "rating_of",
    "dossier",
    "SELECT dossier, arraySort(groupArray((at, toString(question), toString(grade)))) AS ratings "
    "FROM rating FINAL GROUP BY dossier",
)
QUESTIONS = {
    "chung": ("overall", Text("Mức độ hài lòng chung", "Satisfaction overall")),
    "thuan_tien": ("convenience", Text("Hài lòng về sự thuận tiện", "Satisfaction with convenience")),
    "kip_thoi": ("timeliness", Text("Hài lòng về sự kịp thời", "Satisfaction with timeliness")),
    "ho_tro": ("support", Text("Hài lòng về hỗ trợ", "Satisfaction with support")),
}


def last_answer(question: str) -> str:
    """SQL: the grade, null without one."""
    return f"nullIf(arrayLast(one -> one.1 < closes AND one.2 = '{question}', ratings).3, '')"


FIELDS = (
    Derived("ratings", "ratings", Text("các đánh giá", "the ratings"), join=RATINGS),
    *(
        Derived(f"rated_{name}", last_answer(question), Text("đánh giá: ", "rating: ") + title, ("ratings",))
        for question, (name, title) in QUESTIONS.items()
    ),
)
CONTENT = ("rat_hai_long", "hai_long")


def satisfied(name: str, title: Text) -> Kpi:
    rated = All((RESOLVED, Known(f"rated_{name}")))
    share = Ratio(Dossiers(All((rated, OneOf(f"rated_{name}", CONTENT)))), Dossiers(rated))
    return item(f"satisfied_{name}", title.vi, title.en, share)


KPIS = tuple(satisfied(name, title) for name, title in QUESTIONS.values())
