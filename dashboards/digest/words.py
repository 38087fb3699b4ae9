"""The phrases of a digest. It speaks Vietnamese alone: it is a document of the administration."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboards.alerts.seen import said
from dashboards.alerts.words import limit
from dashboards.change import breaks, change
from dashboards.digest.coverage import SURELY_SOME
from dashboards.digest.model import Digest, Figure, State
from dashboards.digest.verdict import Verdict
from dashboards.figures import Reading
from dashboards.naming import days_name, period_name
from dashboards.spans import form
from dashboards.texts import Lang
from metrics.breaks import sentence
from metrics.display import NOTHING
from metrics.noise import FEWEST
from metrics.period import Period

PROVINCE = "Toàn tỉnh"
LONGEST_NAME = 60

THIS: Mapping[str, str] = MappingProxyType(
    {"day": "Ngày này", "week": "Tuần này", "month": "Tháng này", "quarter": "Quý này", "year": "Năm này"}
)
LAST: Mapping[str, str] = MappingProxyType(
    {"day": "ngày trước", "week": "tuần trước", "month": "tháng trước", "quarter": "quý trước", "year": "năm trước"}
)
STATES: Mapping[State, str] = MappingProxyType(
    {
        State.RUNNING: "tạm tính: kỳ chưa kết thúc",
        State.OVER: "tạm tính: kỳ đã hết, chưa chốt",
        State.CLOSED: "số đã chốt",
    }
)
VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.BETTER: "tốt hơn",
        Verdict.WORSE: "kém hơn",
        Verdict.SAME: "không đổi",
        Verdict.CHANCE: "trong mức dao động",
        Verdict.TOO_FEW: "quá ít để kết luận",
        Verdict.INCOMPLETE: "chưa kết luận: thiếu số liệu",
        Verdict.BROKEN: "không so sánh được",
        Verdict.UNTESTED: NOTHING,
        Verdict.NOTHING: "không có số để so sánh",
    }
)
COMPARED: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.BETTER: "tốt hơn {before} ({amount})",
        Verdict.WORSE: "kém hơn {before} ({amount})",
        Verdict.SAME: "bằng {before}",
        Verdict.CHANCE: "chênh lệch với {before} ({amount}) chưa vượt mức dao động ngẫu nhiên",
        Verdict.TOO_FEW: "còn ít hồ sơ nên chưa so sánh với {before}",
        Verdict.INCOMPLETE: "chưa so sánh với {before} vì số liệu chưa đầy đủ",
        Verdict.UNTESTED: "{before} khác ({amount}), không kiểm định được",
        Verdict.NOTHING: "{before} không có số để so sánh",
    }
)
APART = "không so được"
"""Beside an earlier figure on the other side of a break."""
TONES: Mapping[Verdict, str] = MappingProxyType({Verdict.BETTER: "good", Verdict.WORSE: "bad"})


GUIDE = (
    (
        "“Tốt hơn”, “kém hơn” chỉ được viết khi chênh lệch vượt mức ngẫu nhiên (kiểm định 99 %), mỗi kỳ có từ "
        f"{FEWEST} hồ sơ, và số liệu của kỳ đã đủ; còn lại ghi rõ vì sao không kết luận."
    ),
    (
        "Đủ số liệu: kỳ đã hết, dữ liệu đến sát cuối kỳ (một ngày làm việc), và không đơn vị nào thường có "
        f"từ {SURELY_SOME} hồ sơ một kỳ mà kỳ này không có gì."
    ),
    (
        "Tiếp nhận, giải quyết, đang giải quyết theo biểu II.06a/VPCP/KSTT, xét ở cuối kỳ; chỉ số theo định nghĩa của "
        "nhip. Tỷ lệ được cắt, không làm tròn lên."
    ),
    "Trễ do xử lý hay do đồng bộ: xem trang đối soát với Cổng quốc gia.",
)
"""How to read it."""


def unit_name(digest: Digest) -> str:
    return PROVINCE if digest.agency is None else name(digest, digest.agency)


def name(digest: Digest, agency: str) -> str:
    """`UBND xã A (H07.1)`, or the code where nobody has named it."""
    return called(digest.names, agency)


def called(names: Mapping[str, str], agency: str) -> str:
    known = names.get(agency, agency)
    return agency if known == agency else f"{cut(known)} ({agency})"


def cut(text: str, most: int = LONGEST_NAME) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def whole_name(period: Period) -> str:
    """`Tuần 46/2026 (9/11 – 15/11/2026)`."""
    return f"{period_name(period, Lang.VI)} ({days_name(period)})"


def last(digest: Digest) -> str:
    return LAST[form(digest.period)]


def amount(figure: Figure) -> str:
    """`+1,2 điểm phần trăm`, where there is a change that may be shown."""
    moved = change(figure.now, figure.before, figure.turns)
    if moved is None:
        return ""
    return moved.amount + (" điểm phần trăm" if moved.ratio else "")


def comparison(figure: Figure, before: str) -> str:
    """What a sentence says of a figure against the period before."""
    if figure.verdict is Verdict.BROKEN:
        return sentence(breaks(figure.now, figure.before, figure.turns)).vi
    return COMPARED[figure.verdict].format(before=before, amount=amount(figure))


def target(figure: Figure) -> str:
    """The limit that was set: `dưới 90 %`."""
    return NOTHING if figure.target is None else limit(figure.target).vi


def counted(figure: Figure) -> tuple[str, str, str]:
    """Now, before, a year before; counts beside every rate."""
    return said(figure.now), _beside(figure, figure.before), _beside(figure, figure.year)


def _beside(figure: Figure, then: Reading | None) -> str:
    """An earlier figure, marked where a break keeps it from being compared."""
    if then is None:
        return NOTHING
    return f"{said(then)}, {APART}" if breaks(figure.now, then, figure.turns) else said(then)
