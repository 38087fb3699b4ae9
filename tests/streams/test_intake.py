"""The buffer between broker and store: bounded, in order, never waiting for more than there is."""

import asyncio

import pytest

from streams import intake
from streams.intake import Intake


def small(monkeypatch: pytest.MonkeyPatch) -> Intake[str]:
    monkeypatch.setattr(intake, "MOST_BYTES", 10)
    monkeypatch.setattr(intake, "MOST_RECORDS", 4)
    return Intake(len)


async def filled(buffer: Intake[str], *items: str) -> int:
    """How many of the items it takes before the writer has to wait."""
    taken = 0
    for item in items:
        try:
            await asyncio.wait_for(buffer.put(item), 0.05)
        except TimeoutError:
            break
        taken += 1
    return taken


@pytest.mark.parametrize(("items", "fit"), [(["a"] * 9, 4), (["abc"] * 9, 4), (["abcde"] * 9, 2), (["a" * 99] * 3, 1)])
def test_it_is_bounded_in_records_and_in_bytes(monkeypatch: pytest.MonkeyPatch, items: list[str], fit: int) -> None:
    async def story() -> None:
        buffer = small(monkeypatch)
        assert await filled(buffer, *items) == fit
        assert await buffer.take() == items[:fit]
        assert await filled(buffer, *items) == fit

    asyncio.run(story())


def test_what_is_there_is_taken_at_once_and_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        buffer = small(monkeypatch)
        taking = asyncio.create_task(buffer.take())
        await asyncio.sleep(0)
        assert not taking.done()
        await buffer.put("one")
        assert await asyncio.wait_for(taking, 1) == ["one"]

    asyncio.run(story())


def test_a_writer_that_waits_goes_on_when_there_is_room_and_order_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        buffer, items = small(monkeypatch), [str(number) for number in range(30)]

        async def write() -> None:
            for item in items:
                await buffer.put(item)

        writing, taken = asyncio.create_task(write()), list[str]()
        while len(taken) < len(items):
            taken += await asyncio.wait_for(buffer.take(), 1)
        await writing
        assert taken == items

    asyncio.run(story())
