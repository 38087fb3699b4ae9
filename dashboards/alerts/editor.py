"""Setting a threshold on the board: say it, see what it would have done, give a reason, save."""

from collections.abc import Mapping
from typing import Any

from clickhouse_connect.driver.client import Client
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.agencies import TIERS
from dashboards.alerts.desk import AtDesk, Desk
from dashboards.alerts.drawing import image
from dashboards.alerts.pages import EDITOR, WORDS, editor, reason
from dashboards.alerts.preview import Course, Preview, preview
from dashboards.alerts.shapes import PreviewItem
from dashboards.alerts.wishes import approve, wish
from dashboards.api.errors import HANDLED
from dashboards.auth.account import User
from dashboards.auth.origin import csrf_field
from dashboards.pages.problem import problem
from dashboards.pages.render import render
from dashboards.pages.visit import Theme, visit_of
from metrics.alerting.refusal import unreasoned
from metrics.alerting.said import LIMITS
from metrics.alerting.subject import SUBJECTS
from metrics.alerting.threshold import Threshold
from metrics.errors import Misconfigured
from metrics.period import FORMS_BY_NAME
from metrics.words import Text

look = APIRouter(include_in_schema=False)
change = APIRouter(include_in_schema=False)

FIELDS = ("kpi", *LIMITS, "warn", "agency", "tier", "over", "least", "for", "calm", "back", "office-hours", "to")
KEPT = 60.0
"""Seconds for which a preview serves."""


def said(given: Mapping[str, str]) -> dict[str, str]:
    """`limit` and `kind` of the form are one of LIMITS and its number."""
    found = {name: given[name].strip() for name in FIELDS if given.get(name, "").strip()}
    if given.get("kind") in LIMITS and given.get("limit", "").strip():
        found[given["kind"]] = given["limit"].strip()
    return found


@look.get("/alerts/threshold")
def edit(request: Request, desk: AtDesk) -> Response:
    try:
        return shown(request, desk, dict(request.query_params))
    except HANDLED as error:
        return problem(request, error)


def shown(request: Request, desk: Desk, given: Mapping[str, str], *more: Text, status: int = 200) -> Response:
    wanted, problems = _wished(desk, said(given))
    asked = [name for name in LIMITS if name in said(given)]
    user = editor(request)
    reply = render(
        request,
        "threshold.html",
        given=given,
        said=said(given),
        chosen=asked[0] if asked else given.get("kind", "below"),
        problems=(*(problems if asked else ()), *more),
        wanted=wanted,
        held=desk.standing.rules.holding().get(wanted.id) if wanted else None,
        changes=desk.standing.rules.history(wanted.id)[::-1] if wanted else [],
        editor=user,
        csrf=csrf_field(request) if user else "",
        **_choices(desk),
        **(_previewed(request, desk, wanted) if wanted else {"preview": None}),
        **WORDS,
    )
    reply.status_code = status
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _choices(desk: Desk) -> dict[str, Any]:
    return {
        "subjects": SUBJECTS.values(),
        "agencies": desk.known(),
        "tiers": TIERS,
        "kinds_of_limit": list(LIMITS),
        "overs": list(FORMS_BY_NAME),
        "groups": list(desk.groups),
    }


def _wished(desk: Desk, words: Mapping[str, str]) -> tuple[Threshold | None, tuple[Text, ...]]:
    return wish(words, desk.board.client(), desk.standing.rules, desk.groups)


def _previewed(request: Request, desk: Desk, wanted: Threshold) -> dict[str, Any]:
    """The course of whoever would have been called most often."""

    def reading(client: Client) -> Preview | None:
        try:
            return preview(client, wanted, desk.now())
        except Misconfigured:
            return None

    found = desk.board.read(("preview", wanted), reading, KEPT).value
    if found is None or not found.courses:
        return {"preview": None}
    most = max(found.courses, key=weight)
    dark = visit_of(request).theme is Theme.DARK
    item = PreviewItem.of(found)
    days = [each for each in item.days[::-1] if each.level != "none"]
    drawn = image(found, most, dark=dark)
    return {"preview": found, "course": most, "image": drawn, "fired": item.fired[::-1], "days": days}


def weight(course: Course) -> tuple[int, int, int]:
    """The course that has most to show: alerts, days beyond, days with a number."""
    beyond, known = sum(day.level > 0 for day in course.days), sum(day.seen.value is not None for day in course.days)
    return len(course.fired), beyond, known


@change.post("/alerts/threshold")
def save(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    form = request.state.form
    wanted, problems = _wished(desk, said(form))
    why = form.get("why", "")
    problems = (*problems, *unreasoned(why))
    if wanted is None or problems:
        return shown(request, desk, form, *unreasoned(why), status=400)
    try:
        desk.rules().put(wanted, user.name, why)
    except Misconfigured:
        unchanged = Text("ngưỡng này đang như vậy rồi", "it is set so already")
        return shown(request, desk, form, unchanged, status=400)
    return RedirectResponse("/alerts", 303)


@change.post("/alerts/threshold/undo")
def undo(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    name, why = _named(request)
    desk.rules().undo(name, user.name, why)
    return RedirectResponse("/alerts", 303)


@change.post("/alerts/threshold/withdraw")
def withdraw(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    name, why = _named(request)
    desk.rules().withdraw(name, user.name, why)
    return RedirectResponse("/alerts", 303)


@change.post("/alerts/threshold/approve")
def agree(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    approve(desk.rules(), request.state.form.get("id", ""), user.name, desk.board.client(), desk.groups)
    return RedirectResponse("/alerts", 303)


@change.post("/alerts/threshold/refuse")
def disagree(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    name, why = _named(request)
    desk.rules().refuse(name, user.name, why)
    return RedirectResponse("/alerts", 303)


def _named(request: Request) -> tuple[str, str]:
    return request.state.form.get("id", ""), reason(request)
