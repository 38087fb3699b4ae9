"""The page of alerts, and what an editor may do to one: take it on, send a test message."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from dashboards.alerts.desk import AtDesk, Desk
from dashboards.alerts.rules import EXPIRES
from dashboards.alerts.standing import quiet
from dashboards.alerts.states import Taken
from dashboards.alerts.words import CAUSES, KINDS, LEVELS, STATUSES, limits, title
from dashboards.api.errors import HANDLED, Wrong
from dashboards.auth.account import Role, User
from dashboards.auth.origin import csrf_field
from dashboards.auth.visitor import require
from dashboards.pages.problem import problem
from dashboards.pages.render import render
from metrics.alerting.alert import Status
from metrics.alerting.refusal import unreasoned
from metrics.alerting.said import words
from metrics.alerting.threshold import Level

look = APIRouter(include_in_schema=False)
change = APIRouter(include_in_schema=False)
EDITOR = Depends(require(Role.EDITOR))
WORDS = {
    "statuses": STATUSES,
    "kinds": KINDS,
    "levels": LEVELS,
    "causes": CAUSES,
    "limits_of": limits,
    "title_of": title,
    "words_of": words,
}


def editor(request: Request) -> User | None:
    """Who may change something here, if it is such a one."""
    user: User | None = getattr(request.state, "user", None)
    return user if user is not None and user.role.covers(Role.EDITOR) else None


@look.get("/alerts")
def alerts(request: Request, desk: AtDesk) -> Response:
    try:
        return shown(request, desk)
    except HANDLED as error:
        return problem(request, error)


def shown(request: Request, desk: Desk) -> Response:
    standing, now, known = desk.standing, desk.now(), desk.known()
    rows = standing.now(known, now)
    last = standing.look()
    user = editor(request)
    reply = render(
        request,
        "alerts.html",
        rows=rows,
        open_rows=[row for row in rows if row.state.level or row.status not in {Status.OK, Status.RESOLVED}],
        quiet=quiet(rows),
        rules=standing.rules.holding(),
        proposals=standing.rules.proposals(),
        expires=EXPIRES,
        windows=desk.read_maintenance().holding(),
        history=standing.history(),
        speed=standing.speed(now),
        noisiest=standing.noisiest(now),
        undelivered=standing.undelivered(now),
        look=last,
        unwatched=last is None or last.missing(now),
        agencies=known,
        groups=list(desk.groups),
        editor=user,
        csrf=csrf_field(request) if user else "",
        **WORDS,
    )
    reply.headers["Cache-Control"] = "no-store"
    return reply


@change.post("/alerts/acknowledge")
def acknowledge(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    """What somebody takes on is the episode that they saw, up to the level that it had then."""
    form = request.state.form
    episode, level = form.get("episode", ""), form.get("level", "")
    if not (episode.isascii() and episode.isdigit() and level in {"1", "2"} and len(episode) < 10):  # noqa: PLR2004
        raise Wrong("episode", "no such alert")
    alert = form.get("alert", "")
    if alert not in {row.watched.alert for row in desk.standing.now(desk.known(), desk.now())}:
        raise Wrong("alert", "no such alert")
    desk.states().take(Taken(alert, int(episode), Level(int(level)), user.name), desk.now())
    return RedirectResponse("/alerts", 303)


@change.post("/alerts/maintenance/add")
def mute(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    written, why = request.state.form.get("window", ""), reason(request)
    desk.maintenance().add(written, user.name, why)
    return RedirectResponse("/alerts", 303)


@change.post("/alerts/maintenance/remove")
def unmute(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    written, why = request.state.form.get("window", ""), reason(request)
    desk.maintenance().remove(written, user.name, why)
    return RedirectResponse("/alerts", 303)


def reason(request: Request) -> str:
    why: str = request.state.form.get("why", "")
    for problem_ in unreasoned(why):
        raise Wrong("why", problem_.en)
    return why


@change.post("/alerts/test")
def send_test(request: Request, desk: AtDesk, user: User = EDITOR) -> Response:
    """It goes the way of every message: through the outbox and the watching process."""
    group = request.state.form.get("group", "")
    if group not in desk.groups:
        raise Wrong("group", "no such group of recipients")
    security = desk.board.config.security
    desk.outbox(security.public_url if security else "").test(user.name, group, desk.now())
    return RedirectResponse("/alerts", 303)
