"""What alerts must do, told by looking back over the whole history at every look. Shares no code with the product."""

from dataclasses import dataclass, field

DAY = 86400


@dataclass(frozen=True)
class Limits:
    """Numbers and seconds. `bad` is "below" or "above"."""

    bad: str
    act: int
    warn: int | None
    back: int
    least: int
    hold: int
    calm: int
    office: bool


@dataclass(frozen=True)
class Look:
    """`sees` is a value, or "no_data" or "error". `taken` says that somebody takes the open alert on just before it."""

    at: int
    sees: int | str
    whole: int
    period: str
    limits: int
    open: bool
    muted: bool
    taken: bool


@dataclass(frozen=True)
class Rules:
    repeat: int
    escalate: int
    patience: int


@dataclass
class Told:
    """What the oracle says of one look."""

    status: str = ""
    happened: list[tuple[str, int, bool, str]] = field(default_factory=list)  # kind, level, tell, cause


class Oracle:
    def __init__(self, looks: list[Look], limits: list[Limits], rules: Rules) -> None:
        self.looks, self.limits, self.rules = looks, limits, rules
        self.firings: list[int] = []
        self.level = self.taken = 0
        self.told: int | None = None
        self.escalated = self.dark_told = False

    def all(self) -> list[Told]:
        return [self.one(i) for i in range(len(self.looks))]

    def one(self, i: int) -> Told:
        look, said = self.looks[i], Told()
        if look.taken and self.level > self.taken:
            self.taken = self.level
            said.happened.append(("acknowledged", self.level, False, ""))
        if self.dark(i):
            self.in_the_dark(i, said)
        else:
            if self.dark_told:
                said.happened.append(("returned", self.level, True, ""))
                self.dark_told = False
            if self.counts(i):
                self.in_the_light(i, said)
        said.status = self.status(i)
        return said

    def in_the_dark(self, i: int, said: Told) -> None:
        if self.dark_for(i) >= self.rules.patience and not self.dark_told and not self.looks[i].muted:
            self.dark_told = True
            said.happened.append((str(self.looks[i].sees), self.level, True, ""))

    def in_the_light(self, i: int, said: Told) -> None:
        look, limits = self.looks[i], self.limits[self.looks[i].limits]
        before = self.last_counted(i)
        cause = ""
        if before is not None:
            if self.looks[before].limits != look.limits:
                cause = "limits"
            elif self.looks[before].period != look.period:
                cause = "period"
        if self.few(i):
            if self.level and cause:
                self.over(said, cause)
        else:
            reached = max((level for level in (1, 2) if self.broken_for(i, level) >= limits.hold), default=0)
            if reached > self.level:
                kind = "worse" if self.level else "fired"
                if not self.level:
                    self.firings.append(i)
                    self.taken = 0
                self.level, self.escalated = reached, False
                self.told = None if look.muted else i
                said.happened.append((kind, reached, not look.muted, ""))
            if self.level and self.clear(i):
                doublings = min(max(len(self.remembered(i)) - 1, 0), 5)
                if cause or self.clear_for(i) >= limits.calm * 2**doublings:
                    self.over(said, cause or "value")
        self.remind(i, said)

    def remind(self, i: int, said: Told) -> None:
        if not self.level or self.taken >= self.level or self.looks[i].muted:
            return
        if self.told is None or self.age(self.told, i) >= self.rules.repeat:
            self.told = i
            said.happened.append(("reminded", self.level, True, ""))
        if not self.escalated and self.age(self.firings[-1], i) >= self.rules.escalate:
            self.escalated = True
            said.happened.append(("escalated", self.level, True, ""))

    def over(self, said: Told, cause: str) -> None:
        said.happened.append(("resolved", self.level, self.told is not None, cause))
        self.level = self.taken = 0
        self.told, self.escalated = None, False

    def status(self, i: int) -> str:
        if self.dark(i):
            return str(self.looks[i].sees)
        if self.level:
            return "acknowledged" if self.taken >= self.level else "firing"
        last = i if self.counts(i) else self.last_counted(i)
        if last is not None and not self.few(last) and any(self.broken(last, level) for level in (1, 2)):
            return "pending"
        return "resolved" if self.remembered(i) else "ok"

    def dark(self, i: int) -> bool:
        return isinstance(self.looks[i].sees, str)

    def counts(self, i: int) -> bool:
        look = self.looks[i]
        return not self.dark(i) and (look.open or not self.limits[look.limits].office)

    def few(self, i: int) -> bool:
        return self.looks[i].whole < self.limits[self.looks[i].limits].least

    def last_counted(self, i: int) -> int | None:
        return next((j for j in range(i - 1, -1, -1) if self.counts(j)), None)

    def broken(self, i: int, level: int) -> bool:
        limits, value = self.limits[self.looks[i].limits], self.looks[i].sees
        wanted = [limits.act] if level == 2 else [limits.act, *([] if limits.warn is None else [limits.warn])]
        return any(value < limit if limits.bad == "below" else value > limit for limit in wanted)

    def clear(self, i: int) -> bool:
        limits, value = self.limits[self.looks[i].limits], self.looks[i].sees
        first = limits.act if limits.warn is None else limits.warn
        return value >= first + limits.back if limits.bad == "below" else value <= first - limits.back

    def broken_for(self, i: int, level: int) -> int:
        """Seconds; below zero where it is not broken now."""
        return self.lasts(i, lambda j: None if self.few(j) else self.broken(j, level))

    def clear_for(self, i: int) -> int:
        return self.lasts(i, lambda j: "wait" if self.few(j) else self.clear(j))

    def lasts(self, i: int, so) -> int:
        """For how long it has been so, without pauses; whatever is not counted, or is to be waited for, is a pause."""
        if so(i) is not True:
            return -1
        total, j = 0, i
        same = (self.looks[i].limits, self.looks[i].period)
        while j > 0:
            j -= 1
            if not self.counts(j):
                continue
            if (self.looks[j].limits, self.looks[j].period) != same or so(j) in {None, False}:
                break
            if so(j) is True and self.counts(j + 1) and so(j + 1) is True:
                total += max(0, self.looks[j + 1].at - self.looks[j].at)
        return total

    def dark_for(self, i: int) -> int:
        def expected(j: int) -> bool:
            return self.looks[j].open or self.looks[j].sees == "error"

        total = 0
        while i > 0 and self.dark(i - 1):
            if expected(i) and expected(i - 1):
                total += max(0, self.looks[i].at - self.looks[i - 1].at)
            i -= 1
        return total

    def age(self, since: int, i: int) -> int:
        """A clock that went back takes what is remembered along."""
        return self.looks[i].at - min(look.at for look in self.looks[since : i + 1])

    def remembered(self, i: int) -> list[int]:
        return [j for j in self.firings if all(self.age(j, k) < DAY for k in range(j, i + 1))]
