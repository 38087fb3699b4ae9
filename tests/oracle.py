"""A second, naive reading of the contract: dicts and loops, slow and obvious, sharing no code with the product.

Give it the files of a drop folder in the order of loading; ask it for the KPIs. Where the two disagree, one of
them misreads the contract.
"""

import json
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.oracle_access import Requests
from tests.oracle_lines import MIB, Line, kind_of, lines_of, national, understood

HEADLINES = [
    "services_with_dossiers", "online_submission_rate", "payment_transactions", "on_time_resolution",
    "portal_requests", "portal_error_rate", "portal_not_found_rate",
]  # fmt: skip


def span(period: str) -> tuple[str, str]:
    """First and last day of a period, as yyyyMMdd."""
    if found := re.fullmatch(r"(\d{4})", period):
        first, last = date(int(period), 1, 1), date(int(period), 12, 31)
    elif found := re.fullmatch(r"(\d{4})-Q([1-4])", period):
        year, end = int(found[1]), int(found[2]) * 3
        first, last = date(year, end - 2, 1), date(year, end, monthrange(year, end)[1])
    elif found := re.fullmatch(r"(\d{4})-W(\d\d)", period):
        first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        last = first + timedelta(days=6)
    elif found := re.fullmatch(r"(\d{4})-(\d\d)", period):
        year, month = int(found[1]), int(found[2])
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    else:
        first = last = date.fromisoformat(period)
    return first.strftime("%Y%m%d").zfill(8), last.strftime("%Y%m%d").zfill(8)


def thousands(number: int) -> str:
    digits = str(number)
    groups: list[str] = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return ".".join(groups)


def shown(numerator: int, denominator: int | None) -> str:
    if denominator is None:
        return thousands(numerator)
    if denominator == 0:
        return "–"
    tenths = numerator * 1000 // denominator
    return f"{tenths // 10},{tenths % 10} %"


def success(line: Line) -> bool:
    """A refund is never a payment, whatever its code."""
    return line["LoaiGiaoDich"] == "thanh_toan" and line["MaTrangThai"] == "00"


@dataclass
class Dossier:
    code: str
    attributes: Line = field(default_factory=dict)
    steps: set[tuple[str, str]] = field(default_factory=set)
    limits: dict[tuple[str, str], str] = field(default_factory=dict)
    first_due: str | None = None

    def earliest(self, status: str) -> str | None:
        moments = [at for at, which in self.steps if which == status]
        return min(moments) if moments else None

    @property
    def agency(self) -> str:
        return self.code.split("-")[0]

    @property
    def service(self) -> str | None:
        return national(self.attributes["MaTTHC"]) if "MaTTHC" in self.attributes else None

    @property
    def channel(self) -> str | None:
        return self.attributes.get("KenhThucHien")

    @property
    def due(self) -> str | None:
        return self.attributes.get("NgayHenTra")

    @property
    def received(self) -> str | None:
        return self.attributes.get("NgayTiepNhan") or self.earliest("2")

    @property
    def resolved(self) -> str | None:
        recorded = self.attributes.get("NgayKetThucXuLy") or self.attributes.get("NgayTra")
        return self.earliest("9") or self.earliest("10") or recorded


class Oracle:
    """Everything that was loaded, and the questions one may ask."""

    def __init__(self, files: list[tuple[str, bytes]] | None = None) -> None:
        self.accepted: dict[str, int] = {}
        self.rejected: dict[str, int] = {}
        self.dead: set[tuple[str, int]] = set()
        self.dossiers: dict[str, Dossier] = {}
        self.payments: dict[str, list[Line]] = {}
        self.services: dict[str, dict[str, Line]] = {}  # code, then HieuLucTu ("" if absent)
        self.agencies: dict[str, dict[str, Line]] = {}
        self.requests = Requests()
        self.load(files or [])

    def load(self, files: list[tuple[str, bytes]]) -> None:
        for name, content in files:
            kind = kind_of(name)
            if kind is None:
                continue
            lines, broken = lines_of(name, content)
            self.requests.begin()
            for number, raw in enumerate(lines, 1):
                if raw.strip():
                    self.take(kind, name, number, raw.removesuffix(b"\r"))
            if broken:
                self.reject(kind, name, len(lines) + 1)

    def reject(self, kind: str, name: str, number: int) -> None:
        self.rejected[kind] = self.rejected.get(kind, 0) + 1
        self.dead.add((name, number))

    def take(self, kind: str, name: str, number: int, raw: bytes) -> None:
        if kind == "access":
            self.take_request(name, number, raw)
            return
        line = understood(kind, raw)
        if line is None:
            self.reject(kind, name, number)
            return
        self.accepted[kind] = self.accepted.get(kind, 0) + 1
        if kind == "dossiers":
            dossier = self.dossier(line["MaHoSo"])
            dossier.attributes.update(line)
            dossier.first_due = dossier.first_due or line.get("NgayHenTra")
        elif kind == "progress":
            dossier, step = self.dossier(line["MaHoSo"]), (line["ThoiDiemXuLy"], line["TrangThai"])
            dossier.steps.add(step)
            if "NgayKetThucTheoQuyDinh" in line:
                dossier.limits[step] = line["NgayKetThucTheoQuyDinh"]
        elif kind == "payments":
            self.payments.setdefault(line["MaGiaoDich"], []).append(line)
        elif kind == "services":
            versions = self.services.setdefault(national(line["MaTTHC"]), {})
            versions.setdefault(line.get("HieuLucTu", ""), {}).update(line)
        else:
            versions = self.agencies.setdefault(line["MaDonVi"], {})
            versions.setdefault(line.get("HieuLucTu", ""), {}).update(line)

    def take_request(self, name: str, number: int, raw: bytes) -> None:
        if len(raw) > MIB or not self.requests.take(raw):
            self.reject("access", name, number)
        else:
            self.accepted["access"] = self.accepted.get("access", 0) + 1

    def dossier(self, code: str) -> Dossier:
        if code not in self.dossiers:
            self.dossiers[code] = Dossier(code)
        return self.dossiers[code]

    def online(self, code: str | None, day: str) -> bool:
        """Is it an online service of the catalogue on that day?"""
        begun = [since for since in self.services.get(code or "", {}) if since <= day]
        if code is None or not begun:
            return False
        version = self.services[code][max(begun)]
        return version.get("HieuLucDen", "99999999") >= day and version.get("MucDo") in {"3", "4"}

    def parent(self, agency: str, day: str) -> str | None:
        versions = self.agencies.get(agency)
        if not versions:
            return None
        begun = [since for since in versions if since <= day]
        return versions[max(begun) if begun else min(versions)].get("MaDonViCha")

    def below(self, agency: str, top: str, day: str) -> bool:
        """Is `agency` the top itself, or below it on that day? A circle of parents ends where it began."""
        seen: set[str] = set()
        at: str | None = agency
        while at is not None and at not in seen:
            if at == top:
                return True
            seen.add(at)
            at = self.parent(at, day)
        return False

    def paid_for(self, lines: list[Line]) -> str | None:
        """The dossier of the earliest success that names one, else of the earliest other line."""
        named = [(not success(line), line["ThoiGian"], line["MaHoSo"]) for line in lines if "MaHoSo" in line]
        return min(named)[2] if named else None

    def payer(self, lines: list[Line]) -> str | None:
        """The agency in that dossier's code."""
        dossier = self.paid_for(lines)
        return dossier.split("-")[0] if dossier else None

    def paid(self) -> list[tuple[str, str | None]]:
        """(moment, agency) of each transaction that succeeded."""
        found = []
        for every in self.payments.values():
            moments = [line["ThoiGian"] for line in every if success(line)]
            if moments:
                found.append((min(moments), self.payer(every)))
        return found

    def kpis(self, period: str, agency: str | None = None, by: str | None = None) -> list[dict[str, Any]]:
        asked = Question(self, *span(period), agency, by)
        rows = []
        for kpi, group, numerator, denominator in asked.answers():
            row = {"kpi": kpi, "version": 1, "period": period, "agency": agency, "procedure": None, "channel": None}
            if by is not None:
                row[by] = group
            rows.append(row | reading(numerator, denominator))
        return rows


Answer = tuple[str, str | None, int, int | None]  # kpi, group, numerator, denominator


class Question:
    """One period, perhaps one agency with those below it, perhaps a dimension to list by."""

    def __init__(self, oracle: Oracle, first: str, last: str, agency: str | None, by: str | None) -> None:
        self.oracle, self.first, self.last, self.agency, self.by = oracle, first, last, agency, by
        mine = [d for d in oracle.dossiers.values() if self.asked(d.agency)]
        self.received = [d for d in mine if self.within(d.received)]
        self.resolved = [d for d in mine if self.within(d.resolved) and d.due]
        self.paid = [unit for at, unit in oracle.paid() if self.within(at) and self.asked(unit)]
        self.catalogue = {code for code in oracle.services if oracle.online(code, last)}

    def within(self, moment: str | None) -> bool:
        return moment is not None and self.first <= moment[:8] <= self.last

    def asked(self, unit: str | None) -> bool:
        return self.agency is None or (unit is not None and self.oracle.below(unit, self.agency, self.last))

    def group_of(self, dossier: Dossier) -> str | None:
        if self.by == "agency":
            return dossier.agency
        if self.by == "procedure":
            return dossier.service or "?"
        if self.by == "channel":
            return dossier.channel or "?"
        return None

    def groups(self) -> set[str | None]:
        if self.by is None:
            return {None}
        found = {self.group_of(d) for d in self.received + self.resolved}
        if self.by == "procedure":
            found |= self.catalogue
        if self.by == "agency":
            found |= {unit for unit in self.paid if unit is not None}
        return found

    def answers(self) -> list[Answer]:
        found: list[Answer] = []
        for group in self.groups():
            received = [d for d in self.received if self.group_of(d) == group]
            resolved = [d for d in self.resolved if self.group_of(d) == group]
            found += self.services_with_dossiers(group, received)
            found += self.online_submission_rate(group, received)
            found += self.payment_transactions(group)
            found += self.on_time_resolution(group, resolved)
        if self.by is None and self.agency is None:
            found += [(kpi, None, *counts) for kpi, *counts in self.oracle.requests.answers(self.first, self.last)]
        return sorted(found, key=lambda row: (HEADLINES.index(row[0]), row[1] or ""))

    def services_with_dossiers(self, group: str | None, received: list[Dossier]) -> Iterator[Answer]:
        used = {d.service for d in received} & self.catalogue
        if self.by != "procedure":
            yield "services_with_dossiers", group, len(used), len(self.catalogue)
        elif group in self.catalogue:
            yield "services_with_dossiers", group, len(used), 1

    def online_submission_rate(self, group: str | None, received: list[Dossier]) -> Iterator[Answer]:
        counted = [d for d in received if self.oracle.online(d.service, (d.received or "")[:8])]
        online = [d for d in counted if d.channel == "2"]
        yield "online_submission_rate", group, len(online), len(counted)

    def payment_transactions(self, group: str | None) -> Iterator[Answer]:
        if self.by in {None, "agency"}:
            paid = [unit for unit in self.paid if group in {None, unit}]
            yield "payment_transactions", group, len(paid), None

    def on_time_resolution(self, group: str | None, resolved: list[Dossier]) -> Iterator[Answer]:
        in_time = [d for d in resolved if (d.resolved or "") <= (d.due or "")]
        yield "on_time_resolution", group, len(in_time), len(resolved)


def reading(numerator: int, denominator: int | None) -> dict[str, Any]:
    value = numerator if denominator is None else numerator / denominator if denominator else None
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "display": shown(numerator, denominator),
    }


def comparable(rows: list[dict[str, Any]], by: str | None = None) -> list[dict[str, Any]]:
    """The headline rows in one order; in a list by something, without the groups that have nothing to count.

    By procedure each service of the catalogue is a row, used or not, so those stay.
    """
    kept = []
    for row in rows:
        services = row["kpi"] == "services_with_dossiers"
        empty = row["numerator"] == 0 and (services or not row["denominator"])
        if row["kpi"] in HEADLINES and (by is None or not empty or (services and by == "procedure")):
            kept.append(row)
    return sorted(kept, key=lambda row: json.dumps(row, sort_keys=True))
