"""In a real browser: an editor sets a limit, sees what it would have done, saves; it fires, is taken on, resolves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from clickhouse_connect.driver.client import Client
from playwright.sync_api import Page, expect

from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.lease import Lease
from dashboards.alerts.rules import Rules
from dashboards.alerts.states import States
from dashboards.app import create_app
from dashboards.auth.account import Role
from dashboards.auth.administer import Administration
from dashboards.auth.rows import Rows
from dashboards.auth.security import Security
from dashboards.board import BoardConfig
from dashboards.store import connect
from deploy.migrate import migrate
from metrics.civil import civil
from tests.dashboards.auth.support import PASSWORD
from tests.dashboards.browser.conftest import Clock
from tests.support.board import served
from tests.support.province import arrived, catalogue, counted


@dataclass
class House:
    """A guarded board over a province of one agency, and somebody who watches."""

    address: str
    client: Client
    clock: Clock
    evaluator: Evaluator
    lease: Lease

    def look(self) -> None:
        now = self.clock()
        arrived(self.client, now)
        found = self.evaluator.evaluate(now)
        self.lease.looked(now, found.alerts, found.seconds)


@pytest.fixture(scope="module")
def house(site) -> Iterator[House]:
    url = site.running.url.replace("/nhip", "/nhip_alerts")
    migrate(url)
    client, clock, rows = connect(url), Clock(), Rows(url)
    catalogue(client, {"H07": None})
    for days in range(20):
        counted(client, civil(clock()).date() - timedelta(days=days), "H07", 10, 9 if days % 5 else 2)
    app = create_app(BoardConfig(url, clock, security=Security(url, "s" * 40)))
    guard = app.state.guard
    desk = Administration(guard.accounts, guard.history, guard.passwords, "test")
    desk.add("bien-tap", "Sở TT&TT", Role.EDITOR, PASSWORD)
    desk.add("xem", "Văn phòng", Role.VIEWER, PASSWORD)
    evaluator = Evaluator(client, Rules(rows, clock), States(rows), Conditions())
    with served(app) as address:
        yield House(address, client, clock, evaluator, Lease(rows, "one"))


def log_in(page: Page, house: House, name: str) -> None:
    page.goto(f"{house.address}/login")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{house.address}/")


def test_from_a_limit_to_an_alert_that_is_over(look, house):
    page = look().page
    log_in(page, house, "bien-tap")
    page.goto(f"{house.address}/alerts")
    expect(page.locator("main")).to_contain_text("Không có tiến trình nào đang xét ngưỡng")
    page.get_by_role("link", name="Đặt ngưỡng mới").click()
    page.select_option("[name=kpi]", "online_submission_rate")
    page.select_option("[name=agency]", "H07")
    page.select_option("[name=over]", "day")
    page.fill("[name=limit]", "50")
    page.fill("[name=for]", "0")
    page.fill("[name=calm]", "0")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#would")).to_contain_text("đã có 4 cảnh báo")
    expect(page.locator("figure img")).to_have_js_property("complete", value=True)
    assert page.locator("figure img").evaluate("image => image.naturalWidth") > 300
    page.fill("#save [name=why]", "Nghị quyết 03")
    page.get_by_role("button", name="Lưu ngưỡng").click()
    page.wait_for_url("**/alerts")
    expect(page.locator("main")).to_contain_text("Không có cảnh báo nào đang mở")
    house.look()
    page.reload()
    row = page.locator("table").first.locator("tbody tr")
    expect(row).to_contain_text("đang báo")
    expect(row).to_contain_text("20,0 % (2/10)")
    page.get_by_role("button", name="Nhận xử lý").click()
    expect(row).to_contain_text("đã nhận xử lý")
    expect(row).to_contain_text("bien-tap")
    promise(page)
    page.goto(f"{house.address}/alerts")
    house.look()
    counted(house.client, civil(house.clock()).date(), "H07", 10, 9)
    house.look()
    page.reload()
    expect(page.locator("main")).to_contain_text("Không có cảnh báo nào đang mở")
    expect(page.locator("section", has=page.locator("#history"))).to_contain_text("Đã hết")


def promise(page: Page) -> None:
    """From the open alert to an action, which knows where it comes from."""
    page.get_by_role("link", name="Giao việc").click()
    page.fill("[name=text]", "Tăng tỷ lệ nộp trực tuyến")
    page.fill("[name=owner]", "Giám đốc")
    page.fill("[name=due]", "30/6/2026")
    page.fill("[name=target]", "50")
    page.fill("[name=why]", "họp giao ban")
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url(re.compile(r"/actions/[0-9a-f]{10}$"))
    expect(page.locator("main")).to_contain_text("cảnh báo: online_submission_rate.1/day/value/below/H07")
    assert page.locator("figure img").evaluate("image => image.naturalWidth") > 300
    page.fill("form[action$=done] [name=why]", "báo cáo 5/BC")
    page.get_by_role("button", name="Đã xong").click()
    expect(page.locator("dl").first).to_contain_text("xong đúng hạn")


def test_a_viewer_looks_and_cannot(look, house):
    seen = look()
    page = seen.page
    log_in(page, house, "xem")
    page.goto(f"{house.address}/alerts/threshold?kpi=online_submission_rate&kind=below&limit=50")
    expect(page.locator("#would")).to_contain_text("Với giới hạn này")
    expect(page.locator("#save")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Chỉ người có quyền biên tập")
    token = page.request.get(f"{house.address}/account").text().split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "kpi": "online_submission_rate", "below": "50", "why": "x"}
    assert page.request.post(f"{house.address}/alerts/threshold", form=form).status == 403
