"""A download says what the page and the API say."""

import csv

import httpx


def test_an_export_opens_and_equals_the_api(look, site):
    page = look().open("/kpi/on_time_resolution/dossiers?counted=false&period=2026-03")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))[1:]
    query = {"kpi": "on_time_resolution", "period": "2026-03", "counted": "false", "limit": 1000}
    items = httpx.get(f"{site.address}/api/v1/dossiers", params=query).json()["items"]
    assert [row[0] for row in rows] == [item["dossier"] for item in items] != []
    shown = page.locator("tbody th").all_inner_texts()
    assert shown == [item["dossier"] for item in items][: len(shown)]
