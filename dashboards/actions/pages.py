"""The pages of actions: all of them, one, and a new one."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboards.actions.book import Entry
from dashboards.actions.course import Course, course
from dashboards.actions.drawing import image
from dashboards.actions.words import aim
from dashboards.alerts.desk import AtDesk, Desk
from dashboards.alerts.pages import editor
from dashboards.alerts.wishes import agencies
from dashboards.api.errors import HANDLED, unknown
from dashboards.api.lists.actions import ActionsAsked
from dashboards.auth.origin import csrf_field
from dashboards.pages.problem import problem
from dashboards.pages.render import render
from dashboards.pages.visit import Theme, visit_of
from metrics.actions.action import Action, Origin, State
from metrics.actions.names import ORIGINS, STATES
from metrics.actions.said import Known, words
from metrics.actions.tally import tally
from metrics.alerting.subject import SUBJECTS
from metrics.civil import civil
from metrics.errors import Misconfigured
from metrics.words import Text

look = APIRouter(include_in_schema=False)

KEPT = 60.0
"""Seconds for which a course serves."""
WORDS: Mapping[str, Any] = {"states": STATES, "origins": ORIGINS, "aim_of": aim}


@look.get("/actions")
def actions(request: Request, desk: AtDesk) -> Response:
    try:
        given = {name: value for name, value in request.query_params.items() if value}
        asked = ActionsAsked.model_validate(given)
        return _all(request, desk, asked)
    except HANDLED as error:
        return problem(request, error)
    except ValueError:
        return problem(request, unknown("state", "no such state or origin"))


def _all(request: Request, desk: Desk, asked: ActionsAsked) -> Response:
    known, today = desk.known(), civil(desk.now()).date()
    entries = [entry for entry in desk.read_actions().standing().values() if asked.wants(entry, today)]
    promised = [entry.action for entry in entries]

    def tier(one: Action) -> str:
        return (known[one.agency].tier if one.agency in known else None) or "none"

    return _shown(
        request,
        "actions.html",
        entries=entries,
        today=today,
        asked=asked,
        by_agency=tally(promised, today, lambda one: one.agency),
        by_tier=tally(promised, today, tier),
        agencies=known,
    )


@look.get("/actions/new")
def new(request: Request, desk: AtDesk) -> Response:
    try:
        return form(request, desk, dict(request.query_params))
    except HANDLED as error:
        return problem(request, error)


def form(request: Request, desk: Desk, given: Mapping[str, str], *problems: Text, status: int = 200) -> Response:
    return _shown(request, "action_new.html", status, given=given, problems=problems, **_choices(desk))


@look.get("/actions/{name}")
def one(request: Request, desk: AtDesk, name: str) -> Response:
    try:
        return one_shown(request, desk, name)
    except HANDLED as error:
        return problem(request, error)


def one_shown(request: Request, desk: Desk, name: str, *problems: Text, status: int = 200) -> Response:
    entry, today, visit = entry_of(desk, name), civil(desk.now()).date(), visit_of(request)
    found: Course | None = desk.board.read(
        ("action", entry, today), lambda client: course(client, entry, today), KEPT
    ).value
    return _shown(
        request,
        "action.html",
        status,
        entry=entry,
        said=words(entry.action),
        today=today,
        course=found,
        image=image(found, entry, visit.lang, dark=visit.theme is Theme.DARK) if found else None,
        changes=desk.read_actions().history(name)[::-1],
        problems=problems,
        **_choices(desk),
    )


def entry_of(desk: Desk, name: str) -> Entry:
    try:
        return desk.read_actions().one(name)
    except Misconfigured as error:
        raise unknown("name", "no such action") from error


def known_to(desk: Desk) -> Known:
    return Known(agencies(desk.board.client()), desk.groups)


def _choices(desk: Desk) -> dict[str, Any]:
    kpis = [each for each in SUBJECTS.values() if each.kpi is not None]
    return {"agencies": desk.known(), "kpis": kpis, "groups": list(desk.groups)}


def _shown(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    user = editor(request)
    csrf = csrf_field(request) if user else ""
    reply = render(request, template, editor=user, csrf=csrf, all_states=list(State), all_origins=list(Origin),
                   **WORDS, **values)  # fmt: skip
    reply.status_code = status
    reply.headers["Cache-Control"] = "no-store"
    return reply
