"""Everything we write survives Grafana's own models: a key that they drop is a typo of ours."""

import json
import warnings
from collections.abc import Iterator

import pytest

from dashboards.grafana.boards import boards
from dashboards.grafana.files import BOARD

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from grafana_foundation_sdk.cog.encoder import JSONEncoder
    from grafana_foundation_sdk.cog.plugins import register_default_plugins
    from grafana_foundation_sdk.cog.runtime import DataqueryConfig, register_dataquery_variant
    from grafana_foundation_sdk.models.dashboard import Dashboard

BOARDS = {each["uid"]: each for each in boards(BOARD)}
TARGET = {"refId", "datasource", "pluginVersion", "editorType", "queryType", "format", "rawSql"}


class Query:
    """The plugin's target, which the models do not know: exactly the keys that its backend and editor read."""

    def __init__(self, said):
        assert set(said) <= TARGET, set(said) - TARGET
        self.said = said

    def to_json(self):
        return self.said


@pytest.fixture(scope="module", autouse=True)
def models():
    register_default_plugins()
    register_dataquery_variant(DataqueryConfig("grafana-clickhouse-datasource", Query))


def lost(ours: object, theirs: object, path: str = "") -> Iterator[str]:
    """Every place where the model dropped or changed what we wrote."""
    match ours, theirs:
        case dict(), dict():
            for key, value in ours.items():
                yield from lost(value, theirs[key], f"{path}.{key}") if key in theirs else [f"{path}.{key}"]
        case list(), list() if len(ours) == len(theirs):
            for i, pair in enumerate(zip(ours, theirs, strict=True)):
                yield from lost(*pair, f"{path}[{i}]")
        case _ if ours != theirs:
            yield f"{path}: {ours!r} became {theirs!r}"


@pytest.mark.parametrize("uid", BOARDS)
def test_a_board_comes_back_as_it_went(uid):
    back = json.loads(json.dumps(Dashboard.from_json(BOARDS[uid]), cls=JSONEncoder))
    assert list(lost(BOARDS[uid], back)) == []


def test_a_wrong_key_would_be_found():
    board = json.loads(json.dumps(BOARDS["nhip-wall"]))
    board["panels"][0]["options"]["colourMode"] = "none"
    back = json.loads(json.dumps(Dashboard.from_json(board), cls=JSONEncoder))
    assert list(lost(board, back)) == [".panels[0].options.colourMode"]
