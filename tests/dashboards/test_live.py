"""One drawing for all who look; whoever reads slowly holds up nobody and gathers nothing."""

import asyncio
import json
import time
from datetime import UTC, datetime

import pytest

from dashboards import live
from dashboards.live import Hub
from metrics.errors import Unavailable

NOW = datetime(2026, 6, 10, tzinfo=UTC)


class World:
    """What the hub looks at: a mark, a page for each visit, and how often each was drawn."""

    def __init__(self) -> None:
        self.mark_now = 0
        self.away = False
        self.drawn: dict[str, int] = {}

    def mark(self) -> int:
        if self.away:
            raise Unavailable("away")
        return self.mark_now

    def draw(self, visit: str) -> str:
        self.drawn[visit] = self.drawn.get(visit, 0) + 1
        return f"{visit} {self.mark_now}"


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(live, "TICK", 0.01)
    return World()


def hub(world: World) -> Hub[str]:
    return Hub(world.mark, world.draw, lambda: NOW)


def events(message: bytes) -> list[tuple[str, dict[str, object]]]:
    found = []
    for block in message.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


async def until(stream, kind: str, right=lambda _: True) -> dict[str, object]:
    async with asyncio.timeout(5):
        async for message in stream:
            for name, data in events(message):
                if name == kind and right(data):
                    return data
    raise AssertionError


def test_a_change_reaches_everybody_by_one_drawing(world):
    async def story():
        one = hub(world)
        streams = [one.stream("wall") for _ in range(50)]
        for stream in streams:
            await until(stream, "page", lambda data: data["html"] == "wall 0")
        drawn = world.drawn["wall"]
        world.mark_now = 1
        for stream in streams:
            await until(stream, "page", lambda data: data["html"] == "wall 1")
        assert world.drawn["wall"] - drawn < 20
        for stream in streams:
            await stream.aclose()
        assert one.watchers == 0

    asyncio.run(story())


def test_who_reads_slowly_has_only_the_newest_waiting(world):
    async def story():
        one = hub(world)
        slow, quick = one.stream("wall"), one.stream("wall")
        await until(slow, "page")
        for mark in range(1, 6):
            world.mark_now = mark
            await until(quick, "page", lambda data, mark=mark: data["html"] == f"wall {mark}")
        pages = [data["html"] for name, data in events(await anext(slow)) if name == "page"]
        assert pages == ["wall 5"]

    asyncio.run(story())


def test_a_store_that_is_away_is_told_and_its_return_too(world):
    async def story():
        stream = hub(world).stream("wall")
        await until(stream, "page")
        world.away = True
        told = await until(stream, "beat", lambda data: data["away"] is not None)
        assert told["away"] == "2026-06-10T07:00:00+07:00"
        world.away = False
        await until(stream, "beat", lambda data: data["away"] is None)

    asyncio.run(story())


def test_a_settled_page_that_was_opened_while_the_store_was_away_is_drawn_on_its_return(world, monkeypatch):
    monkeypatch.setattr(live, "REDRAW_EVERY", 10_000)

    async def story():
        world.away = True
        stream = Hub(world.mark, world.draw, lambda: NOW, lambda _: True).stream("last year")
        await until(stream, "beat", lambda data: data["away"] is not None)
        world.away = False
        await until(stream, "page")

    asyncio.run(story())


def test_too_many_are_refused_at_once(world, monkeypatch):
    async def story():
        monkeypatch.setattr(live, "MOST_PAGES", 1)
        one = hub(world)
        await anext(one.stream("wall"))
        with pytest.raises(Unavailable):
            one.stream("another")
        monkeypatch.setattr(live, "MOST_WATCHERS", 1)
        with pytest.raises(Unavailable):
            one.stream("wall")

    asyncio.run(story())


def test_a_settled_page_is_drawn_now_and_then_however_much_comes(world, monkeypatch):
    monkeypatch.setattr(live, "REDRAW_EVERY", 10_000)

    async def story():
        one = Hub(world.mark, world.draw, lambda: NOW, lambda visit: visit == "last year")
        old, new = one.stream("last year"), one.stream("this year")
        await anext(old)
        for mark in range(1, 6):
            world.mark_now = mark
            await until(new, "page", lambda data, mark=mark: data["html"] == f"this year {mark}")
        assert "last year" not in world.drawn
        monkeypatch.setattr(live, "REDRAW_EVERY", 1)
        await until(old, "page", lambda data: data["html"] == "last year 5")

    asyncio.run(story())


def test_drawing_rests_longer_than_it_works(world):
    busy = 0.0

    def slowly(visit: str) -> str:
        nonlocal busy
        time.sleep(0.02)
        busy += 0.02
        world.mark_now += 1
        return world.draw(visit)

    async def story():
        one = Hub(world.mark, slowly, lambda: NOW)
        streams = [one.stream(f"page {n}") for n in range(5)]
        for stream in streams:
            await anext(stream)
        began = time.monotonic()
        await asyncio.sleep(0.5)
        return busy / (time.monotonic() - began)

    assert asyncio.run(story()) < 1 / live.REST
