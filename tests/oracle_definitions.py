"""Every definition of the catalogue, said a second time: figures of a world, family by family."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from metrics.catalogue.vpcp06a import NUMBERS
from tests.oracle import Question
from tests.oracle_course import Course, at, form_06a, in_time, mark
from tests.oracle_voices import payments, petitions, ratings
from tests.oracle_world import Figure, Figures, World, done, fee, full, marked, on_time, online, rate, sent


def every(world: World) -> Figures:
    families = (
        headline, portal, comparison, make_up, public, times, volume, qd766, form, emc_tt32, tt01, nd224, appointments,
        apologies, national, payments, ratings, petitions,
    )  # fmt: skip
    return {name: figure for family in families for name, figure in family(world).items()}


def headline(world: World) -> Figures:
    asked = Question(world.oracle, f"{world.first:%Y%m%d}", f"{world.last:%Y%m%d}", world.agency, None)
    return {name: (part, whole) for name, _, part, whole in asked.answers()}


def portal(world: World) -> Figures:
    answers = world.oracle.requests.answers(f"{world.first:%Y%m%d}", f"{world.last:%Y%m%d}")
    found: Figures = {name: (part, whole) for name, part, whole in answers}
    mine = [each for each in world.probes if world.first <= at(each.minute).date() <= world.last]
    asked, answered = sum(each.asked for each in mine), sum(each.answered for each in mine)
    return found | {"portal_outside_availability": (answered, asked)}


def comparison(world: World) -> Figures:
    return {
        "online_share_of_all": rate(world.received, sent),
        "local766_online_no_post": rate([e for e in world.received if e.channel in {"1", "2"}], sent),
        "nd61_internal_on_time": (sum(map(on_time, world.dated)), len(world.received)),
    }


def make_up(world: World) -> Figures:
    """The catalogue by itself, and which of its online services were used."""
    whole, online_ones = len(world.in_force), world.services(MucDo="3 4")
    flags = {
        "one_stop": "MotCua", "interlinked": "LienThong", "electronic": "QuyTrinhDienTu",
        "shared": "DungChungNhieuCap", "within_level": "LienThongCungCap", "between_levels": "LienThongKhacCap",
        "by_post": "BuuChinh",
    }  # fmt: skip
    found: Figures = {name: (len(world.services(**{field: "1"})), whole) for name, field in flags.items()}
    found |= {"all": (whole, None), "online": (len(online_ones), None)}
    found |= {"on_the_spot": (len(world.services(GiaiQuyetTaiCho="1")), None)}
    found |= {"time_cut": (len(world.services(CatGiamThoiGian="1")), None)}
    used = {each.dossier.service for each in world.received}
    for name, level in (("province", "tinh"), ("district", "huyen"), ("commune", "xa")):
        mine = world.services(CapThucHien=level)
        found |= {name: (len(mine), None), f"{name}_share": (len(mine), whole)}
        found[f"used_{name}"] = (len(mine & online_ones & used), len(mine & online_ones))
    for level in ("3", "4"):
        such = len(world.services(MucDo=level))
        found |= {f"level_{level}": (such, None), f"level_{level}_share": (such, len(online_ones))}
    return {f"catalogue_{name}": figure for name, figure in found.items()}


def public(world: World) -> Figures:
    sent_in = [
        (each, each.worked(submitted, each.received))
        for each in world.received
        if sent(each) and (submitted := at(each.dossier.attributes.get("NgayNopHoSo"))) and each.received
    ]
    waited = [time for _, time in sent_in if time >= 0]
    return {
        "postal_reception_share": rate(world.received, lambda each: each.channel == "3"),
        "postal_return_share": rate(
            [each for each in world.resolved if "HinhThuc" in each.dossier.attributes],
            lambda each: each.dossier.attributes["HinhThuc"] == "1",
        ),
        "reception_late": (sum(time > 8 * 3600 for time in waited), len(waited)),
        "supplements_per_dossier": (sum(len(each.waits()) for each in world.received), len(world.received)),
        "supplemented_share": rate(world.received, lambda each: each.waits()),
    }


def times(world: World) -> Figures:
    """Means as the sum of seconds and how many; quantiles as the value that so many do not exceed."""
    took = sorted(each.worked(each.received, at(each.dossier.resolved)) for each in world.ended)

    def reached(share: float) -> Figure:
        enough = [time for time in took if sum(other <= time for other in took) >= ceil(share * len(took))]
        return (min(enough) if took else None), None

    desk = [
        (back - ready).total_seconds()
        for each in world.all
        if (ready := at(each.dossier.earliest("9"))) and (back := at(each.dossier.earliest("10"))) and each.within(back)
    ]
    mean, positive = (sum(took), len(took)), [wait for wait in desk if wait >= 0]
    return {
        "processing_time_mean": mean,
        "nd224_time_mean": mean,
        "qd766_mean_time": mean,
        "processing_time_median": reached(0.5),
        "nd224_time_median": reached(0.5),
        "nd224_time_p90": reached(0.9),
        "desk_time_mean": (sum(positive), len(positive)),
    }


def volume(world: World) -> Figures:
    found, came = headline(world), [each for each in world.received if online(each)]
    (sent_in, whole), (used, services) = found["online_submission_rate"], found["services_with_dossiers"]
    return {
        "dossiers_received": (whole, None),
        "dossiers_received_online": (sent_in, None),
        "not_online_submission_rate": (whole - sent_in, whole),
        "services_without_dossiers": (services - used, services),
        "dossiers_processed": (sum(map(done, came)), None),
        "dossiers_processed_share": rate(came, done),
    }


def qd766(world: World) -> Figures:
    started, paying = world.started, [each for each in world.started if fee(each)]
    offered, fees = world.services(MucDo="3 4"), world.services(CoPhi="1")

    def used(some: Iterable[Course], among: set[str]) -> Figure:
        return len({each.dossier.service for each in some} & among), len(among)

    return {
        "qd766_on_time": (sum(day for *_, day in world.judged_766), len(world.judged_766)),
        "qd766_on_time_second": (sum(second for _, second, _ in world.judged_766), len(world.judged_766)),
        "qd766_online_offered": (len(offered), len(world.in_force)),
        "qd766_services_with_online": used(filter(sent, started), offered),
        "qd766_online_share": rate(world.received, sent),
        "qd766_full_process": rate(filter(full, world.received), sent),
        "qd766_paid_dossiers": rate(paying, marked),
        "qd766_paid_services": used(filter(marked, started), fees),
        "qd766_fee_services": used(started, fees),
        "qd766_digitised": rate(
            world.received, lambda each: each.dossier.attributes.get("HoSoCoThanhPhanSoHoa") == "1"
        ),
    }


def form(world: World) -> Figures:
    columns = [form_06a(each) for each in world.all]
    found: Figures = {name: (sum(number in mine for mine in columns), None) for name, number in NUMBERS.items()}
    ended = [mine for mine in columns if 7 in mine]
    return found | {"vpcp06a_on_time": (sum(10 not in mine for mine in ended), len(ended))}


def emc_tt32(world: World) -> Figures:
    came, sent_in = [e for e in world.received if online(e)], [e for e in world.resolved if online(e) and sent(e)]
    return {
        "emc_full_online": rate(world.received, lambda each: full(each) and sent(each)),
        "emc_online_as_sent": rate(world.received, lambda each: each.channel in {"2", "3"}),
        "tt32_online_received": (sum(map(sent, came)), None),
        "tt32_received": (len(came), None),
        "tt32_online_resolved": (len(sent_in), None),
        "tt32_online_on_time": rate([each for each in sent_in if each.due], on_time),
    }


def slowest(each: Course) -> int | None:
    """Points of the slowest step that has a limit, before the period's end."""
    days = [
        (at(moment).date(), at(limit).date())
        for (moment, _), limit in each.dossier.limits.items()
        if at(moment) < each.closes
    ]
    return min((2 if day < limit else 1 if day == limit else 0 for day, limit in days), default=None)


def late_online(each: Course) -> bool:
    """Resolved late in the period, or open and overdue at its end."""
    end, due = at(each.dossier.resolved), each.due
    if not sent(each) or due is None:
        return False
    open_late = each.received and each.received < each.closes and due < each.closes
    return (each.within(end) and due < end) or bool(open_late and each.ended(each.closes, {3, 7, 8}) is None)


def tt01(world: World) -> Figures:
    stepped = [points for each in world.resolved if (points := slowest(each)) is not None]
    services, came, late = len(world.in_force), len(world.received), any(map(late_online, world.all))
    sent_in = sum(map(sent, world.received))
    offered = services > 0 and Fraction(len(world.services(MucDo="3 4")), services) >= Fraction(20, 100)

    def reaches(percent: int) -> bool:
        return came > 0 and Fraction(sent_in, came) >= Fraction(percent, 100)

    ninth = 2 if offered and reaches(30) and not late else 1 if reaches(15) and not late else 0
    return {
        "tt01_indicator_1": (sum(map(mark, world.dated)), len(world.dated)),
        "tt01_indicator_2": (sum(stepped), len(stepped)),
        "tt01_indicator_3": (sum(max(2 - len(each.waits()), 0) for each in world.resolved), len(world.resolved)),
        "tt01_indicator_9": (ninth, None),
    }


def nd224(world: World) -> Figures:
    return {
        "nd224_full_services": (len(world.services(MucDo="4")), len(world.services(MucDo="3 4"))),
        "nd224_online_dossiers": rate(world.received, sent),
        "nd224_full_online_dossiers": rate(world.received, lambda each: full(each) and sent(each)),
        "nd224_on_time": rate(world.dated, on_time),
    }


def appointments(world: World) -> Figures:
    promised = [each for each in world.resolved if each.original_due() is not None]
    found: Figures = {
        "on_time_first_due": rate(promised, lambda each: at(each.dossier.resolved) <= each.original_due()),
        "reappointed_share": rate(world.received, lambda each: each.reappointments() > 0),
        "reappointed_dossiers": rate(world.received, lambda each: each.reappointments() > 1),
    }
    for pause in ("subtract", "push", "restart"):
        judged = [each for each in (in_time(one, pause) for one in world.resolved) if each is not None]
        found[f"on_time_{pause}"] = (sum(judged), len(judged))
    return found


def broken(each: Course) -> bool:
    """Received by the period's end, and not ended by the first appointment, which lies in the period."""
    due, end = each.original_due(), each.ended(each.closes, {3, 7, 8})
    return each.received is not None and each.received < each.closes and each.within(due) and (end is None or end > due)


def apologies(world: World) -> Figures:
    """A letter is sent in time a whole day before; as long as none is known, nothing is said of them."""
    letters = world.said("apologies")
    due = [each for each in world.all if broken(each)]

    def apologised(each: Course) -> bool:
        mine = [at(one["NgayGuiThuXinLoi"]) for one in letters if one["MaHoSo"] == each.dossier.code]
        return any((each.original_due() - sent_at).total_seconds() >= 86400 for sent_at in mine)

    return {
        "apologies_due": (len(due), None),
        "nd61_apology_on_time": rate(due if letters else [], apologised),
    }


def national(world: World) -> Figures:
    """Of the days that the export covers."""
    if world.exported is None:
        return {"qd766_sync": (0, 0), "national_sync_late": (0, 0)}
    first, last = world.exported.covers
    covered = [each for each in world.received if first <= each.received.date() <= last]
    there = [e for e in covered if "NgayTiepNhan" in e.dossier.attributes and e.dossier.code in world.exported.synced]
    synced = [(each, moment) for each in there if (moment := at(world.exported.synced[each.dossier.code]))]
    late = [each for each, moment in synced if each.worked(each.received, moment) > 8 * 3600]
    return {"qd766_sync": (len(there), len(covered)), "national_sync_late": (len(late), len(synced))}


POINTS: dict[str, tuple[str, str, str | None]] = {
    "qd766_on_time": ("20", "1", None),
    "qd766_online_offered": ("2", "0.8", None),
    "qd766_services_with_online": ("4", "1", None),
    "qd766_online_share": ("6", "0.5", None),
    "qd766_full_process": ("12", "1", None),
    "qd766_paid_dossiers": ("6", "1", "0"),
    "qd766_paid_services": ("2", "0.8", None),
    "qd766_fee_services": ("2", "0.8", None),
    "qd766_digitised": ("4", "1", None),
    "qd766_sync": ("6", "1", None),
    "qd766_petition_on_time": ("6", "1", "6"),
    "qd766_petition_satisfied": ("6", "1", "6"),
    "qd766_satisfied": ("6", "0.9", None),
}
"""What a rate is worth: the most, from which rate on, and without anything to divide by."""

SPLIT = ("qd766_online_offered", "qd766_services_with_online", "qd766_online_share")
PAYMENT = ("qd766_paid_dossiers", "qd766_paid_services", "qd766_fee_services")
TOTAL = ("qd766_on_time", *SPLIT, *PAYMENT, "qd766_digitised")
SCORES = {
    "qd766_online_split246": SPLIT,
    "qd766_online_full12": ("qd766_full_process",),
    "qd766_payment": PAYMENT,
    "qd766_total": TOTAL,
    "qd766_total_with_voices": (
        *TOTAL, "qd766_sync", "qd766_petition_on_time", "qd766_petition_satisfied", "qd766_satisfied",
    ),
}  # fmt: skip
"""Which points are added up."""


def points(figures: Figures) -> dict[str, float | None]:
    """Points of each rate, and the scores; None where there are none."""
    known = {name: worth(figures[name], *POINTS[name]) for name in POINTS}
    found = {f"{name}_points": value for name, value in known.items()}
    for name, parts in SCORES.items():
        told = [known[part] for part in parts if known[part] is not None]
        found[name] = sum(told) if told else None
    return {name: None if value is None else float(value) for name, value in found.items()}


def worth(figure: Figure, most: str, full_at: str, empty: str | None) -> Fraction | None:
    part, whole = figure
    if part is None or whole is None:
        return None
    if whole == 0:
        return None if empty is None else Fraction(empty)
    reached = Fraction(int(part), int(whole))
    return Fraction(most) if reached >= Fraction(full_at) else Fraction(most) * reached / Fraction(full_at)
