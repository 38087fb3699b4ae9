"""What every web process of ours does."""

import gc
from collections.abc import Iterator

import pytest
import uvicorn

from deploy.web import serve

Kept = list[list[list[int]]]


@pytest.fixture(autouse=True)
def collecting_as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_there_at_the_start_is_not_looked_through_again_while_people_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frozen: list[int] = []
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: frozen.append(gc.get_freeze_count()))
    serve(None, "127.0.0.1:0")
    assert frozen[0] > len(gc.get_objects())


def test_answers_that_are_kept_are_not_looked_through_over_and_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of 2,000 rows at each click, the last two hundred of them kept, as the cache keeps them."""
    looks: list[int] = []
    counted = lambda phase, info: looks.append(info["generation"]) if phase == "start" else None  # noqa: E731

    def clicks(*_: object, **__: object) -> None:
        kept: Kept = []
        gc.callbacks.append(counted)
        for click in range(1_000):
            kept = [*kept[-200:], [[click] for _ in range(2_000)]]
        gc.callbacks.remove(counted)

    monkeypatch.setattr(uvicorn, "run", clicks)
    serve(None, "127.0.0.1:0")
    assert looks.count(2) <= 1
    assert looks.count(1) > 10  # but garbage is looked for
