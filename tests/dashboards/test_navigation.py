"""Every page that needs nothing but its address is found within one click, by everybody who may see it."""

from dashboards.pages.navigation import GROUPS, PUBLIC, groups
from dashboards.pages.views import VIEWS
from dashboards.texts import TEXTS

ENTRIES = [entry for group in GROUPS for entry in group.entries]


def test_every_page_has_its_place_and_every_place_a_page():
    pages = {view.path for view in VIEWS if "{" not in view.path} | {"/actions", "/alerts", "/digest", "/tra-cuu"}
    known = [path for entry in ENTRIES for path in (entry.path, *entry.beside)]
    assert pages <= set(known)
    assert {entry.path for entry in ENTRIES} <= pages
    assert len(known) == len(set(known))


def test_a_page_below_another_is_marked_as_its_own():
    held = {path: [entry.path for entry in ENTRIES if entry.holds(path)] for path in ("/", "/agencies/H07", "/kpi/x")}
    assert held == {"/": ["/"], "/agencies/H07": ["/agencies"], "/kpi/x": ["/definitions"]}


def test_nobody_is_offered_the_lookup_alone():
    assert [entry for group in groups(nobody=True) for entry in group.entries] == [PUBLIC]


def test_groups_and_entries_have_names():
    assert {group.name for group in GROUPS} | {entry.name for entry in ENTRIES} <= TEXTS.keys()
