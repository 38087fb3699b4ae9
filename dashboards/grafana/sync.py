"""Brings a Grafana to what nhip wants: read, compare, write what differs. What nhip did not make is left alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from dashboards.grafana.objects import Kind, Wanted
from dashboards.grafana.panels import Json
from metrics.errors import Misconfigured

OURS = "nhip-"
MOST_SHOWN = 5


class Grafana(Protocol):
    """The way in. Every failure is Unavailable or Misconfigured, with a sentence that says what to do."""

    def get(self, kind: Kind, name: str) -> "Found | None":
        """None where it is not there."""

    def put(self, wanted: Wanted, found: "Found | None") -> None:
        """Over what was found, and only over that."""

    def remove(self, kind: Kind, name: str) -> None:
        """Nothing where it is gone already."""

    def ours(self) -> Sequence[tuple[Kind, str]]:
        """Boards that carry our tag and prefix, and groups whose rules are all ours."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is there. `filed`: it came from a provisioning file, and only that file changes it."""

    body: Json
    filed: bool = False


class Done(StrEnum):
    """What happens to an object."""

    CREATED = "created"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Step:
    """`why`: where ours and theirs differ."""

    kind: Kind
    name: str
    done: Done
    why: tuple[str, ...] = ()
    wanted: Wanted | None = None
    found: Found | None = None


def plan(grafana: Grafana, wanted: Iterable[Wanted]) -> list[Step]:
    """Misconfigured where something of ours is provisioned by a file, or holds what is not ours."""
    listed = list(wanted)
    steps = [_step(each, grafana.get(each.kind, each.name)) for each in listed]
    refused = [problem for step in steps for problem in _refusals(step)]
    if refused:
        raise Misconfigured(refused)
    known = {(each.kind, each.name) for each in listed}
    return steps + [Step(kind, name, Done.REMOVED) for kind, name in grafana.ours() if (kind, name) not in known]


def carry_out(grafana: Grafana, steps: Sequence[Step]) -> Iterator[Step]:
    """Each step when it is done. Run again it finds everything the same."""
    for step in steps:
        if step.done is Done.REMOVED:
            grafana.remove(step.kind, step.name)
        elif step.wanted is not None and step.done is not Done.SAME:
            grafana.put(step.wanted, step.found)
        yield step


def _step(wanted: Wanted, found: Found | None) -> Step:
    if found is None:
        return Step(wanted.kind, wanted.name, Done.CREATED, (), wanted)
    why = tuple(differences(wanted.body, found.body))
    return Step(wanted.kind, wanted.name, Done.CHANGED if why else Done.SAME, why[:MOST_SHOWN], wanted, found)


def _refusals(step: Step) -> Iterator[str]:
    if step.found is None:
        return
    if step.found.filed:
        yield (
            f"{step.kind} {step.name}: Grafana has it from a provisioning file; take the file away, or "
            "leave apply alone: an object has one owner"
        )
    for rule in step.found.body.get("rules", ()) if step.kind is Kind.RULE_GROUP else ():
        if not str(rule.get("uid", "")).startswith(OURS):
            yield f"rule group {step.name}: rule {rule.get('title')!r} in it is not ours; move it to another group"


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    """Where theirs is not what we want; what a Grafana adds by itself is no difference."""
    match ours, theirs:
        case dict(), dict():
            for key, value in ours.items():
                if key in theirs:
                    yield from differences(value, theirs[key], f"{path}.{key}" if path else str(key))
                elif value not in ({}, [], None, "", False):
                    yield f"{path}.{key}: missing" if path else f"{key}: missing"
        case list(), list() if len(ours) == len(theirs):
            for place, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
                yield from differences(mine, other, f"{path}[{place}]")
        case _ if ours != theirs:
            yield f"{path}: {_short(theirs)} → {_short(ours)}"


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 60 else said[:57] + "…"  # noqa: PLR2004
