"""Payments beside transactions, ratings, petitions: the oracle's reading of them."""

from datetime import timedelta

from metrics.civil import CIVIL
from metrics.working_time import working_seconds
from tests.oracle import success
from tests.oracle_course import Course, at
from tests.oracle_lines import Line
from tests.oracle_world import Figures, World, fee, marked, online, rate, sent

QUESTIONS = {"chung": "overall", "thuan_tien": "convenience", "kip_thoi": "timeliness", "ho_tro": "support"}
LIMITS = {"tu_choi": 2, "chuyen": 2, "bo_sung": 5}
"""Working days; every other petition has fifteen."""


def refunds(every: list[Line]) -> list[str]:
    return [line["ThoiGian"] for line in every if line["LoaiGiaoDich"] == "hoan_phi" and line["MaTrangThai"] == "00"]


def payments(world: World) -> Figures:
    net = refunded = 0
    paid: dict[str, int] = {}
    opens, closes = f"{world.first:%Y%m%d}", f"{world.last:%Y%m%d}"
    for every in world.oracle.payments.values():
        good, back = [line["ThoiGian"] for line in every if success(line)], refunds(every)
        dossier, payer = world.oracle.paid_for(every), world.oracle.payer(every)
        if not good:
            continue
        if world.agency in {None, payer}:
            net += not back and opens <= min(good)[:8] <= closes
            refunded += bool(back) and opens <= min(back)[:8] <= closes
        if dossier and not back:
            amount = [line["SoTien"] for line in every if "SoTien" in line]
            paid[dossier] = paid.get(dossier, 0) + int(amount[-1] if amount else 0)
    mine = [each for each in world.received if each.dossier.code in paid]
    services = world.services(CoPhi="1")
    return {
        "payment_transactions_net": (net, None),
        "payment_refunds": (refunded, None),
        "payment_dossiers": (len(mine), None),
        "payment_fee_dossiers": rate(filter(fee, world.received), lambda each: each.dossier.code in paid),
        "payment_procedures": (len({each.dossier.service for each in mine} & services), len(services)),
        "payment_amount": (sum(paid[each.dossier.code] for each in mine), None),
        "payment_marked_only": (sum(marked(e) and e.dossier.code not in paid for e in world.received), None),
    }


def ratings(world: World) -> Figures:
    told = [one for one in world.said("feedback") if at(one["ThoiDiemDanhGia"]) < closing(world)]
    asked = [each for each in world.resolved if online(each) and sent(each)]
    found: Figures = {}
    for question, name in QUESTIONS.items():
        last: dict[str, str] = {}
        for one in sorted(told, key=lambda one: one["ThoiDiemDanhGia"]):
            if one["CauHoi"] == question:
                last[one["MaHoSo"]] = one["MucDoHaiLong"]
        rated = [each for each in asked if each.dossier.code in last]
        found[f"tt32_satisfied_{name}"] = rate(rated, lambda e, last=last: last[e.dossier.code] != "chua_hai_long")
    disliked = {one["MaHoSo"] for one in told if one["MucDoHaiLong"] == "chua_hai_long"}
    disliked |= {p.get("MaHoSo", "") for p in world.said("petitions") if at(p["NgayTiepNhan"]) < closing(world)}
    judged = world.judged_766 if world.said("feedback") or world.said("petitions") else []
    quiet = [each for each, _, day in judged if day and each.dossier.code not in disliked]
    return found | {"qd766_satisfied": (len(quiet), len(judged))}


def closing(world: World):
    return Course(None, world.first, world.last, world.calendar, {}).closes


def days_between(world: World, start, end) -> float:
    """Working days of eight hours, without the first day and the last."""
    edges = (one.replace(hour=0, minute=0, second=0, tzinfo=CIVIL) for one in (start + timedelta(days=1), end))
    return working_seconds(world.calendar, *edges) / (8 * 3600)


def handled_in_time(world: World, one: Line) -> bool:
    end, published = at(one.get("NgayXuLy")), at(one.get("NgayCongKhai"))
    done = end is not None and end < closing(world)
    limit = LIMITS.get(one.get("KetQuaXuLy"), 15) if done else 15
    until = end if done else closing(world) - timedelta(seconds=1)
    shown_late = done and published and published < closing(world) and days_between(world, end, published) >= 2
    return days_between(world, at(one["NgayTiepNhan"]), until) < limit and not shown_late


def content(one: Line) -> bool:
    return int(one.get("SoLuotKhongHaiLong") or 0) <= int(one.get("SoLuotHaiLong") or 0) and one.get("LapLai") != "1"


def petitions(world: World) -> Figures:
    """As long as none is known at all, nothing is said of them."""
    names = ("qd766_petition_on_time", "qd766_petition_satisfied")
    about = {"qd766_petitions_rules": "quy_dinh", "qd766_petitions_conduct": "hanh_vi"}
    if not world.said("petitions"):
        return dict.fromkeys((*names, *about), (None, None))
    known = [one for one in world.said("petitions") if world.agency in {None, one.get("MaDonVi")}]
    mine = [one for one in known if world.first <= at(one["NgayTiepNhan"]).date() <= world.last]
    good = [one for one in mine if handled_in_time(world, one)]
    return {
        names[0]: (len(good), len(mine)),
        names[1]: (sum(map(content, good)), len(mine)),
        **{name: (sum(one.get("Loai") == code for one in mine), None) for name, code in about.items()},
    }
