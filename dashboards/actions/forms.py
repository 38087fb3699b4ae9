"""What an editor does to actions: record, change, finish, withdraw, undo."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.actions.book import What
from dashboards.actions.pages import entry_of, form, known_to, one_shown
from dashboards.alerts.desk import AtDesk, Desk
from dashboards.alerts.pages import EDITOR
from dashboards.auth.account import User
from metrics.actions.said import action, revised
from metrics.alerting.refusal import unreasoned
from metrics.errors import Misconfigured
from metrics.words import Text

change = APIRouter(include_in_schema=False)

FIELDS = ("agency", "owner", "due", "text", "origin", "origin_name", "kpi", "target", "to")
CHANGING = ("owner", "due", "kpi", "target", "to")


@change.post("/actions/new")
def record(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    given, why = request.state.form, request.state.form.get("why", "")
    made, problems = action({name: given[name] for name in FIELDS if name in given}, known_to(desk))
    problems = (*problems, *unreasoned(why))
    if made is None or problems:
        return form(request, desk, given, *problems, status=400)
    try:
        desk.actions().record(made, user.name, why)
    except Misconfigured:
        again = Text("việc này đã được ghi rồi", "this is recorded already")
        return form(request, desk, given, again, status=400)
    return RedirectResponse(f"/actions/{made.id}", 303)


@change.post("/actions/{name}/change")
def alter(request: Request, desk: AtDesk, name: str, user: User = EDITOR) -> Response:
    return _altered(request, desk, name, user, What.CHANGED, CHANGING)


@change.post("/actions/{name}/done")
def finish(request: Request, desk: AtDesk, name: str, user: User = EDITOR) -> Response:
    return _altered(request, desk, name, user, What.DONE, ("done", "result"))


def _altered(  # noqa: PLR0913, PLR0917  (what the route knows)
    request: Request, desk: Desk, name: str, user: User, what: What, fields: tuple[str, ...]
) -> Response:
    given, entry = request.state.form, entry_of(desk, name)
    why = given.get("why", "")
    after, problems = revised(entry.action, {each: given[each] for each in fields if each in given}, known_to(desk))
    problems = (*problems, *unreasoned(why))
    if after is None or problems:
        return one_shown(request, desk, name, *problems, status=400)
    desk.actions().change(after, user.name, why, what)
    return RedirectResponse(f"/actions/{name}", 303)


@change.post("/actions/{name}/withdraw")
def withdraw(request: Request, desk: AtDesk, name: str, user: User = EDITOR) -> Response:
    why = request.state.form.get("why", "")
    if problems := tuple(unreasoned(why)):
        return one_shown(request, desk, name, *problems, status=400)
    desk.actions().withdraw(entry_of(desk, name).id, user.name, why)
    return RedirectResponse(f"/actions/{name}", 303)


@change.post("/actions/{name}/undo")
def undo(request: Request, desk: AtDesk, name: str, user: User = EDITOR) -> Response:
    why = request.state.form.get("why", "")
    if problems := tuple(unreasoned(why)):
        return one_shown(request, desk, name, *problems, status=400)
    desk.actions().undo(entry_of(desk, name).id, user.name, why)
    return RedirectResponse(f"/actions/{name}", 303)
