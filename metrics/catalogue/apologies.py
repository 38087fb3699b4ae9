"""Letters of apology, NĐ 61/2018 article 19.9: due a day before an appointment that is not kept."""

from metrics.catalogue.appointments import decreed
from metrics.fields import Derived, Join
from metrics.kpi import Better, Count, Ratio
from metrics.predicate import All, Before, Not, NotAfter, OneOf, Within
from metrics.terms import Dossiers
from metrics.words import Text

APOLOGY = Join(
    "apology_of",
    "dossier",
    "SELECT dossier, toNullable(min(sent_at)) AS apology_at FROM apology FINAL GROUP BY dossier",
)
FIELDS = (
    Derived("apology_at", "apology_at", Text("ngày gửi thư xin lỗi", "letter of apology"), join=APOLOGY),
    Derived(
        "apology_due_at",
        "original_due_at - toIntervalDay(1)",
        Text("hạn gửi thư xin lỗi", "last moment for the letter"),
        ("original_due_at",),
    ),
    Derived(
        "apologies_kept",
        "toString((SELECT count() > 0 FROM apology))",
        Text("sổ thư xin lỗi", "a register of letters"),
    ),
)

LATE = All((Before("received_at", "closes"), Within("original_due_at"), Not(NotAfter("done_766", "original_due_at"))))
"""Received and not ended by the first appointment, which lies in the period: a letter is due a day before."""
REGISTERED = All((LATE, OneOf("apologies_kept", ("1",))))
APOLOGISED = All((REGISTERED, NotAfter("apology_at", "apology_due_at")))
KPIS = (
    decreed(
        "apologies_due", Text("Thư xin lỗi phải gửi (lỡ hẹn lần đầu)", "Letters of apology due"), Count(Dossiers(LATE)),
        Better.LOWER,
    ),
    decreed(
        "nd61_apology_on_time", Text("Thư xin lỗi gửi trước hạn ít nhất 1 ngày", "Letters sent a day ahead"),
        Ratio(Dossiers(APOLOGISED), Dossiers(REGISTERED)), Better.HIGHER,
        Text("Chưa có thư nào trong dữ liệu: không tính.", "Nothing is said while the data holds no letter at all."),
    ),
)  # fmt: skip
