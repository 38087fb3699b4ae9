"""A digest as a document: what stands where, in words."""

from collections.abc import Iterator
from datetime import timedelta

from dashboards.alerts.seen import said
from dashboards.alerts.words import limit
from dashboards.alerts.words import title as subject_title
from dashboards.change import breaks
from dashboards.digest.document import Block, Document, Lines, Picture, Table, Tile
from dashboards.digest.model import Breach, Digest, Figure, Flow, Standing
from dashboards.digest.sentences import STREAMS, half_a_point, sentences, tasks, warnings
from dashboards.digest.words import (
    APART,
    GUIDE,
    LAST,
    STATES,
    THIS,
    TONES,
    VERDICTS,
    counted,
    cut,
    name,
    target,
    unit_name,
    whole_name,
)
from dashboards.figures import Reading
from dashboards.league import FEWEST as FEWEST_RANKED
from dashboards.naming import day_name, moment_name, period_name
from dashboards.spans import form
from dashboards.texts import Lang
from metrics.breaks import Break, sentence
from metrics.display import NOTHING, count, decimal, percent

TITLE = "Tình hình giải quyết thủ tục hành chính"
MOST_LINES = 8


def document(digest: Digest, link: str, corrected: tuple[str, ...] = ()) -> Document:
    """`link` is where the board shows the same figures."""
    return Document(
        title=TITLE,
        unit=unit_name(digest),
        period=whole_name(digest.period),
        facts=tuple(_facts(digest)),
        corrected=corrected,
        warnings=warnings(digest),
        sentences=sentences(digest),
        tiles=_tiles(digest.flow),
        identity=_identity(digest.flow),
        blocks=tuple(filter(_filled, _blocks(digest))),
        link=link,
    )


def _filled(block: Block) -> bool:
    match block:
        case Table():
            return bool(block.rows)
        case Lines():
            return bool(block.lines)
        case _:
            return True


def _facts(digest: Digest) -> Iterator[tuple[str, str]]:
    covered = digest.coverage
    yield "Tình trạng số liệu", STATES[digest.state]
    yield "Dữ liệu đến", moment_name(covered.as_of)
    heard = covered.expected - len(covered.silent)
    yield "Đơn vị có dữ liệu", f"{count(heard)}/{count(covered.expected)}" if covered.expected else NOTHING
    yield "Lập lúc", moment_name(digest.made_at)


def _tiles(flow: Flow) -> tuple[Tile, ...]:
    received = (("kỳ trước chuyển sang", flow.carried), ("trực tuyến", flow.online), ("trực tiếp", flow.desk),
                ("bưu chính", flow.post))  # fmt: skip
    resolved = (("trước hạn", flow.early), ("đúng hạn", flow.in_time), ("quá hạn", flow.late))
    still = (("trong hạn", flow.open_in_time), ("quá hạn", flow.overdue), ("chờ bổ sung", flow.waiting))
    return (
        Tile("Tiếp nhận", count(flow.received), _parts(received)),
        Tile("Đã giải quyết", _share(flow), _parts(resolved)),
        Tile("Đang giải quyết", count(flow.open), _parts(still)),
    )


def _share(flow: Flow) -> str:
    return (
        f"{count(flow.resolved)} ({percent(flow.resolved, flow.received)})" if flow.received else count(flow.resolved)
    )


def _parts(parts: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((title, count(number)) for title, number in parts)


def _identity(flow: Flow) -> str:
    sums = (
        f"{count(flow.received)} tiếp nhận = {count(flow.resolved)} đã giải quyết + {count(flow.open)} đang giải quyết"
    )
    return sums if flow.holds else f"{sums}: KHÔNG khớp, xem trang Chất lượng dữ liệu"


def _blocks(digest: Digest) -> Iterator[Block]:
    yield _figures(digest)
    yield from (_picture(trend, digest.turns) for trend in digest.trends)
    yield Lines("Việc cần làm kỳ tới", tuple(map(str, tasks(digest))))
    yield Lines("Việc đã hứa kỳ trước và kết quả", digest.promised)
    for standing in digest.standings:
        yield from _standing(digest, standing)
    yield _loads(digest)
    yield Lines(
        "Thư xin lỗi, hẹn lại", tuple(f"{one.kpi.title.vi}: {said(one)}." for one in digest.courtesy), half=True
    )
    yield Lines("Dịch vụ công", tuple(_services(digest)), half=True)
    yield Lines("Điểm bị mất theo Bộ chỉ số 766", tuple(_points(digest)), half=True)
    yield Lines(
        "Vượt ngưỡng trong kỳ", tuple(_breach(digest, each) for each in digest.breaches[:MOST_LINES]), half=True
    )
    yield Lines("Số đã công bố nay thay đổi", tuple(_restated(digest)), half=True)
    yield Lines("Lưu ý về dữ liệu", tuple(_quality(digest)))
    yield Lines("Cách đọc", GUIDE)


def _figures(digest: Digest) -> Table:
    kind = form(digest.period)
    head = ("Chỉ số", THIS[kind], LAST[kind].capitalize(), "Cùng kỳ năm trước", "Báo động khi", "So với kỳ trước")
    rows = tuple(_row(figure) for figure in digest.figures)
    return Table("Các chỉ số", head, rows, tuple(TONES.get(figure.verdict, "") for figure in digest.figures))


def _row(figure: Figure) -> tuple[str, ...]:
    return (figure.kpi.title.vi, *counted(figure), target(figure), VERDICTS[figure.verdict])


def _picture(trend: tuple[Reading, ...], turns: tuple[Break, ...]) -> Picture:
    title = trend[-1].kpi.title.vi
    course = "; ".join(f"{period_name(one.scope.period, Lang.VI)}: {one.display}" for one in trend[-3:])
    found = breaks(trend[-1], trend[0], turns)
    gap = f" Có chỗ {sentence(found).vi}." if found else ""
    return Picture(title, f"Diễn biến {title.lower()} trong {len(trend)} kỳ. {course}.{gap}", trend, turns)


def _standing(digest: Digest, standing: Standing) -> Iterator[Table]:
    head = (f"Trong {count(standing.ranked)} đơn vị có từ {FEWEST_RANKED} hồ sơ", THIS[form(digest.period)])
    for word, units, tone in (("cao nhất", standing.best, "good"), ("thấp nhất", standing.worst, "bad")):
        title = f"{standing.kpi.title.vi}: {word}"
        rows = tuple((name(digest, unit.agency), said(unit.reading)) for unit in units)
        yield Table(title, head, rows, (tone,) * len(rows), half=True)


def _loads(digest: Digest) -> Table:
    ends, until = day_name(digest.period.last), day_name(digest.period.last + timedelta(days=7))
    head = ("Đơn vị", "Trả quá hạn trong kỳ", f"Quá hạn đến {ends}", f"Hẹn trả đến {until}")
    rows = tuple(
        (name(digest, load.agency), count(load.late), count(load.overdue), count(load.due)) for load in digest.loads
    )
    return Table("Hồ sơ trễ và sắp đến hạn theo đơn vị", head, rows)


def _services(digest: Digest) -> Iterator[str]:
    unused = digest.unused
    if unused.of:
        fields = ", ".join(f"{cut(title)}: {count(number)}" for title, number in unused.fields)
        yield f"{count(unused.services)}/{count(unused.of)} dịch vụ công trực tuyến không có hồ sơ ({fields})."
    for jump in digest.jumps:
        word = "tăng" if jump.now > jump.before else "giảm"
        yield f"{cut(jump.name or jump.procedure)} ({jump.procedure}) {word} từ {count(jump.before)} {_to(jump.now)}."
    if digest.late_procedures:
        listed = ", ".join(f"{cut(title)}: {count(number)}" for title, number in digest.late_procedures)
        yield f"Thủ tục có nhiều hồ sơ trễ nhất: {listed}."


def _to(number: int) -> str:
    return f"xuống {count(number)}" if number == 0 else f"đến {count(number)} hồ sơ"


def _points(digest: Digest) -> Iterator[str]:
    for lost in digest.points:
        missing = decimal(round(lost.most * 100) - (lost.reading.steps or 0), 2)
        most, effort = decimal(int(lost.most), 0), half_a_point(lost)
        title = lost.reading.kpi.title.vi.removeprefix("Điểm: ")
        yield f"{title}: mất {missing}/{most} điểm" + (f"; {effort}." if effort else ".")


def _breach(digest: Digest, breach: Breach) -> str:
    whom = name(digest, breach.agency) if breach.agency else "toàn tỉnh"
    seen = f"{breach.by} đã nhận xử lý" if breach.by else "chưa ai nhận"
    over = f"; đã hết: {breach.over}" if breach.over else ""
    about = f"{subject_title(breach.threshold).vi} {limit(breach.threshold).vi}"
    return f"{moment_name(breach.at)}, {whom}: {about} ({breach.shown}); {seen}{over}."


def _restated(digest: Digest) -> Iterator[str]:
    for one in digest.restated[:MOST_LINES]:
        yield f"{period_name(one.period, Lang.VI)}, {one.kpi.title.vi.lower()}: đã công bố {one.was}, nay {one.now}."


def _quality(digest: Digest) -> Iterator[str]:
    found = digest.quality
    if digest.broken:
        yield f"Số ghi “{APART}” {sentence(digest.broken).vi}."
    if found.silent_streams:
        streams = ", ".join(STREAMS[each] for each in found.silent_streams)
        yield f"Chưa từng có dữ liệu {streams}: số 0 ở đó không phải là 0."
    if found.failing:
        listed = ", ".join(f"{title}: {count(number)}" for title, number in found.failing)
        yield f"Hồ sơ tiếp nhận trong kỳ có sai sót ({listed})."
    if found.dead_letters:
        yield f"{count(found.dead_letters)} dòng dữ liệu không đọc được và không nằm trong số nào ở trên."
