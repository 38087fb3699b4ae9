"""Who may come to the board, told from the settings. A board that others reach never runs open."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from dashboards.auth.accounts import Accounts
from dashboards.auth.rows import Rows
from dashboards.auth.security import Provider, Security, is_loopback
from deploy.login_settings import pairs
from deploy.secret import secret
from deploy.settings import Settings
from metrics.errors import Misconfigured

NOBODY = "nobody could log in to the board: add an account with `nhip user add NAME --role admin`, or set NHIP_OIDC_*"


def security(settings: Settings, clickhouse: str) -> Security:
    """`clickhouse` is the writer's URL. Misconfigured names every problem."""
    found = list(problems(settings))
    if found:
        raise Misconfigured(found)
    given = settings.secret
    return Security(
        clickhouse=clickhouse,
        secret=given.get_secret_value() if given else secret(settings.data / "board-secret"),
        public_url=settings.public_url or f"http://{settings.board}",
        login_required=settings.login or reached_by_others(settings),
        provider=provider(settings),
        proxies=tuple(one.strip() for one in (settings.proxies or "").split(",") if one),
        lookups_per_minute=settings.lookups_per_minute,
        logins_per_minute=settings.logins_per_minute,
        idle_seconds=settings.session_idle_minutes * 60,
        session_seconds=settings.session_minutes * 60,
    )


def require_somebody(guarded: Security) -> None:
    """Asks the store. Where login is required, somebody must be able to log in."""
    if guarded.login_required and not guarded.provider:
        accounts = Accounts(Rows(guarded.clickhouse), guarded.clock).all()
        if all(account.disabled or not account.password for account in accounts.values()):
            raise Misconfigured([NOBODY])


def problems(settings: Settings) -> Iterator[str]:
    if settings.public_url is None and not is_loopback(bound_to(settings)):
        yield (
            "NHIP_PUBLIC_URL: say how people reach the board, such as https://board.example.vn,"
            f" as NHIP_BOARD={settings.board} is open to other machines"
        )
    wanted = ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_roles")
    missing = [f"NHIP_{one.upper()}" for one in wanted if getattr(settings, one) is None]
    if 0 < len(missing) < len(wanted):
        yield f"{', '.join(missing)}: set all of NHIP_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET and _ROLES, or none"


def reached_by_others(settings: Settings) -> bool:
    """Directly, or through a proxy in front of us."""
    public = urlsplit(settings.public_url or "").hostname
    return not is_loopback(bound_to(settings)) or not is_loopback(public or "127.0.0.1")


def bound_to(settings: Settings) -> str:
    return settings.board.rpartition(":")[0].strip("[]")


def provider(settings: Settings) -> Provider | None:
    issuer, client, password, roles = (
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_roles,
    )
    if issuer is None or client is None or password is None or roles is None:
        return None
    return Provider(issuer, client, password.get_secret_value(), settings.oidc_role_claim, pairs(roles))
