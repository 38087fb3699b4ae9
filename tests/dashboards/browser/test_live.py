"""Pages move by themselves, and say so when they cannot."""

import httpx
from playwright.sync_api import expect

from dashboards.app import create_app
from dashboards.auth.security import Security
from dashboards.board import BoardConfig
from deploy.migrate import migrate
from tests.dashboards.browser.conftest import HOUR, Clock
from tests.support.board import served
from tests.support.store import start

VALUE = '[data-part="tile-on_time_resolution-1"] .counts'


def test_an_event_moves_the_tile_without_a_reload(look, site):
    page = look().open("/?period=2026-12")
    page.evaluate("window.unloaded = false; addEventListener('beforeunload', () => { window.unloaded = true })")
    page.wait_for_selector("#status.live")
    before = page.locator(VALUE).inner_text()
    site.happen()
    expect(page.locator(VALUE)).not_to_have_text(before, timeout=15_000)
    shown = page.locator(VALUE).inner_text()
    assert page.evaluate("window.unloaded") is False
    (api,) = [
        item
        for item in httpx.get(f"{site.address}/api/v1/kpi", params={"period": "2026-12"}).json()
        if item["kpi"] == "on_time_resolution"
    ]
    numbers = [int(number.replace(".", "")) for number in shown.split(" / ")]
    assert numbers == [api["numerator"], api["denominator"]]


def test_focus_stays_where_it_was(look, site):
    page = look().open("/?period=2026-12")
    page.wait_for_selector("#status.live")
    page.locator('a[href*="/kpi/on_time_resolution"]').focus()
    before = page.locator(VALUE).inner_text()
    site.happen()
    expect(page.locator(VALUE)).not_to_have_text(before, timeout=15_000)
    assert "/kpi/on_time_resolution" in page.evaluate("document.activeElement.href")


def test_an_old_number_is_grey_and_says_since_when(look, site):
    clock = Clock()
    clock.start = clock.start.replace(month=12, day=31) + 300 * HOUR
    config = BoardConfig(site.running.reader_url, clock, security=Security(site.running.url, "s" * 40))
    with served(create_app(config)) as address:
        page = look().page
        page.goto(f"{address}/?period=2027")
        tile = page.locator(".tile").first
        assert "stale" in (tile.get_attribute("class") or "")
        assert "Số cũ" in tile.inner_text()
        page.goto("about:blank")


def test_a_store_that_goes_and_comes_back_is_told_by_the_page(look, tmp_path, monkeypatch):
    running = start(tmp_path)
    try:
        migrate(running.url)
        config = BoardConfig(running.reader_url, Clock())
        with served(create_app(config)) as address:
            seen = look()
            page = seen.page
            page.goto(address)
            page.wait_for_selector("#status.live")
            running.process.kill()
            running.process.wait()
            page.wait_for_selector("#status.broken", timeout=20_000)
            assert "Kho dữ liệu không trả lời từ" in page.locator("#status").inner_text()
            away = page.context.new_page()
            away.goto(f"{address}/quality?period=2025")  # an address of which nothing is kept for a moment
            assert "Kho dữ liệu không trả lời từ" in away.locator("h1").inner_text()
            monkeypatch.setattr("tests.support.store.free_port", lambda: running.port)
            running = start(tmp_path)
            page.wait_for_selector("#status.live", timeout=20_000)
        page.wait_for_selector("#status.broken", timeout=40_000)
        assert "Mất kết nối với máy chủ từ" in page.locator("#status").inner_text()
        seen.complaints.clear()  # the browser says as well that the board is gone
    finally:
        running.process.kill()
        running.process.wait()


def test_boards_take_turns(look):
    page = look(1920, 1080).open("/wall?boards=wall,late&seconds=5")
    page.wait_for_url("**/late?boards=wall*", timeout=15_000)
    page.wait_for_url("**/wall?boards=wall*", timeout=15_000)
