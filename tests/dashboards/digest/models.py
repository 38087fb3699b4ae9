"""Made-up digests: long names, many agencies, no data at all, one dossier; for drawing, so they need not add up."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from dashboards.digest.model import (
    Breach,
    Coverage,
    Digest,
    Figure,
    Flow,
    Jump,
    Load,
    Points,
    Quality,
    Restated,
    Standing,
    State,
    Unit,
    Unused,
)  # fmt: skip
from dashboards.digest.reading import COURTESY, SCORED, SHOWN
from dashboards.digest.standings import COMPARED
from dashboards.digest.verdict import Verdict
from dashboards.figures import Reading, Scope
from dashboards.spans import before, history, year_before
from metrics.alerting.threshold import Direction, Threshold
from metrics.kpi import Count
from metrics.period import parse
from metrics.what_if import WhatIf

LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ"
"""Every letter that Vietnamese is written with."""
HOSTILE = "#import \"x\"; $sum$ <script>alert(1)</script> {{ 7*7 }} *a* _b_ \\ @c `d` [e] & 'f'"
NUMBERS = st.integers(0, 9) | st.integers(0, 3_000_000)
NAMES = st.sampled_from(
    ["UBND xã A", "Sở " + "Kế hoạch và Đầu tư " * 9, "X" * 300, LETTERS, HOSTILE, "Ủy ban nhân dân thị trấn Ngã Bảy"]
)
PERIODS = st.sampled_from(["2026-W46", "2026-W01", "2026-11", "2026-Q3", "2025-07"]).map(parse)
NOW = datetime(2026, 11, 16, tzinfo=UTC)


def reading(draw, kpi, scope, key=None) -> Reading:
    part = draw(NUMBERS)
    whole = None if isinstance(kpi.formula, Count) else draw(st.just(0) | st.integers(part, 3_000_000))
    return Reading(kpi, scope, key, part if whole is None or whole else 0, whole)


@st.composite
def digests(draw, most_agencies: int = 130) -> Digest:
    period, agency = draw(PERIODS), draw(st.none() | st.just("H07.1"))
    names = {f"H07.{number}": draw(NAMES) for number in range(draw(st.integers(0, 3)) and most_agencies)}
    codes = st.sampled_from([*names, "H99"])
    scope = Scope(period, agency)

    def several(what, most: int = 12):
        return tuple(draw(st.lists(what, max_size=most)))

    loads = st.builds(Load, codes, NUMBERS, NUMBERS, NUMBERS)
    jumps = st.builds(Jump, st.just("1.002835"), st.none() | NAMES, NUMBERS, NUMBERS)
    threshold = Threshold(SHOWN[0].id, 1, Direction.BELOW, Decimal("95.5"))
    breaches = st.builds(
        Breach, st.just(NOW), st.just(threshold), st.none() | codes, st.just("49,6 % (1/2)"), st.just("") | NAMES,
        st.just("") | NAMES,
    )  # fmt: skip
    restated = st.builds(Restated, st.sampled_from(SHOWN), st.just(period), st.just("49,6 %"), st.just("50,0 %"))
    return Digest(
        period=period,
        agency=agency,
        names={"H07.1": draw(NAMES)} | names,
        made_at=NOW,
        state=draw(st.sampled_from(State)),
        coverage=Coverage(draw(NUMBERS), several(codes, 130), draw(st.none() | st.just(NOW)), draw(NUMBERS)),
        flow=Flow(*(draw(NUMBERS) for _ in range(14))),
        figures=tuple(_figure(draw, kpi, scope, threshold) for kpi in SHOWN[: draw(st.integers(0, len(SHOWN)))]),
        trends=tuple(
            tuple(reading(draw, kpi, Scope(each, agency)) for each in history(period, 12)) for kpi in COMPARED
        ),
        standings=tuple(_standing(draw, kpi, scope, codes) for kpi in COMPARED),
        loads=several(loads, 5),
        late_procedures=several(st.tuples(NAMES, NUMBERS), 3),
        courtesy=tuple(reading(draw, kpi, scope) for kpi in COURTESY),
        points=tuple(
            Points(reading(draw, kpi, scope), kpi.formula.most, draw(st.none() | st.just(WhatIf(Decimal(1), 206, 412))))
            for kpi in SCORED[:3]
        ),
        unused=Unused(draw(NUMBERS), draw(NUMBERS), several(st.tuples(NAMES, NUMBERS), 3)),
        jumps=several(jumps, 3),
        breaches=several(breaches, 40),
        restated=several(restated, 40),
        quality=Quality(several(st.tuples(NAMES, NUMBERS), 7), draw(NUMBERS), ("nhip.payments",)),
        promised=several(NAMES, 40),
    )


def _figure(draw, kpi, scope, threshold) -> Figure:
    def beside(period):
        return draw(st.none() | st.just(reading(draw, kpi, Scope(period, scope.agency)))) if period else None

    return Figure(
        reading(draw, kpi, scope), beside(before(scope.period)), beside(year_before(scope.period)),
        draw(st.none() | st.just(threshold)), (), draw(st.sampled_from(Verdict)),
    )  # fmt: skip


def _standing(draw, kpi, scope, codes) -> Standing:
    units = st.lists(codes, max_size=3)
    best, worst = (tuple(Unit(code, reading(draw, kpi, scope, code)) for code in draw(units)) for _ in range(2))
    return Standing(kpi, draw(NUMBERS), best, worst)


def plain_digest(**changes) -> Digest:
    """A quiet week of a whole province."""
    period = parse("2026-W46")
    values = {
        "period": period, "agency": None, "names": {"H07": "Tỉnh A", "H07.1": "UBND xã B", "H07.2": "Sở C"},
        "made_at": NOW, "state": State.OVER, "coverage": Coverage(2, (), NOW - timedelta(days=1), 0),
        "flow": Flow(10, 2, 5, 2, 1, 6, 3, 2, 1, 4, 3, 1, 1, 2), "figures": (), "trends": (), "standings": (),
        "loads": (Load("H07.1", 1, 1, 2),), "late_procedures": (), "courtesy": (), "points": (),
        "unused": Unused(3, 9, (("Đất đai", 3),)),
        "jumps": (), "breaches": (), "restated": (), "quality": Quality((), 0, ()), "promised": (),
    }  # fmt: skip
    return Digest(**values | changes)


def rate(kpi, part: int, whole: int, period: str = "2026-W46") -> Reading:
    return Reading(kpi, Scope(parse(period)), None, part, whole)
