"""Changes to accounts, each with its line in the history. Misconfigured says what is wrong with the wish."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboards.auth import passwords
from dashboards.auth.account import SINGLE_SIGN_ON, Account, Role, is_name, is_title
from dashboards.auth.accounts import Accounts
from dashboards.auth.history import History, What
from dashboards.auth.passwords import Passwords
from metrics.errors import Misconfigured

NAME_RULE = "2 to 32 of a–z, 0–9, point, dash and underscore, beginning with a letter or digit, and not with sso-"


@dataclass(frozen=True, slots=True)
class Administration:
    """`actor` is who does it all: an account's name, or the terminal."""

    accounts: Accounts
    history: History
    passwords: Passwords
    actor: str

    def add(self, name: str, title: str, role: Role, password: str) -> None:
        found = list(_problems(name, title, password))
        if self.accounts.get(name) is not None:
            found.append(f"{name}: there is such an account already")
        if found:
            raise Misconfigured(found)
        self._put(Account(name, title, role, self.passwords.hashed(password)), What.ADDED, role.value)

    def change_password(self, name: str, password: str) -> None:
        account = self._known(name)
        found = list(passwords.problems(password, name))
        if name.startswith(SINGLE_SIGN_ON):
            found.append(f"{name}: comes in by single sign-on; its password is changed there")
        if found:
            raise Misconfigured(found)
        hashed = self.passwords.hashed(password)
        self._put(_ended(replace(account, password=hashed)), What.PASSWORD)

    def change_role(self, name: str, role: Role) -> None:
        if name.startswith(SINGLE_SIGN_ON):
            raise Misconfigured([f"{name}: the identity provider decides on its role, by NHIP_OIDC_ROLES"])
        self._put(replace(self._known(name), role=role), What.ROLE, role.value)

    def disable(self, name: str) -> None:
        self._put(_ended(replace(self._known(name), disabled=True)), What.DISABLED)

    def enable(self, name: str) -> None:
        self._put(replace(self._known(name), disabled=False), What.ENABLED)

    def end_sessions(self, name: str) -> None:
        self._put(_ended(self._known(name)), What.ENDED)

    def _known(self, name: str) -> Account:
        account = self.accounts.get(name)
        if account is None:
            raise Misconfigured([f"{name}: no such account; `nhip user list` names them"])
        return account

    def _put(self, account: Account, what: What, detail: str = "") -> None:
        self.accounts.put(account)
        self.history.add(what, account.name, self.actor, detail=detail)


def _ended(account: Account) -> Account:
    return replace(account, session_version=account.session_version + 1)


def _problems(name: str, title: str, password: str) -> Iterator[str]:
    if not is_name(name):
        yield f"the name needs {NAME_RULE}"
    if not is_title(title):
        yield "the title needs to be one line of at most 80 characters"
    yield from passwords.problems(password, name)
