"""What the board's parts found, as tables of sections of their own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from deploy.feeding import SETTLE_EVERY
from tests.bench.board.clicks import THINKING
from tests.bench.board.load import TIMES_ALONE, Loaded
from tests.bench.board.streams import SETTLED, Streamed
from tests.bench.goals import Goal
from tests.bench.latency import BEAT
from tests.bench.report import table

PAGE_MS, API_MS = 200, 100
FLAT_MB = 30
JUDGED = (
    "Judged from the facts, asked by one person after the others, while events went on coming in. No answer within "
    "30 s, or none that fits into the store's memory, is said so.\n"
)


def clicked(found: Loaded, unasked: Iterable[str]) -> str:
    """Each page and route, and the goals."""
    load = found.load
    sent = found.sent / found.seconds
    what = (
        f"{load.dossiers:,} dossiers of three years; {load.people} people, each with one page open and watched live, "
        f"who click some {THINKING:.0f} s after the last answer, for {found.seconds:.0f} s; "
        f"{sent:,.0f} events/s came in meanwhile. Facts and cells agreed before and after.\n"
    )
    cost = (
        f"Processor time in cores: {_cores(found)}. Largest resident size in MB: {_peaks(found)}. "
        f"{found.clicks.changes / max(found.clicks.watched, 1):.2f} redrawn pages a second and open page.\n"
    )
    hurried = (
        f"The same with what was due sent every {BEAT * 1000:.0f} ms instead of {SETTLE_EVERY * 1000:.0f}, p50 and p95 "
        f"in ms: pages {_both(_every(found.hurried.pages))}; the API {_both(_every(found.hurried.routes))}.\n"
    )
    lines = [
        what,
        table(list(_rows(found))),
        hurried,
        cost,
        JUDGED,
        table(list(_alone(found))),
        f"Not asked for: {', '.join(unasked) or 'nothing'}.\n",
        "#### Goals\n",
        table([goal.row() for goal in goals(found)]),
    ]
    return "\n".join(lines)


def _rows(found: Loaded) -> Iterator[Mapping[str, str]]:
    for kind, goal, waits in (
        ("page", PAGE_MS, found.clicks.pages),
        ("API", API_MS, found.clicks.routes),
    ):
        for what, each in (*sorted(waits.items()), (f"all {kind} answers", _every(waits))):
            p95 = milliseconds(each, 95)
            yield {
                "": kind,
                "what": what,
                "answers": f"{len(each):,}",
                "p50 ms": f"{milliseconds(each, 50):.0f}",
                "p95 ms": f"{p95:.0f}",
                "longest ms": f"{max(each) * 1000:.0f}",
                "goal": f"{goal}" if p95 <= goal else f"**{goal}**",
            }


def _alone(found: Loaded) -> Iterator[Mapping[str, str]]:
    for what, waits in found.alone.items():
        said = ", ".join(f"{wait:.1f} s" for wait in waits)
        yield {
            "what": what,
            "answers": said if len(waits) == TIMES_ALONE else ", ".join([*filter(None, [said]), "no answer"]),
        }


def goals(found: Loaded) -> Iterator[Goal]:
    for kind, wanted, waits in (("page", PAGE_MS, found.clicks.pages), ("API route", API_MS, found.clicks.routes)):
        worst = max(waits, key=lambda what: milliseconds(waits[what], 95))
        yield Goal(f"p95 of all {kind} answers, ms", wanted, milliseconds(_every(waits), 95), at_most=True)
        yield Goal(f"p95 of the slowest {kind} ({worst}), ms", wanted, milliseconds(waits[worst], 95), at_most=True)


def _every(waits: Mapping[str, Sequence[float]]) -> list[float]:
    return [wait for each in waits.values() for wait in each]


def milliseconds(waits: Sequence[float], percent: int) -> float:
    ordered = sorted(waits)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] * 1000


def _cores(found: Loaded) -> str:
    return ", ".join(f"{name} {cost.cpu / found.seconds:.2f}" for name, cost in found.costs.items())


def _peaks(found: Loaded) -> str:
    return ", ".join(f"{name} {cost.peak_mb:.0f}" for name, cost in found.costs.items())


def grown(every: Sequence[Loaded]) -> str:
    """The same at several sizes: what depends on how much history there is."""
    names = ["/", "/agencies/{code}", "/services", "/late", "/quality", "/portal", "/kpi/{kpi}/dossiers"]
    rows = [
        {
            "p50, p95 ms": what,
            **{f"{found.load.dossiers:,}": _both(waits(found)) for found in every},
        }
        for what, waits in (
            ("all pages", lambda found: _every(found.clicks.pages)),
            ("all API routes", lambda found: _every(found.clicks.routes)),
            *((name, lambda found, name=name: found.clicks.pages[name]) for name in names),
        )
    ]
    rows.append({"p50, p95 ms": "store on disk, MB"} | {f"{f.load.dossiers:,}": f"{f.disk_mb:,.0f}" for f in every})
    rows.append({"p50, p95 ms": "cores: store, board"} | {f"{f.load.dossiers:,}": _two(f) for f in every})
    return table(rows)


def _both(waits: Sequence[float]) -> str:
    return f"{milliseconds(waits, 50):.0f}, {milliseconds(waits, 95):.0f}" if waits else "–"


def _two(found: Loaded) -> str:
    return ", ".join(f"{found.costs[name].cpu / found.seconds:.2f}" for name in ("store", "board"))


def streamed(found: Streamed) -> str:
    pages = sum(each.pages for each in found.seen)
    silence = max(each.silence for each in found.seen)
    settled, last = found.size_at(SETTLED), found.size_at(found.seconds)
    told = (found.size_at(0), settled, last, max(found.memory))
    rows = [
        {
            "streams": str(found.streams),
            "of pages": str(found.pages),
            "seconds": f"{found.seconds:.0f}",
            "events/s": str(found.rate),
            "pages sent": f"{pages:,}",
            "longest silence": f"{silence:.1f} s",
            "board, MB: first minute, sixth, last, largest": ", ".join(f"{mb:.0f}" for mb in told),
            "board, cores": f"{found.cpu:.2f}",
        }
    ]
    return (
        table(rows)
        + "\n"
        + table([Goal("memory gained by the board, MB", FLAT_MB, last - settled, at_most=True).row()])
    )
