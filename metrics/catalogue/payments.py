"""Payments beside the contract's transactions: refunds taken off, and dossiers and procedures counted apart.

Three things are called "online payments" and are never added: transactions, the dossiers they are for, and the
procedures of those. A dossier is paid for by a transaction that succeeded and was not refunded, as it is known now.
"""

from metrics.catalogue.qd766 import FEE
from metrics.fields import Derived, Join
from metrics.formula import Formula
from metrics.kpi import Better, Count, Family, Kpi, Ratio, Source, Trust
from metrics.measure import PAID_NET, REFUNDED
from metrics.predicate import All, Known, Not, OneOf, Within
from metrics.terms import Dossiers, ServicesInForce, ServicesJudged, Sum, Total
from metrics.words import Text

FAMILY = Family("payment", Text("Thanh toán trực tuyến", "Online payment"))
SOURCE = Source("nhip, dữ liệu giao dịch của nền tảng thanh toán", trust=Trust.CONTRACT)

PAYMENTS = Join(
    "payment_of",
    "dossier",
    "SELECT assumeNotNull(dossier) AS dossier, toNullable(min(paid_at)) AS first_paid_at, "
    "sum(toInt64OrZero(ifNull(amount, ''))) AS paid_amount FROM payment FINAL "
    "WHERE dossier IS NOT NULL AND paid_at IS NOT NULL AND refunded_at IS NULL GROUP BY dossier",
)
FIELDS = (
    Derived("first_paid_at", "first_paid_at", Text("giao dịch thành công", "a successful transaction"), join=PAYMENTS),
    Derived("paid_amount", "paid_amount", Text("số tiền đã trả trực tuyến", "amount paid online"), join=PAYMENTS),
)

RECEIVED = Within("received_at")
PAID = All((RECEIVED, Known("first_paid_at")))
MARKED = OneOf("paid_online", ("1", "2"))


def counted(name: str, title: Text, formula: Formula, better: Better = Better.HIGHER) -> Kpi:
    return Kpi(name, 1, FAMILY, title, formula, better, SOURCE)


KPIS = (
    counted(
        "payment_transactions_net",
        Text("Giao dịch thành công, trừ giao dịch đã hoàn phí", "Successful transactions less the refunded ones"),
        Count(Total(PAID_NET)),
    ),
    counted(
        "payment_refunds", Text("Giao dịch đã hoàn phí", "Transactions refunded"), Count(Total(REFUNDED)), Better.LOWER
    ),
    counted("payment_dossiers", Text("Hồ sơ đã thanh toán trực tuyến", "Dossiers paid online"), Count(Dossiers(PAID))),
    counted(
        "payment_fee_dossiers",
        Text("Hồ sơ có phí đã thanh toán trực tuyến", "Dossiers with a fee paid online"),
        Ratio(Dossiers(All((PAID, FEE))), Dossiers(All((RECEIVED, FEE)))),
    ),
    counted(
        "payment_procedures",
        Text("Thủ tục có phí có giao dịch thanh toán", "Fee procedures with a transaction"),
        Ratio(ServicesJudged(PAID, FEE), ServicesInForce(FEE)),
    ),
    counted(
        "payment_amount",
        Text("Số tiền hồ sơ tiếp nhận trong kỳ đã trả (đồng)", "Amount paid for dossiers received (dong)"),
        Count(Sum("paid_amount", PAID)),
    ),
    counted(
        "payment_marked_only",
        Text("Hồ sơ đánh dấu đã thanh toán nhưng không có giao dịch", "Dossiers marked paid without a transaction"),
        Count(Dossiers(All((RECEIVED, MARKED, Not(Known("first_paid_at")))))),
        Better.LOWER,
    ),
)
