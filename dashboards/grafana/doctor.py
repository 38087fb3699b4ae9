"""Looks a live Grafana over: is it there, does it know our plugin and data source, does every panel get an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboards.grafana.adapter import Remote
from dashboards.grafana.bounds import chosen
from dashboards.grafana.objects import Wanted
from dashboards.grafana.panels import SOURCE_TYPE, Json
from dashboards.grafana.sync import differences
from metrics.errors import NhipError

OLDEST, OLDEST_PLUGIN = (11, 6), (4, 15)
FIELD = "$__conditionalAll(ifNull(newest.field, '') IN (${field:singlequote}), $field)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line; `advice` where something is wrong."""

    about: str
    well: bool
    advice: str = ""


def findings(grafana: Remote, wanted: Mapping[str, list[Wanted]], now: datetime) -> Iterator[Finding]:
    """One after the other: what fails does not keep the rest from being looked at."""
    yield _tried("Grafana", lambda: _version(grafana))
    yield _tried("plugin ClickHouse", lambda: _plugin(grafana))
    yield _tried("nguồn dữ liệu nhip-clickhouse", lambda: _source(grafana))
    for each in wanted["all"]:
        yield _tried(f"{each.kind} {each.name}", lambda each=each: _same(grafana, each))
    for each in wanted["boards"]:
        for title, model in models(each.body):
            yield _tried(f"{each.name}: {title}", lambda model=model: _answers(grafana, model, now))


def _tried(about: str, look: Any) -> Finding:
    try:
        advice = look()
    except NhipError as error:
        return Finding(about, well=False, advice=str(error))
    return Finding(about, well=not advice, advice=advice)


def _version(grafana: Remote) -> str:
    said = grafana.ask("GET", "/health") or {}
    if said.get("database") != "ok":
        return "cơ sở dữ liệu của Grafana không ổn: xem nhật ký của Grafana"
    return "" if _numbers(said.get("version", "")) >= OLDEST else "quá cũ: cần bản 11.6 trở lên"


def _plugin(grafana: Remote) -> str:
    said = grafana.ask("GET", f"/plugins/{SOURCE_TYPE}/settings", missing=True)
    if said is None:
        return f"chưa cài: grafana cli plugins install {SOURCE_TYPE}"
    version = said.get("info", {}).get("version", "")
    return "" if _numbers(version) >= OLDEST_PLUGIN else "quá cũ: cần bản 4.15 trở lên"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.partition("-")[0].split(".")[:2] if part.isdigit())


def _source(grafana: Remote) -> str:
    said = grafana.source_health()
    return "" if said.get("status") == "OK" else f"không kết nối được kho dữ liệu: {said.get('message', '')}"


def _same(grafana: Remote, wanted: Wanted) -> str:
    found = grafana.get(wanted.kind, wanted.name)
    if found is None:
        return "chưa có: chạy `nhip grafana apply`"
    return "khác với bản của nhip: chạy `nhip grafana diff`" if any(differences(wanted.body, found.body)) else ""


def models(board: Json) -> Iterator[tuple[str, Json]]:
    """What its panels ask with nothing chosen, as the browser would send it."""
    for panel in board["panels"]:
        for each in panel["panels"] if panel["type"] == "row" else [panel]:
            for target in each["targets"]:
                sql = target["rawSql"].replace(chosen(), "1=1").replace(FIELD, "1=1")
                yield each["title"], target | {"rawSql": sql}


def _answers(grafana: Remote, model: Json, now: datetime) -> str:
    end = int(now.timestamp() * 1000)
    begin = int((now - timedelta(days=1)).timestamp() * 1000)
    said = grafana.query(model, begin, end)
    result = said.get("results", {}).get(model["refId"], {})
    return f"truy vấn lỗi: {result['error']}" if result.get("error") else ""
