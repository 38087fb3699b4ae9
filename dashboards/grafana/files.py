"""Everything that a Grafana reads from files, by path: what is committed, exported and applied is all from here."""

import json

from dashboards.grafana.boards import boards

BOARD = "http://127.0.0.1:8600"
"""Where nhip's own board is, unless said otherwise."""


def files(board: str = BOARD) -> dict[str, str]:
    """Path → text. `board` is where drill-down leads."""
    return {f"dashboards/{each['uid']}.json": text(each) for each in boards(board)}


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
