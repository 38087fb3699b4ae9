"""Every page loads without a complaint, fits its screen, and can be used by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.dashboards.browser.addresses import PAGES

PHONE, DESK, HUGE = (360, 740), (1920, 1080), (3840, 2160)
BOTTOMS = "[...document.querySelectorAll('.tile, .wall-side section')].map(e => e.getBoundingClientRect().bottom)"
GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_every_screen_and_is_accessible_in_both_themes(look, path):
    page = look(*HUGE, color_scheme="light").open(path)
    for width, height in (HUGE, DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    accessible(page)
    page.emulate_media(color_scheme="dark")
    accessible(page, {"runOnly": ["color-contrast"]})


def accessible(page, options=None):
    found = Axe().run(page, options=options).response["violations"]
    grave = [one for one in found if one["impact"] in GRAVE]
    assert not grave, [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in grave]


def test_pages_speak_english_as_well(look):
    seen = look()
    for path in PAGES:
        page = seen.open(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator(".skip").inner_text() == "Skip to the main content"


@pytest.mark.parametrize(("width", "height"), [DESK, HUGE])
def test_the_wallboard_shows_everything_without_scrolling(look, width, height):
    page = look(width, height).open("/wall")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    bottoms = page.evaluate(BOTTOMS)
    assert len(bottoms) > 6
    assert max(bottoms) <= height


def test_a_choice_of_language_and_theme_is_remembered(look):
    seen = look()
    page = seen.open("/")
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Dark").click()
    page = seen.open("/agencies")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_pages_are_whole_without_javascript(look):
    seen = look(java_script_enabled=False)
    page = seen.open("/kpi/on_time_resolution?period=2026-05")
    assert page.locator(".chart img").evaluate("image => image.naturalWidth") > 0
    page.get_by_role("link", name="Hồ sơ đứng sau con số").click()
    assert page.locator("tbody tr").count() > 10
    page = seen.open("/wall?boards=wall,agencies&seconds=9")
    assert 'content="9;url=/agencies?boards=wall' in page.content()


def test_everything_is_reached_by_keyboard(look):
    page = look().open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(40):
        page.keyboard.press("Tab")
        if "/kpi/online_submission_rate" in (page.evaluate("document.activeElement.href") or ""):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/kpi/online_submission_rate**")
    assert "Tỷ lệ hồ sơ nộp trực tuyến" in page.locator("h1").inner_text()


def test_the_chart_is_drawn_in_the_browser(look):
    page = look().open("/kpi/on_time_resolution?period=2026-05")
    page.wait_for_selector(".chart svg.marks")
    assert not page.locator(".chart img").is_visible()


def test_a_rank_of_63_is_never_set_against_one_of_34(look):
    page = look().open("/indices?unit=Vĩnh Long")
    row = page.locator("[data-part=index-par_index] tbody tr").first
    assert "30/34" in row.inner_text()
    assert "không so sánh được: sắp xếp đơn vị hành chính 1/7/2025" in row.inner_text()
    assert page.locator("[data-part=index-par_index] .turn").count() == 0
    page = look().open("/indices?unit=Bến Tre")
    assert "−19 bậc" in page.locator("[data-part=index-par_index]").inner_text()
    criteria = page.locator("[data-part=criteria]").inner_text()
    assert "1/2 tiêu chí (50,0 %) chưa đạt điểm tối đa, 1/2 (50,0 %) không có điểm" in criteria
    assert "Tỷ lệ hồ sơ giải quyết đúng hạn" in criteria
