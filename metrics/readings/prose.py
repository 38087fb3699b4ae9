"""A KPI's definition in words, in both languages: said from the declaration, so it cannot say something else."""

from typing import assert_never

from metrics.catalogue import DERIVED
from metrics.display import decimal
from metrics.formula import Bar, Count, Formula, Grades, Points, Ratio, Score
from metrics.kpi import Kpi
from metrics.measure import Measure
from metrics.predicate import All, AtLeast, Before, Either, Known, Not, NotAfter, OneOf, Predicate, Within
from metrics.terms import Dossiers, Petitions, Quantile, ServicesInForce, ServicesJudged, ServicesWith, Sum, Term, Total
from metrics.words import CODES, FIELDS, FLAGS, THINGS, Text, joined


def definition(kpi: Kpi) -> Text:
    """What is counted, and out of what."""
    return _formula(kpi.formula) + (Text(" ", " ") + kpi.note if kpi.note else Text("", ""))


def _formula(formula: Formula) -> Text:
    match formula:
        case Count(Quantile() as part):
            return term(part) + Text(".", ".")
        case Count(part):
            return Text("Số ", "The number of ") + term(part) + Text(".", ".")
        case Ratio(part, whole, rest=True):
            return _rest(part, whole)
        case Ratio(part, whole):
            return _fraction(part, whole)
        case Points():
            return _fraction(formula.part, formula.whole) + _points(formula)
        case Score(parts, most):
            return Text(
                f"Tổng điểm của {len(parts)} chỉ số tính được, trên thang {_said(most)} điểm.",
                f"The points of the {len(parts)} indicators that can be computed, out of {_said(most)}.",
            )
        case Grades(grades):
            told = [
                Text(f"{g.points} điểm: ", f"{g.points} points: ") + joined([_bar(b) for b in g.bars], "; ", "; ")
                for g in grades
            ]
            return joined(told, ". ", ". ") + Text(". Còn lại 0 điểm.", ". Else 0.")
        case _:
            assert_never(formula)


def _bar(bar: Bar) -> Text:
    if bar.whole is None or bar.least is None:
        return Text("không có ", "no ") + term(bar.part)
    least = _said(bar.least * 100)
    return term(bar.part) + Text(f" từ {least} % của ", f" at least {least} % of the ") + term(bar.whole)


def _fraction(part: Term, whole: Term) -> Text:
    told = Text("Tử số: ", "Numerator: ") + term(part)
    return told + Text(". Mẫu số: ", ". Denominator: ") + term(whole) + Text(".", ".")


def _rest(part: Term, whole: Term) -> Text:
    told = Text("Mẫu số: ", "Denominator: ") + term(whole)
    return (
        told
        + Text(". Tử số: phần còn lại sau khi trừ ", ". Numerator: what is left without ")
        + term(part)
        + Text(".", ".")
    )


def _points(points: Points) -> Text:
    most, full, empty = _said(points.most), _said(points.full_at * 100), points.empty
    told = Text(
        f" Điểm: tối đa {most}, đạt khi tỷ lệ từ {full} % trở lên, dưới mức đó tính theo tỷ lệ.",
        f" Points: {most} at a rate of {full} % or more, in proportion below.",
    )
    if empty is None:
        return told
    return told + Text(f" Mẫu số bằng 0: {_said(empty)} điểm.", f" Nothing to divide by: {_said(empty)} points.")


def _said(number: float) -> str:
    """As it is displayed, without empty decimals."""
    return decimal(round(number * 100), 2).rstrip("0").rstrip(",")


def term(asked: Term) -> Text:
    match asked:
        case Total(measure, services) if services is not None:
            return _counted(measure) + _on_that_day(services)
        case Total(measure):
            return _counted(measure)
        case ServicesInForce(All(())):
            return Text(
                "thủ tục của tỉnh đang hiệu lực vào ngày cuối kỳ",
                "procedures of the province in force on the period's last day",
            )
        case ServicesInForce(services):
            such = condition(services)
            return Text(
                f"dịch vụ công của tỉnh đang hiệu lực và có {such.vi.removeprefix('có ')} vào ngày cuối kỳ",
                f"services of the province in force and with {such.en.removeprefix('with ')} on the period's last day",
            )
        case ServicesWith(measure, services):
            counted = _counted(measure)
            return term(ServicesInForce(services)) + Text(
                f", có ít nhất một {counted.vi}", f", with at least one of: {counted.en}"
            )
        case Dossiers(where):
            return _such(where)
        case Petitions(where):
            return Text("phản ánh, kiến nghị ", "petitions ") + condition(where)
        case Sum(field, where):
            return Text(f"tổng {_field(field).vi} của các ", f"the sum of the {_field(field).en} of ") + _such(where)
        case Quantile(field, share, where):
            name, cut = _field(field), _said(share * 100)
            return Text(f"Mức {name.vi} mà {cut} % số ", f"The {name.en} not exceeded by {cut} % of the ") + _such(
                where
            )
        case ServicesJudged(where, services):
            such = _such(where)
            return term(ServicesInForce(services)) + Text(
                f", có ít nhất một {such.vi}", f", with at least one of: {such.en}"
            )
        case _:
            assert_never(asked)


def _such(where: Predicate) -> Text:
    return Text("hồ sơ ", "dossiers ") + condition(where)


def _field(name: str) -> Text:
    """What a field is called."""
    return DERIVED[name].text if name in DERIVED else FIELDS[name]


def _on_that_day(services: Predicate) -> Text:
    such = condition(services)
    return Text(
        f", thuộc dịch vụ đang hiệu lực và có {such.vi} vào ngày đó",
        f", of a service in force and with {such.en} on that day",
    )


def _counted(measure: Measure) -> Text:
    """The things, the condition, and the moment that dates them."""
    table, when = measure.facts.table, _field(measure.dated_by)
    what = THINGS.get(f"{table}.{measure.times}", THINGS[table])
    counted = what + Text(f" có {when.vi} trong kỳ", f" whose {when.en} lies in the period")
    if measure.where == Known(measure.dated_by):
        return counted
    return counted + Text(", ", ", ") + condition(measure.where)


def condition(predicate: Predicate) -> Text:
    """A condition as a clause after a noun."""
    match predicate:
        case Known(field):
            return Text(f"có {_field(field).vi}", f"with a known {_field(field).en}")
        case OneOf(field, ("1",)) if field in FLAGS:
            return Text(f"có {FLAGS[field].vi}", f"with {FLAGS[field].en}")
        case OneOf(field, codes):
            named = [CODES.get(field, {}).get(code, Text(code, code)) for code in codes]
            return _field(field) + Text(" ", " ") + joined(named, " hoặc ", " or ")
        case NotAfter(first, second):
            return Text(
                f"{_field(first).vi} không muộn hơn {_field(second).vi}",
                f"the {_field(first).en} not after the {_field(second).en}",
            )
        case Before(first, second):
            return Text(
                f"có {_field(first).vi} trước {_field(second).vi}",
                f"the {_field(first).en} before the {_field(second).en}",
            )
        case Within(field):
            return Text(f"có {_field(field).vi} trong kỳ", f"whose {_field(field).en} lies in the period")
        case AtLeast(field, number):
            return Text(f"{_field(field).vi} từ {number} trở lên", f"the {_field(field).en} {number} or more")
        case All(parts):
            return joined([condition(part) for part in parts], " và ", " and ")
        case Either(parts):
            return joined([condition(part) for part in parts], " hoặc ", " or ")
        case Not(Known(field)):
            return Text(f"không có {_field(field).vi}", f"without a known {_field(field).en}")
        case Not(inner):
            return Text(f"không phải ({condition(inner).vi})", f"not ({condition(inner).en})")
        case _:
            assert_never(predicate)
