"""The week in three sentences, and what to do next: made of the figures alone, and silent where they say nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from dashboards.alerts.seen import said
from dashboards.digest.coverage import WORKING_DAY, complete
from dashboards.digest.model import Digest, Figure, Points, State
from dashboards.digest.words import comparison, last, name, unit_name
from dashboards.naming import day_name, moment_name, period_name
from dashboards.texts import Lang
from metrics.catalogue.headline import ON_TIME_RESOLUTION, ONLINE_SUBMISSION_RATE
from metrics.display import NOTHING, count
from metrics.kpi import Kpi
from metrics.terms import ServicesJudged

NAMED = 3
ASKED = 3
"""Tasks that the last sentence names."""
STREAMS = {"nhip.dossiers": "hồ sơ", "nhip.payments": "thanh toán"}


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked, and of whom or why."""

    wanted: str
    more: str = ""

    def __str__(self) -> str:
        return self.wanted[:1].upper() + self.wanted[1:] + (f" ({self.more})." if self.more else ".")


NONE_ASKED = Task("số liệu kỳ này không đặt ra việc mới, tiếp tục duy trì")


def sentences(digest: Digest) -> tuple[str, str, str]:
    """What changed, where, and what is asked."""
    asked = tasks(digest)
    return what(digest), where(digest), "Đề nghị: " + "; ".join(task.wanted for task in asked[:ASKED]) + "."


def what(digest: Digest) -> str:
    flow, period = digest.flow, period_name(digest.period, Lang.VI)
    if digest.empty:
        return f"{period}: chưa có dữ liệu của {unit_name(digest).lower()}, nên không có nhận xét nào."
    carried = f", trong đó {count(flow.carried)} hồ sơ kỳ trước chuyển sang" if flow.carried else ""
    begins = f"{period}: {count(flow.received)} hồ sơ phải giải quyết{carried}; đã giải quyết {count(flow.resolved)}"
    rates = (_rate(digest, ON_TIME_RESOLUTION, "đúng hạn"), _rate(digest, ONLINE_SUBMISSION_RATE, "nộp trực tuyến"))
    return "; ".join((begins, *filter(None, rates))) + "."


def _rate(digest: Digest, asked: Kpi, word: str) -> str:
    figure = figure_of(digest, asked)
    if figure is None or figure.now.display == NOTHING:
        return ""
    return f"{word} {said(figure.now)}, {comparison(figure, last(digest))}"


def figure_of(digest: Digest, asked: Kpi) -> Figure | None:
    return next((figure for figure in digest.figures if figure.kpi == asked), None)


def where(digest: Digest) -> str:
    flow = digest.flow
    if not flow.open:
        return "Cuối kỳ không có hồ sơ nào đang giải quyết."
    if not flow.overdue:
        return f"Cuối kỳ không có hồ sơ quá hạn trong {count(flow.open)} hồ sơ đang giải quyết."
    most = _most(digest, ((load.agency, load.overdue) for load in digest.loads))
    return f"Cuối kỳ {count(flow.overdue)} trong {count(flow.open)} hồ sơ đang giải quyết đã quá hạn" + (
        f", nhiều nhất ở {most}." if most and digest.flow.overdue else "."
    )


def _most(digest: Digest, numbers: Iterable[tuple[str, int]]) -> str:
    """`UBND xã A (H07.1): 12, …`, the largest first."""
    found = sorted(((number, agency) for agency, number in numbers if number), key=lambda each: (-each[0], each[1]))
    return ", ".join(f"{name(digest, agency)}: {count(number)}" for number, agency in found[:NAMED])


def tasks(digest: Digest) -> tuple[Task, ...]:
    return tuple(_tasks(digest)) or (NONE_ASKED,)


def _tasks(digest: Digest) -> Iterator[Task]:
    flow = digest.flow
    if most := _most(digest, ((load.agency, load.overdue) for load in digest.loads)):
        yield Task(f"giải quyết dứt điểm {count(flow.overdue)} hồ sơ quá hạn, xin lỗi và hẹn lại", most)
    if flow.due:
        first, until = (digest.period.last + timedelta(days=days) for days in (1, 7))
        most = _most(digest, ((load.agency, load.due) for load in digest.loads))
        yield Task(f"trả đúng hạn {count(flow.due)} hồ sơ hẹn từ {day_name(first)} đến {day_name(until)}", most)
    if digest.coverage.silent:
        yield Task("kiểm tra đường truyền, gửi dữ liệu còn thiếu", _named(digest, digest.coverage.silent))
    if open_ones := sum(not breach.by and not breach.over for breach in digest.breaches):
        yield Task(f"cử người nhận xử lý {count(open_ones)} cảnh báo chưa ai nhận")
    yield from _late_receptions(digest)
    yield from _points(digest)


def _late_receptions(digest: Digest) -> Iterator[Task]:
    found = next((figure.now for figure in digest.figures if figure.kpi.id == "reception_late"), None)
    if found is not None and found.numerator:
        yield Task("tiếp nhận hồ sơ trực tuyến trong 8 giờ làm việc", f"kỳ này {said(found)} quá thời hạn đó")


def _points(digest: Digest) -> Iterator[Task]:
    for lost in digest.points[:1]:
        if (effort := half_a_point(lost)) is not None:
            title = lost.reading.kpi.title.vi.removeprefix("Điểm: ")
            yield Task("nâng điểm theo Bộ chỉ số 766", f"{title}: {effort}")


def half_a_point(lost: Points) -> str | None:
    """`thêm 412 hồ sơ hoặc chuyển 206 hồ sơ đã có = +0,5 điểm`."""
    if lost.half is None:
        return None
    thing = "dịch vụ" if any(isinstance(term, ServicesJudged) for term in lost.reading.kpi.terms()) else "hồ sơ"
    ways = [f"thêm {count(lost.half.added)} {thing}"] if lost.half.added else []
    ways += [f"chuyển {count(lost.half.converted)} {thing} đã có"] if lost.half.converted else []
    return f"{' hoặc '.join(ways)} = +{_half()} điểm" if ways else None


def _half() -> str:
    return f"{float(Fraction(1, 2))}".replace(".", ",")


def _named(digest: Digest, codes: tuple[str, ...]) -> str:
    rest = len(codes) - NAMED
    return ", ".join(name(digest, code) for code in codes[:NAMED]) + (
        f" và {count(rest)} đơn vị khác" if rest > 0 else ""
    )


def warnings(digest: Digest) -> tuple[str, ...]:
    """Said at the top, before anything else: why the figures must not be taken for whole."""
    return tuple(_warnings(digest))


def _warnings(digest: Digest) -> Iterator[str]:
    covered = digest.coverage
    if digest.inside:
        reasons = "; ".join(each.reason.vi for each in digest.inside)
        yield f"Trong kỳ có mốc: {reasons}. Số của cả kỳ gộp hai phần không so sánh được; xem từng phần ở trang chỉ số."
    if complete(digest.state, covered):
        return
    if digest.state is State.RUNNING:
        yield "Kỳ chưa kết thúc: mọi số là tạm tính."
    if covered.as_of is None:
        yield "Chưa có dữ liệu nào về hồ sơ và thanh toán."
    elif covered.lag > WORKING_DAY:
        yield f"Dữ liệu mới đến {moment_name(covered.as_of)}, thiếu {covered.lag // WORKING_DAY} ngày làm việc cuối kỳ."
    if covered.silent:
        yield f"{count(len(covered.silent))} đơn vị chưa có dữ liệu trong kỳ: {_named(digest, covered.silent)}."
