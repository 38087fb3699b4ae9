"""The store goes and comes back; the board stays and says so."""

from threading import enumerate as threads

import httpx

from dashboards.app import create_app
from dashboards.board import BoardConfig
from deploy.migrate import migrate
from tests.support.board import Leaping, served
from tests.support.processes import eventually
from tests.support.store import RunningStore, answers, start


def back(folder, port, monkeypatch) -> RunningStore:
    monkeypatch.setattr("tests.support.store.free_port", lambda: port)
    return start(folder)


def test_away_and_back(tmp_path, monkeypatch):
    running = start(tmp_path)
    migrate(running.url)
    running.process.terminate()
    running.process.wait(30)
    with (
        served(create_app(BoardConfig(running.reader_url, Leaping()))) as address,
        httpx.Client(base_url=address, timeout=30) as http,
    ):
        for path in ("/api/v1/kpi?period=2026", "/api/v1/dossiers/H-1", "/api/v1/exports/dead.csv"):
            away = http.get(path)
            assert (away.status_code, away.headers["retry-after"]) == (503, "5")
            assert str(running.port) not in away.text
        assert http.get("/api/v1/catalogue").status_code == 200
        health = http.get("/healthz")
        assert health.status_code == 503
        (store,) = health.json()["parts"]
        assert (store["name"], store["moves"]) == ("store", False)

        again = back(tmp_path, running.port, monkeypatch)
        try:
            assert answers(running.port)
            assert eventually(lambda: http.get("/api/v1/kpi?period=2026").status_code == 200, within=30)
            assert http.get("/healthz").status_code == 200
            again.process.kill()
            again.process.wait(30)
            assert http.get("/api/v1/kpi?period=2026").status_code == 503
        finally:
            again.process.kill()
            again.process.wait(30)


def test_a_board_that_has_ended_asks_nothing_any_more(api):
    """Other boards of this process may end meanwhile: only what began since is looked at."""
    before = set(threads())
    with served(create_app(BoardConfig(api.running.reader_url, Leaping()))) as address:
        httpx.get(f"{address}/api/v1/kpi?period=2026", timeout=60)
        asking = {thread for thread in set(threads()) - before if thread.name in {"near", "months"}}
        assert {thread.name for thread in asking} == {"near", "months"}
    assert eventually(lambda: not any(thread.is_alive() for thread in asking), within=10)
