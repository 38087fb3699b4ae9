"""What is wrong with a threshold that somebody wants to set: impossible, contradicting, or about nothing we know."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from metrics.alerting.subject import SUBJECTS, Subject, subject
from metrics.alerting.threshold import NOW, Direction, Measured, Threshold
from metrics.period import FORMS_BY_NAME
from metrics.personal import personal
from metrics.unit import Unit
from metrics.words import Text

LONGEST = timedelta(days=7)
LONGEST_REASON = 500
MOST_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Known:
    """What a threshold is held against: codes and tiers of agencies, groups of recipients, the other thresholds."""

    agencies: Collection[str] = ()
    tiers: Collection[str] = ()
    recipients: Collection[str] = ()
    others: Collection[Threshold] = field(default=(), repr=False)


def refusals(wanted: Threshold, known: Known) -> Iterator[Text]:
    """Every reason not to set it; none where it is fine."""
    about = subject(wanted.subject, wanted.version)
    if about is None:
        names = ", ".join(sorted(SUBJECTS))
        yield Text(
            f"không có chỉ số {wanted.subject}; có: {names}", f"{wanted.subject}: no such KPI; there are {names}"
        )
        return
    yield from _whom(wanted, about, known)
    yield from _limits(wanted, about)
    yield from _conditions(wanted, about, known)
    yield from _contradictions(wanted, known)


def unknown(name: str) -> Text:
    names = ", ".join(sorted(SUBJECTS))
    return Text(f"không có chỉ số {name}; có: {names}", f"{name}: no such KPI; there are {names}")


def unreasoned(why: str) -> Iterator[Text]:
    if not why.strip():
        yield Text("cần ghi lý do", "say why (--why TEXT)")
    elif len(why) > LONGEST_REASON:
        yield Text(f"lý do dài quá {LONGEST_REASON} ký tự", f"the reason is longer than {LONGEST_REASON} characters")
    for kind in personal(why):
        yield Text(f"lý do có {kind.vi}; không ghi người", f"the reason holds {kind.en}; leave people out")


def _whom(wanted: Threshold, about: Subject, known: Known) -> Iterator[Text]:
    if (wanted.agency or wanted.tier) and not about.of_agencies:
        yield Text("chỉ số này chỉ có cho toàn tỉnh", "this is known for the whole province only")
    if wanted.agency and wanted.tier:
        yield Text("chọn một đơn vị hoặc một cấp, không chọn cả hai", "name an agency or a tier, not both")
    if wanted.agency and wanted.agency not in known.agencies:
        yield Text(
            f"không có đơn vị {wanted.agency} trong danh mục", f"{wanted.agency}: no such agency in the catalogue"
        )
    if wanted.tier and wanted.tier not in known.tiers:
        yield Text(f"không có cấp {wanted.tier}", f"{wanted.tier}: no such tier; one of {', '.join(known.tiers)}")


def _limits(wanted: Threshold, about: Subject) -> Iterator[Text]:
    limits = [wanted.act] if wanted.warn is None else [wanted.act, wanted.warn]
    below = wanted.direction is Direction.BELOW
    if wanted.measured is Measured.CHANGE:
        if about.kpi is None:
            yield Text("mức thay đổi chỉ đặt được cho chỉ số", "only a KPI has a change to watch")
        if any(limit >= 0 if below else limit <= 0 for limit in limits):
            yield Text("mức thay đổi phải lớn hơn 0", "a drop or rise has to be more than 0")
    else:
        least, most = Decimal(0), MOST_PERCENT if about.unit is Unit.PERCENT else None
        if about.unit is Unit.PERCENT and any(not least <= limit <= MOST_PERCENT for limit in limits):
            yield Text("giới hạn của một tỷ lệ phải từ 0 đến 100 %", "the limit of a rate has to be from 0 to 100 %")
        elif any(limit <= least for limit in limits) if below else any(limit == most for limit in limits):
            yield Text("không giá trị nào vượt được giới hạn này", "no value could ever be beyond this limit")
        elif any(limit < least for limit in limits):
            yield Text("giới hạn không được âm: luôn bị vượt", "a limit below 0 would always be broken")
    if wanted.warn is not None and (wanted.warn <= wanted.act if below else wanted.warn >= wanted.act):
        yield Text("mức cảnh báo phải đến trước mức xử lý", "the warn limit has to be reached before the act limit")


def _conditions(wanted: Threshold, about: Subject, known: Known) -> Iterator[Text]:
    over = FORMS_BY_NAME if about.kpi else (NOW,)
    if wanted.over not in over:
        yield Text(f"kỳ phải là một trong {', '.join(over)}", f"the period has to be one of {', '.join(over)}")
    if wanted.least < 0 or (wanted.least and not about.has_whole):
        yield Text(
            "mẫu số nhỏ nhất chỉ đặt cho tỷ lệ, và không âm", "a smallest denominator is for rates, and not negative"
        )
    if not (timedelta(0) <= wanted.hold <= LONGEST and timedelta(0) <= wanted.calm <= LONGEST):
        yield Text("thời gian phải từ 0 đến 7 ngày", "a duration has to be from 0 to 7 days")
    if wanted.back < 0:
        yield Text("độ trễ không được âm", "the way back cannot be negative")
    if (
        wanted.measured is Measured.VALUE
        and about.unit is Unit.PERCENT
        and not _can_end(wanted, Decimal(0), MOST_PERCENT)
    ):
        yield Text("với độ trễ này cảnh báo không bao giờ kết thúc", "with this way back it could never be over")
    for name in wanted.recipients:
        if name not in known.recipients:
            yield Text(f"không có nhóm nhận {name}", f"{name}: no such group of recipients (NHIP_ALERT_RECIPIENTS)")


def _can_end(wanted: Threshold, least: Decimal, most: Decimal) -> bool:
    if wanted.direction is Direction.BELOW:
        return wanted.outermost + wanted.back <= most
    return wanted.outermost - wanted.back >= least


def _contradictions(wanted: Threshold, known: Known) -> Iterator[Text]:
    """Below X and above Y, X over Y: then every value would be bad."""
    for other in known.others:
        below, above = (wanted, other) if wanted.direction is Direction.BELOW else (other, wanted)
        same = _place(other) == _place(wanted) and other.direction is not wanted.direction
        if same and below.outermost > above.outermost:
            yield Text(
                f"mâu thuẫn với ngưỡng {other.id}: mọi giá trị đều vượt",
                f"contradicts {other.id}: every value would be beyond one of them",
            )


def _place(one: Threshold) -> tuple[str | int | None, ...]:
    return one.subject, one.version, one.over, one.measured, one.agency, one.tier
