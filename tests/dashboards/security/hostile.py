"""What strangers send, and what must never be seen in an answer to it."""

import re
from datetime import date
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx2 import Response

from dashboards.headers import HEADERS
from metrics.actions.action import Action

SIGN = "nhip7f3a"
HOSTILE = (
    f"<script>{SIGN}()</script>",
    f'"><img src=x onerror={SIGN}()>',
    f"' onmouseover={SIGN}() x='",
    f"javascript:{SIGN}()",
    "{{7*191}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "${7*191}#{7*191}%7*191",
    "' OR '1'='1",
    "'; DROP TABLE dossier; --",
    "' UNION ALL SELECT name, password FROM board_account --",
    "1) OR 1=1 --",
    "\\",
    "\\'; SELECT 1",
    "{name:String}",
    "%(x)s %s {0} {x}",
    "file('/etc/passwd')",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "/etc/passwd\0.csv",
    f"x\r\nX-Injected: {SIGN}\r\n\r\n<script>",
    "\u0000",
    "\ud7ff\uffff\u202e",
    "٢٠٢٦",
    "9" * 400,
    "-1",
    "1e309",
    "NaN",
    "2026-W99",
    "0000",
    "9999-12-31",
    "a" * 5000,
    "=cmd|'/c calc'!A0",
    "[]",
    "null",
    "true,false",
)
NEVER = (
    f"<script>{SIGN}", f"<img src=x onerror={SIGN}", f"' onmouseover={SIGN}", "1337", "__subclasses__</", "$argon2",
    "root:x:", "DB::Exception", "Traceback", "clickhouse_connect", "site-packages",
)  # fmt: skip
OF_TESTS = {"/broken", "/stream"}  # tests.dashboards.auth.support adds them; one is broken on purpose
SCREEN_NAMES = (
    "page",
    "ma",
    "lang",
    "theme",
    "next",
    "state",
    "code",
    "error",
    "sort",
    "order",
    "q",
    "boards",
    "seconds",
    "at",
)


def routes(app: FastAPI, method: str) -> list[str]:
    """The paths of all routes that answer to the method, however they were included."""
    found = (route for route in iter_route_contexts(app.routes) if method in (getattr(route, "methods", None) or ()))
    return sorted({str(route.path) for route in found} - OF_TESTS)


def names(app: FastAPI) -> list[str]:
    """Of all parameters: what the API declares, and what pages read by themselves."""
    operations = (operation for path in app.openapi()["paths"].values() for operation in path.values())
    declared = (each["name"] for operation in operations for each in operation.get("parameters", []))
    return sorted({*declared, *SCREEN_NAMES})


PROMISED = Action("H07", "Giám đốc", date(2027, 2, 1), "<b>Việc</b>", kpi="online_submission_rate")
USUAL = {
    "/actions/{name}": PROMISED.id,
    "/agencies/{code:path}": "H07",
    "/api/v1/exports/{table}.{form}": "dossiers.csv",
    "/kpi/{kpi}": "online_submission_rate",
    "/kpi/{kpi}/dossiers": "online_submission_rate",
}


def usual(path: str) -> str:
    """The path with parameters that lead somewhere."""
    named = USUAL.get(path, "H07-270111-0001")
    return re.sub(r"\{.*\}", named, path)


def put_in(path: str, value: str) -> str:
    """The path with all its parameters set to that."""
    return re.sub(r"\{.*?\}", lambda _: quote(value, safe=""), path)


def harm(answer: Response) -> list[str]:
    """Everything about an answer that must not be."""
    found = [text for text in NEVER if text in answer.text and "html" in answer.headers.get("content-type", "html")]
    found += [text for text in NEVER[5:] if text in answer.text]
    found += [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    found += [name for name in answer.headers if name.lower() == "x-injected" or "\n" in answer.headers[name]]
    return found
