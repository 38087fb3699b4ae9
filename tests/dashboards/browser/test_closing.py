"""A closed month on the board: it says so, says what it was, and leads to the dossiers that changed it."""

import httpx


def test_a_restated_figure_leads_to_its_dossiers(look, site):
    page = look().open("/?period=2026-05")
    assert "Đã chốt" in page.locator(".tense").first.inner_text()
    assert "lan" in page.locator(".tense").first.inner_text()
    tile = page.locator('[data-part="tile-on_time_resolution-1"]')
    was = httpx.get(f"{site.address}/api/v1/kpi", params={"period": "2026-05", "as_closed": "true"}).json()
    (figure,) = [one for one in was if one["kpi"] == "on_time_resolution"]
    assert f"Số đã chốt: {figure['display']}" in tile.locator(".restated").inner_text()
    tile.get_by_role("link", name="vì sao khác").click()
    page.wait_for_url("**/restatements?period=2026-05&family=headline&kpi=on_time_resolution*")
    row = page.locator("tr", has_text="Tỷ lệ hồ sơ giải quyết đúng hạn")
    assert figure["display"] in row.inner_text()
    row.get_by_role("link", name="mới được tính").click()
    asked = {"period": "2026-05", "kpi": "on_time_resolution", "change": "entered", "limit": 1000}
    items = httpx.get(f"{site.address}/api/v1/restated", params=asked).json()["items"]
    shown = page.locator("#named ~ * th, section[aria-labelledby=named] tbody th").all_inner_texts()
    assert shown == [item["code"] for item in items][: len(shown)] != []
    assert "H99.02-260504-7000" in shown
    page.get_by_role("link", name="H99.02-260504-7000").click()
    page.wait_for_url("**/dossiers/H99.02-260504-7000")


def test_a_closed_month_without_changes_says_nothing_of_them(look):
    page = look().open("/?period=2026-04")
    assert "Đã chốt" in page.locator(".tense").first.inner_text()
    assert page.locator(".restated").count() == 0
    page.goto("/restatements")
    rows = page.locator("tbody tr").all_inner_texts()
    assert ["Tháng 5/2026" in rows[0], "Tháng 4/2026" in rows[1]] == [True, True]
    assert "Mọi chỉ số vẫn như khi chốt" in rows[1]


def test_an_open_month_stays_provisional(look):
    page = look().open("/")
    assert "Tạm tính" in page.locator(".tense").first.inner_text()
    assert "chưa chốt" in page.goto("/restatements?period=2026-06").text()
