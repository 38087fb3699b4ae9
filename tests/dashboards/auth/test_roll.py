"""Accounts are read again before they are old, so that nobody waits; and never held longer than promised."""

import asyncio
import threading

import pytest

from dashboards.auth.account import Account, Role
from dashboards.auth.roll import FRESH_SECONDS, Roll
from metrics.errors import Unavailable


class Store:
    """The accounts as they are in the store, and what a reading of them meets."""

    def __init__(self) -> None:
        self.names, self.readings, self.away, self.gate = ("an",), 0, False, threading.Event()
        self.gate.set()

    def all(self) -> dict[str, Account]:
        self.gate.wait(10)
        self.readings += 1
        if self.away:
            raise Unavailable
        return {name: Account(name, "", Role.VIEWER, "", 1, False) for name in self.names}


class Ended:
    def all(self) -> frozenset[str]:
        return frozenset()


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store():
    return Store()


async def settled(roll: Roll) -> None:
    if roll._reading is not None:
        await roll._reading


def test_nobody_waits_for_a_reading_that_is_made_in_time(store):
    async def story():
        clock = Clock()
        roll = Roll(store, Ended(), clock)
        await roll.known()
        store.gate.clear()
        store.names = ("binh",)
        clock.now += FRESH_SECONDS * 0.6
        async with asyncio.timeout(1):
            assert set((await roll.known()).accounts) == {"an"}
        store.gate.set()
        await settled(roll)
        assert (set((await roll.known()).accounts), store.readings) == ({"binh"}, 2)

    asyncio.run(story())


def test_what_is_old_is_read_before_anybody_comes_in(store):
    async def story():
        clock = Clock()
        roll = Roll(store, Ended(), clock)
        await roll.known()
        store.names = ()
        clock.now += FRESH_SECONDS
        assert not (await roll.known()).accounts

    asyncio.run(story())


def test_a_change_made_here_holds_at_once(store):
    async def story():
        roll = Roll(store, Ended(), Clock())
        await roll.known()
        store.names = ()
        roll.changed()
        assert not (await roll.known()).accounts

    asyncio.run(story())


def test_while_the_store_is_away_the_last_reading_holds_and_none_is_no_answer(store):
    async def story():
        clock = Clock()
        roll = Roll(store, Ended(), clock)
        await roll.known()
        store.away = True
        clock.now += FRESH_SECONDS * 3
        assert set((await roll.known()).accounts) == {"an"}
        with pytest.raises(Unavailable):
            await Roll(store, Ended(), clock).known()

    asyncio.run(story())
