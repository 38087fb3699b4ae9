"""The plain loop and the in-memory fold of a drop folder, each in a fresh process, so that no heap is shared."""

import gc
import json
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.bench import history
from tests.bench.counting import Totals, counted, differences, keep, plain, without_nothing
from tests.bench.result import Result, Wrong
from tests.bench.usage import Usage, usage

Measured = tuple[Result, Totals]

NAMES = {
    "KenhThucHien": "channel",
    "NgayTiepNhan": "recorded_received_at",
    "NgayHenTra": "due_at",
    "NgayKetThucXuLy": "recorded_finished_at",
    "NgayTra": "recorded_returned_at",
}


def apart(work: Callable[..., Any], *given: Any) -> Any:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def plain_loop(count: int) -> Measured:
    return apart(_plain_loop, count)  # type: ignore[no-any-return]


def _plain_loop(count: int) -> Measured:
    lines = [event for _, event in history.events(count)]
    gc.collect()
    began, before = time.monotonic(), usage()
    totals = plain(lines)
    return _result("plain loop over dicts, keeps nothing", "in memory, 1 line each", len(lines), began, before), totals


def folder_fold(folder: Path) -> Measured:
    """What it costs in plain Python only to parse the lines of the folder and to know what they say."""
    return apart(_folder_fold, folder)  # type: ignore[no-any-return]


def _folder_fold(folder: Path) -> Measured:
    states, steps = ((folder / name).read_bytes().splitlines() for name in ("dossiers.jsonl", "progress.jsonl"))
    gc.collect()
    began, before = time.monotonic(), usage()
    dossiers: dict[str, dict[str, Any]] = {}
    for line in states:
        _keep_state(dossiers, json.loads(line))
    for line in steps:
        said = json.loads(line)
        step = {"kind": "step", "dossier": said["MaHoSo"], "at": said["ThoiDiemXuLy"], "status": said["TrangThai"]}
        keep(dossiers.setdefault(said["MaHoSo"], {}), step)
    totals: Totals = {}
    for state in dossiers.values():
        for cell, measure in counted(state):
            totals.setdefault(cell, [0, 0, 0, 0])[measure] += 1
    lines = len(states) + len(steps)
    return _result("json.loads fold of the files", "in memory, national lines", lines, began, before), totals


def _keep_state(dossiers: dict[str, dict[str, Any]], said: dict[str, Any]) -> None:
    state = dossiers.setdefault(said["MaHoSo"], {})
    state["agency"] = said["MaHoSo"].partition("-")[0]
    state["procedure"] = said["MaTTHC"][:8]
    for national, name in NAMES.items():
        if said.get(national) is not None:
            state[name] = said[national]


def _result(name: str, shape: str, events: int, began: float, before: Usage) -> Result:
    seconds, after = time.monotonic() - began, usage()
    return Result(name, shape, events, seconds, {"Python": Usage(after.cpu - before.cpu, after.peak_mb)})


def by_dossier(count: int) -> Totals:
    """The totals of a history too large to keep: dossier by dossier, on every core."""
    dossiers = count // history.ROUNDS
    stretches = [(first, min(first + 50_000, dossiers), dossiers) for first in range(0, dossiers, 50_000)]
    totals: Totals = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for part in pool.map(_stretch, stretches):
            for cell, counts in part.items():
                totals[cell] = [a + b for a, b in zip(totals.get(cell, [0, 0, 0, 0]), counts, strict=True)]
    return without_nothing(totals)


def _stretch(stretch: tuple[int, int, int]) -> Totals:
    first, last, dossiers = stretch
    each = (history.dossier(number, dossiers) for number in range(first, last))
    return plain(history.event(history.round_of(number, it)) for it in each for number in range(history.ROUNDS))


def require(who: str, totals: Totals, expected: Totals) -> None:
    found = list(differences(totals, expected))
    if found:
        raise Wrong(f"{who}: {len(found)} cells differ, such as {'; '.join(found[:3])}")
