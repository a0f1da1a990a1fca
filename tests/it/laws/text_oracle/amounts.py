"""Numbers that may be known in part: (low, low is open, high, high is open)."""
from fractions import Fraction

from logic import no
from world import LEAST, MOST, UNITS


def interval(fact, result, limit):
    """What a result's number may be, or how many times its limit of normal."""
    if result["value"] is None:
        return None
    comparator, number = result.get("comparator"), result["value"]
    if fact == "dilution":
        comparator, _, number = number.rpartition("1:")
    unit = result.get("unit")
    factor = next(factor for _, written, factor in UNITS[fact] if written == unit)
    x, least, most = Fraction(str(number)) * factor, Fraction(LEAST.get(fact, 0)), Fraction(MOST[fact])
    ends = {"<": (least, False, x, True), "<=": (least, False, x, False),
            ">": (x, True, most, False), ">=": (x, False, most, False)}.get(comparator, (x, False, x, False))
    if limit is None:
        return ends
    if limit not in result:
        return None
    return times(ends, 1 / (Fraction(str(result[limit])) * factor))


def times(ends, factor):
    return ends[0] * factor, ends[1], ends[2] * factor, ends[3]


def plus(a, b):
    return a[0] + b[0], a[1] or b[1], a[2] + b[2], a[3] or b[3]


def exactly(number):
    return number, False, number, False


def compare(ends, op, bound):
    """Asks a number, or another that may be known in part: what is so of every two is known."""
    low, low_open, high, high_open = ends
    other_low, other_low_open, other_high, other_high_open = bound if isinstance(bound, tuple) else exactly(bound)
    above = low > other_high or (low == other_high and (low_open or other_high_open))
    below = high < other_low or (high == other_low and (high_open or other_low_open))
    if op in ("==", "!="):
        one = low == high == other_low == other_high
        same = True if one else False if above or below else None
        return same if op == "==" else no(same)
    if op in (">", "<="):
        more = True if above else False if high <= other_low else None
        return more if op == ">" else no(more)
    less = True if below else False if low >= other_high else None
    return less if op == "<" else no(less)


def hull(many):
    low, high = min(ends[:2] for ends in many), max((ends[2], not ends[3]) for ends in many)
    return low[0], low[1], high[0], not high[1]


def extreme(which, many):
    """The highest or lowest of several, each known in part."""
    choose = max if which == "highest" else min
    # An open low end is above a closed one, an open high end below it.
    low, high = choose(ends[:2] for ends in many), choose((ends[2], not ends[3]) for ends in many)
    return low[0], low[1], high[0], not high[1]
