"""Days, as ranges: a date is every day that it may be."""
import calendar
from datetime import date

INF = float("inf")
EVER = (-INF, INF)


def days(text):
    parts = [int(part) for part in text.split("-")]
    first, last = (parts + [1, 1])[:3], (parts + [12])[:2]
    last.append(parts[2] if len(parts) == 3 else calendar.monthrange(*last)[1])
    return date(*first).toordinal(), date(*last).toordinal()


def add_months(day, months):
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def moved(when, sign, length, half_life=None):
    number, unit = length[0] * sign, length[1]
    step = {"days": 1, "weeks": 7, "half_lives": half_life}.get(unit)
    months = {"months": 1, "years": 12}.get(unit)
    shift = (lambda day: add_months(day, number * months)) if months else (lambda day: day + number * step)
    return tuple(end if abs(end) == INF else shift(end) for end in when)


def up_to(a, b):
    return True if a[1] <= b[0] else False if a[0] > b[1] else None


def before(a, b):
    up = up_to(b, a)
    return None if up is None else not up


def point(when):
    return {"start": when, "end": when, "planned": None, "half_life": None, "point": True}


def lasting(first, last):
    """A time from a day to a day, both known."""
    return {"start": (first, first), "end": (last, last), "planned": None, "half_life": None, "point": False}
