"""Accounts are posts, not people: a login name, a title, a role."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
LONGEST_TITLE = 80
SINGLE_SIGN_ON = "sso-"


class Role(StrEnum):
    """Each may do all that the ones before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def covers(self, other: "Role") -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True, slots=True)
class User:
    """Who is asking. An empty name: anybody, on a board that runs open."""

    name: str
    title: str
    role: Role


ANYBODY = User("", "", Role.VIEWER)


@dataclass(frozen=True, slots=True)
class Account:
    """An empty password hash: comes in by OpenID Connect alone. Another session_version ends all its sessions."""

    name: str
    title: str
    role: Role
    password: str = field(default="", repr=False)
    session_version: int = 1
    disabled: bool = False

    @property
    def user(self) -> User:
        return User(self.name, self.title, self.role)


def is_name(text: str) -> bool:
    """A local login name. Those of single sign-on are ours to make."""
    return NAME.fullmatch(text) is not None and not text.startswith(SINGLE_SIGN_ON)


def is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and text.isprintable()
