"""A KPI's definition in words, in both languages: said from the declaration, so it cannot say something else."""

from typing import assert_never

from metrics.kpi import Kpi, Ratio, ServicesInForce, ServicesWith, Term, Total
from metrics.measure import Measure
from metrics.predicate import All, Either, Known, Not, NotAfter, OneOf, Predicate
from metrics.words import CODES, FIELDS, THINGS, Text, joined


def definition(kpi: Kpi) -> Text:
    """What is counted, and out of what."""
    part = term(kpi.formula.part)
    if not isinstance(kpi.formula, Ratio):
        return Text("Số ", "The number of ") + part + Text(".", ".")
    whole = term(kpi.formula.whole)
    return Text("Tử số: ", "Numerator: ") + part + Text(". Mẫu số: ", ". Denominator: ") + whole + Text(".", ".")


def term(asked: Term) -> Text:
    match asked:
        case Total(measure, services) if services is not None:
            return _counted(measure) + _on_that_day(services)
        case Total(measure):
            return _counted(measure)
        case ServicesInForce(services):
            return Text(
                f"dịch vụ công của tỉnh đang hiệu lực và có {condition(services).vi} vào ngày cuối kỳ",
                f"services of the province in force and with {condition(services).en} on the period's last day",
            )
        case ServicesWith(measure, services):
            counted = _counted(measure)
            return term(ServicesInForce(services)) + Text(
                f", có ít nhất một {counted.vi}", f", with at least one of: {counted.en}"
            )
        case _:
            assert_never(asked)


def _on_that_day(services: Predicate) -> Text:
    such = condition(services)
    return Text(
        f", thuộc dịch vụ đang hiệu lực và có {such.vi} vào ngày đó",
        f", of a service in force and with {such.en} on that day",
    )


def _counted(measure: Measure) -> Text:
    """The things, the condition, and the moment that dates them."""
    what, when = THINGS[measure.facts.table], FIELDS[measure.dated_by]
    counted = what + Text(f" có {when.vi} trong kỳ", f" whose {when.en} lies in the period")
    if measure.where == Known(measure.dated_by):
        return counted
    return counted + Text(", ", ", ") + condition(measure.where)


def condition(predicate: Predicate) -> Text:
    """A condition as a clause after a noun."""
    match predicate:
        case Known(field):
            return Text(f"có {FIELDS[field].vi}", f"with a {FIELDS[field].en}")
        case OneOf(field, codes):
            named = [CODES.get(field, {}).get(code, Text(code, code)) for code in codes]
            return FIELDS[field] + Text(" ", " ") + joined(named, " hoặc ", " or ")
        case NotAfter(first, second):
            return Text(
                f"{FIELDS[first].vi} không muộn hơn {FIELDS[second].vi}",
                f"the {FIELDS[first].en} not after the {FIELDS[second].en}",
            )
        case All(parts):
            return joined([condition(part) for part in parts], " và ", " and ")
        case Either(parts):
            return joined([condition(part) for part in parts], " hoặc ", " or ")
        case Not(inner):
            return Text(f"không phải ({condition(inner).vi})", f"not ({condition(inner).en})")
        case _:
            assert_never(predicate)
