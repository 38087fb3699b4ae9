"""Thresholds and what happened to alerts in words, both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.alerting.alert import Cause, Kind, Status
from metrics.alerting.subject import subject
from metrics.alerting.threshold import Direction, Level, Measured, Threshold
from metrics.display import AFTER
from metrics.unit import Unit
from metrics.words import Text

STATUSES: Mapping[Status, Text] = MappingProxyType(
    {
        Status.OK: Text("bình thường", "ok"),
        Status.PENDING: Text("sắp báo", "pending"),
        Status.FIRING: Text("đang báo", "firing"),
        Status.ACKNOWLEDGED: Text("đã nhận xử lý", "acknowledged"),
        Status.RESOLVED: Text("đã hết", "resolved"),
        Status.NO_DATA: Text("không có dữ liệu", "no data"),
        Status.ERROR: Text("không đánh giá được", "cannot be evaluated"),
    }
)
KINDS: Mapping[Kind, Text] = MappingProxyType(
    {
        Kind.FIRED: Text("Cảnh báo mới", "New alert"),
        Kind.WORSE: Text("Nặng hơn", "Worse"),
        Kind.REMINDED: Text("Nhắc lại", "Reminder"),
        Kind.ESCALATED: Text("Chưa ai nhận xử lý", "Nobody has taken it on"),
        Kind.ACKNOWLEDGED: Text("Đã nhận xử lý", "Acknowledged"),
        Kind.RESOLVED: Text("Đã hết", "Resolved"),
        Kind.NO_DATA: Text("Không có dữ liệu", "No data"),
        Kind.ERROR: Text("Không đánh giá được", "Cannot be evaluated"),
        Kind.RETURNED: Text("Có dữ liệu trở lại", "Data is back"),
    }
)
CAUSES: Mapping[Cause, Text] = MappingProxyType(
    {
        Cause.VALUE: Text("số đã trở lại trong giới hạn", "the value is back inside the limit"),
        Cause.LIMITS: Text("giới hạn đã thay đổi", "the limit was changed"),
        Cause.PERIOD: Text("kỳ đã hết, tính kỳ mới", "the period is over and another one counts"),
        Cause.WITHDRAWN: Text("ngưỡng đã bị bỏ", "the threshold was withdrawn"),
    }
)
LEVELS: Mapping[Level, Text] = MappingProxyType(
    {
        Level.NONE: Text("", ""),
        Level.WARN: Text("cảnh báo", "warning"),
        Level.ACT: Text("cần xử lý", "act"),
    }
)
OVER: Mapping[str, Text] = MappingProxyType(
    {
        "day": Text("trong ngày", "of the day"),
        "week": Text("trong tuần", "of the week"),
        "month": Text("trong tháng", "of the month"),
        "quarter": Text("trong quý", "of the quarter"),
        "year": Text("trong năm", "of the year"),
        "now": Text("hiện tại", "now"),
    }
)
TURNS: Mapping[tuple[Measured, Direction], Text] = MappingProxyType(
    {
        (Measured.VALUE, Direction.BELOW): Text("dưới", "below"),
        (Measured.VALUE, Direction.ABOVE): Text("trên", "above"),
        (Measured.CHANGE, Direction.BELOW): Text("giảm hơn", "a drop of more than"),
        (Measured.CHANGE, Direction.ABOVE): Text("tăng hơn", "a rise of more than"),
    }
)


def title(threshold: Threshold) -> Text:
    """What it is about; its bare name where the catalogue has it no more."""
    about = subject(threshold.subject, threshold.version)
    name = about.title if about else Text(threshold.subject, threshold.subject)
    return Text(f"{name.vi} {OVER[threshold.over].vi}", f"{name.en} {OVER[threshold.over].en}")


def limit(threshold: Threshold, level: Level = Level.ACT) -> Text:
    """`dưới 95,5 %`; where it has no limit of that level, the one it has."""
    number = threshold.warn if level is Level.WARN and threshold.warn is not None else threshold.act
    turn = TURNS[threshold.measured, threshold.direction]
    size = f"{abs(number).normalize():f}".replace(".", ",")
    return Text(f"{turn.vi} {size}", f"{turn.en} {size}") + after(threshold)


def after(threshold: Threshold) -> Text:
    about = subject(threshold.subject, threshold.version)
    if about is None:
        return Text("", "")
    if about.unit is Unit.PERCENT and threshold.measured is Measured.CHANGE:
        return Text(" điểm phần trăm", " percentage points")
    return AFTER[about.unit]


def limits(threshold: Threshold) -> Text:
    """Both, where it has both."""
    act = limit(threshold)
    if threshold.warn is None:
        return act
    return act + Text("; cảnh báo ", "; warning ") + limit(threshold, Level.WARN)
