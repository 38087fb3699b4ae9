"""What no schema finds: numbers that move, panels that overlap, variables that are not there, links into nothing."""

import json
import re
import unicodedata

import pytest

from dashboards.grafana.boards import BOARDS as MAKERS
from dashboards.grafana.boards import boards
from dashboards.grafana.files import BOARD
from dashboards.grafana.panels import Panel, laid_out
from tests.support.mini_grafana import panels, statements

BOARDS = {each["uid"]: each for each in boards(BOARD)}
# `step` is not among them: its rows are a set, and read as one.
REPLACED = {"kpi_cell", "dossier", "payment", "service", "agency", "dead_letter", "request", "alert_transition",
            "alert_look", "schema_migration"}  # fmt: skip
PREFILTER = "IN (SELECT dossier FROM dossier WHERE"  # any row of a dossier: what is counted is asked with FINAL
VARIABLE = re.compile(r"\$\{(\w+)[:}]|\$(?!__)(\w+)")
MACROS = {"$__fromTime", "$__toTime", "$__conditionalAll"}
READ = re.compile(r"\b(?:FROM|JOIN) (\w+)(?: AS \w+)?( FINAL)?")
PAGES = re.compile(r"\$\{nhip\}(/[a-z-]*)")


def test_there_are_the_seven_in_two_languages():
    names = {f"nhip-{name}" for name in MAKERS}
    assert set(BOARDS) == names | {f"{name}-en" for name in names}
    assert len(names) == 7


@pytest.mark.parametrize("uid", BOARDS)
def test_the_frame(uid):
    board = BOARDS[uid]
    assert len(uid) <= 40
    assert (board["schemaVersion"], board["editable"], board["timezone"]) == (42, False, "Asia/Ho_Chi_Minh")
    assert "nhip" in board["tags"]
    assert board["refresh"] in {"10s", "30s", "1m", "5m"}
    assert any(panel["title"].startswith(("Tuổi", "Age")) for panel in panels(board)), "the age of the data is missing"
    assert unicodedata.is_normalized("NFC", json.dumps(board, ensure_ascii=False))


@pytest.mark.parametrize("uid", BOARDS)
def test_numbers_are_unique_and_nothing_overlaps(uid):
    board = BOARDS[uid]
    everything = [*board["panels"], *(inner for row in board["panels"] for inner in row.get("panels", ()))]
    ids = [panel["id"] for panel in everything]
    assert len(ids) == len(set(ids))
    taken = set()
    for panel in board["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel["title"]
        taken |= cells


def test_a_panel_keeps_its_number_where_another_comes_before_it():
    mine, other = Panel("day:x.v1", 6, 4, {}), Panel("day:y.v1", 6, 4, {})
    assert laid_out([mine])[0]["id"] == laid_out([other, mine])[1]["id"]


@pytest.mark.parametrize("uid", BOARDS)
def test_every_panel_is_explained_and_has_its_source(uid):
    for panel in panels(BOARDS[uid]):
        assert panel["title"], panel
        assert panel["description"], panel["title"]
        for part in (panel, *panel["targets"]):
            assert part["datasource"] == {"type": "grafana-clickhouse-datasource", "uid": "nhip-clickhouse"}
        steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
        assert steps[0]["value"] is None
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        for target in panel["targets"]:
            assert (target["format"], target["queryType"]) in {(0, "timeseries"), (1, "table")}


@pytest.mark.parametrize("uid", BOARDS)
def test_every_statement_can_be_trusted(uid):
    declared = {variable["name"] for variable in BOARDS[uid]["templating"]["list"]}
    for name, sql in statements(BOARDS[uid]):
        assert "now()" not in sql, name
        assert "{" not in re.sub(r"\$\{\w+:singlequote\}", "", sql), f"{name}: a parameter of ours is left"
        assert {found[0] or found[1] for found in VARIABLE.findall(sql)} <= declared, name
        assert set(re.findall(r"\$__\w+", sql)) <= MACROS, name
        for table, final in READ.findall(sql.replace(PREFILTER, "")):
            assert table not in REPLACED or final, f"{name}: {table} without FINAL"


@pytest.mark.parametrize("uid", BOARDS)
def test_links_lead_to_pages_that_there_are(uid):
    """The board's own list of pages, by their first part."""
    from dashboards.pages.views import VIEWS  # noqa: PLC0415

    known = {"/" + view.path.strip("/").partition("/")[0] for view in VIEWS} | {"/alerts"}
    found = {"/" + page.strip("/").partition("/")[0] for page in PAGES.findall(json.dumps(BOARDS[uid]))}
    assert found
    assert found <= known


def test_both_languages_ask_the_same():
    for uid, board in BOARDS.items():
        if not uid.endswith("-en"):
            pairs = zip(panels(board), panels(BOARDS[f"{uid}-en"]), strict=True)
            for vietnamese, english in pairs:
                assert vietnamese["targets"] == english["targets"]
                assert vietnamese["id"] == english["id"]
