"""Numbers as Vietnamese officials print them: decimal comma, thousands point, percentages cut and never rounded up.

Published figures only add up this way: 45,646 of 91,919 is printed 49,6 %, where rounding would give 49,7 %.
"""

NOTHING = "–"


def count(number: int) -> str:
    """1547 is `1.547`."""
    return f"{number:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """Integer arithmetic, so that no binary fraction shaves off a tenth: 45646 of 91919 is `49,6 %`."""
    units, tenth = divmod(part * 1000 // whole, 10)
    return f"{count(units)},{tenth} %"


def display(numerator: int, denominator: int | None, *, ratio: bool) -> str:
    """A ratio over nothing is shown as nothing, never as 0 or 100."""
    if not ratio:
        return count(numerator)
    return percent(numerator, denominator) if denominator else NOTHING
