"""What every web process of ours does."""

import gc

import pytest
import uvicorn

from deploy.web import serve


def test_what_is_there_at_the_start_is_not_looked_through_again_while_people_wait(monkeypatch: pytest.MonkeyPatch):
    frozen: list[int] = []
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: frozen.append(gc.get_freeze_count()))
    try:
        serve(None, "127.0.0.1:0")
        assert frozen[0] > len(gc.get_objects())
    finally:
        gc.unfreeze()
