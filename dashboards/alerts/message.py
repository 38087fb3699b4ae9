"""What people are told, in Vietnamese: what happened, the numbers, the limit, since when, who set it, what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboards.agencies import Agency
from dashboards.alerts.words import CAUSES, KINDS, LEVELS, limit, title
from dashboards.naming import moment_name, period_name
from dashboards.texts import Lang
from metrics.alerting.alert import Kind, Transition
from metrics.alerting.rule import Rule
from metrics.alerting.subject import subject
from metrics.alerting.threshold import NOW, Direction, Level, Threshold
from metrics.errors import Misconfigured
from metrics.period import parse

MOST = 20
"""Alerts told one by one; the others are counted, and stand on the page."""
OPEN = frozenset({Kind.FIRED, Kind.WORSE, Kind.REMINDED, Kind.ESCALATED})
WINDOWS = {"overdue": "overdue", "due_24h": "24h", "due_3d": "3d", "due_7d": "7d"}


@dataclass(frozen=True, slots=True)
class Item:
    """Something that happened to one alert."""

    key: str
    agency: str | None
    rule: Rule
    said: Transition


def subject_line(items: Sequence[Item]) -> str:
    """The worst first: `nhip: 3 cảnh báo mới, 1 đã hết`, or the one alert by name."""
    if len(items) == 1:
        (one,) = items
        return f"nhip: {KINDS[one.said.kind].vi} – {title(one.rule.threshold).vi} – {one.agency or 'toàn tỉnh'}"
    counts = [(kind, sum(item.said.kind is kind for item in items)) for kind in Kind]
    return "nhip: " + ", ".join(f"{number} {KINDS[kind].vi.lower()}" for kind, number in counts if number)


def body(items: Sequence[Item], known: Mapping[str, Agency], board: str) -> str:
    """`board` is how people reach the board, without a slash at its end."""
    ordered = sorted(items, key=lambda item: (list(Kind).index(item.said.kind), -item.said.level, item.key))
    parts = ["\n".join(_lines(item, known, board)) for item in ordered[:MOST]]
    if len(items) > MOST:
        parts.append(f"… và {len(items) - MOST} mục khác.")
    return "\n\n".join([*parts, f"Tất cả cảnh báo: {board}/alerts"])


def _lines(item: Item, known: Mapping[str, Agency], board: str) -> Iterator[str]:
    said, threshold = item.said, item.rule.threshold
    level = f" ({LEVELS[said.level].vi})" if said.kind in OPEN and said.level else ""
    yield f"● {KINDS[said.kind].vi}{level}: {title(threshold).vi} – {_whom(item.agency, known)}"
    if said.shown:
        yield f"  Số hiện tại: {said.shown}{_period(threshold, said.period)}"
    yield f"  Giới hạn: {limit(threshold, said.level or Level.ACT).vi}{_condition(threshold)}"
    yield f"  Người đặt: {item.rule.actor}, {moment_name(item.rule.at)}; lý do: {item.rule.why}"
    if said.since is not None:
        yield f"  Từ lúc: {moment_name(said.since)}"
    if said.cause is not None:
        yield f"  Vì: {CAUSES[said.cause].vi}, lúc {moment_name(said.at)}"
    if said.kind in OPEN or said.kind in {Kind.NO_DATA, Kind.ERROR}:
        yield f"  Việc cần làm: {advice(said.kind, threshold)}"
    yield f"  Xem: {board}{link(threshold, item.agency, said.period)}"


def _whom(agency: str | None, known: Mapping[str, Agency]) -> str:
    if agency is None:
        return "toàn tỉnh"
    name = known[agency].name if agency in known else None
    return f"{name} ({agency})" if name else agency


def _period(threshold: Threshold, period: str) -> str:
    if threshold.over == NOW or not period:
        return ""
    try:
        return f" – {period_name(parse(period), Lang.VI).lower()}"
    except Misconfigured:
        return f" – {period}"


def _condition(threshold: Threshold) -> str:
    return f" (khi có ít nhất {threshold.least} hồ sơ)" if threshold.least else ""


def advice(kind: Kind, threshold: Threshold) -> str:
    if kind is Kind.NO_DATA:
        return "Kiểm tra nguồn dữ liệu và đường truyền; trong lúc này số liệu không được dùng để cảnh báo."
    if kind is Kind.ERROR:
        return "Báo cho người quản trị nhip; trong lúc này chỉ số không được theo dõi."
    about = subject(threshold.subject, threshold.version)
    return about.advice.vi if about else "Ngưỡng dùng một định nghĩa đã bỏ; hãy đặt lại."


def link(threshold: Threshold, agency: str | None, period: str) -> str:
    """Where the board shows what is behind the number."""
    about = subject(threshold.subject, threshold.version)
    if threshold.subject in WINDOWS:
        return _address("/late", window=WINDOWS[threshold.subject], agency=agency)
    if about is None or about.kpi is None:
        return _address("/quality", reconcile="true" if threshold.subject == "drift" else None)
    if not about.kpi.has_dossiers:
        return _address(f"/kpi/{threshold.subject}", period=period or None, agency=agency)
    missing = "false" if threshold.direction is Direction.BELOW and about.has_whole else None
    return _address(f"/kpi/{threshold.subject}/dossiers", period=period or None, agency=agency, counted=missing)


def _address(path: str, **query: str | None) -> str:
    said = {name: value for name, value in query.items() if value is not None}
    return path + (f"?{urlencode(said)}" if said else "")
