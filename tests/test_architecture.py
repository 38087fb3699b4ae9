"""Who may import whom. The rooms and their third parties are a rule of docs/design.md §5, and this is what holds it."""

import ast
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("metrics", "ingest", "streams", "dashboards", "deploy")
MAY_IMPORT = {
    "metrics": set(),
    "ingest": {"metrics"},
    "streams": {"metrics"},
    "dashboards": {"metrics"},
    "deploy": {"metrics", "ingest", "streams", "dashboards"},
}
ONLY_IN = {
    "kafka": {"ingest"},
    "faust": {"streams"},
    "clickhouse_connect": {"streams", "dashboards", "deploy"},
    "chdb": {"deploy"},
    "holidays": {"deploy"},
    "polars": {"metrics", "streams", "dashboards"},
    "pydantic_settings": {"deploy"},
    "fastapi": {"dashboards", "deploy"},
    "apprise": {"dashboards"},
    "grafana_client": {"dashboards"},
    "typst": {"dashboards"},
    "openpyxl": {"ingest"},
    "paramiko": {"ingest"},
    "sqlalchemy": {"ingest", "deploy"},
    "vietnam_provinces": {"deploy"},
}
WORKS_WITH_FILES_OR_NETWORK = {"os", "socket", "subprocess", "pathlib", "urllib", "http", "sqlite3", "tempfile"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if is_module(name) else node.module for name in inner)


def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_it_may(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imports(path)
        if (top := name.split(".")[0]) in ROOMS and top != room and top not in MAY_IMPORT[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_third_party_is_used_only_in_its_rooms(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imports(path)
        if room not in ONLY_IN.get(name.split(".")[0], {room})
    ]
    assert wrong == []


def test_metrics_touches_no_file_network_or_clock():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("metrics")
        for name in imports(path)
        if name.split(".")[0] in WORKS_WITH_FILES_OR_NETWORK
    ]
    clocks = [
        str(path.relative_to(ROOT))
        for path in modules("metrics")
        if any(call in path.read_text() for call in (".now(", ".today(", "time.time", "monotonic("))
    ]
    assert wrong + clocks == []


def test_only_deploy_reads_the_environment():
    wrong = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        if room != "deploy"
        for path in modules(room)
        if "environ" in path.read_text() or "getenv" in path.read_text()
    ]
    assert wrong == []


def test_imports_between_modules_make_no_circle():
    graph = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): set(imports(path))
        for room in ROOMS
        for path in modules(room)
    }
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for name in graph.get(module, ()):
                walk(name, (*trail, module))
            done.add(module)

    for module in graph:
        walk(module, ())


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_the_generic_names_resolve_inside_this_project(room):
    """`metrics` or `streams` could be shadowed by an installed package of that name."""
    spec = find_spec(room)
    assert spec is not None
    assert any(Path(place).parent == ROOT for place in spec.submodule_search_locations or ()), sys.path
