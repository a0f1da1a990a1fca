#!/usr/bin/env python3
"""An evaluator of elig-tree/3, written from docs/tree.md alone, with the standard library alone.

Without arguments it runs every test vector beside it and prints how many cases passed. `evaluate.py TREE RECORDS`
evaluates records, one a line, and prints a line for each: the verdict, then every criterion's outcome.
"""
import calendar
import json
import math
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

INF = float("inf")
YES, NO, UNKNOWN = "yes", "no", "unknown"


# Kleene's logic.
def of(answer):
    return YES if answer else NO


def neg(a):
    return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[a]


def both(*answers):
    return NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES


def either(answers):
    answers = list(answers)
    return YES if YES in answers else UNKNOWN if UNKNOWN in answers else NO


# Intervals: (low, low is open, high, high is open); an infinite end is open. None is unknown.
def point(x):
    return (x, False, x, False)


def hull(a, b):
    (al, alo, ah, aho), (bl, blo, bh, bho) = a, b
    low = (al, alo and blo) if al == bl else min((al, alo), (bl, blo))
    high = (ah, aho and bho) if ah == bh else max((ah, aho), (bh, bho))
    return (*low, *high)


def cut(a, low, high):
    if low > a[0]:
        a = (low, False) + a[2:]
    return a if high >= a[2] else a[:2] + (high, False)


def minus(a):
    return (-a[2], a[3], -a[0], a[1])


def plus(a, b):
    return (a[0] + b[0], a[1] or b[1], a[2] + b[2], a[3] or b[3])


def times(a, b):
    def corner(x, x_open, y, y_open):
        if (x == 0 and not x_open) or (y == 0 and not y_open):
            return (Fraction(0), False)
        return (Fraction(0) if x == 0 or y == 0 else x * y, x_open or y_open)

    corners = [corner(*x, *y) for x in (a[:2], a[2:]) for y in (b[:2], b[2:])]
    low = min(corners, key=lambda c: (c[0], c[1]))
    high = max(corners, key=lambda c: (c[0], not c[1]))
    return (*low, *high)


def inverse(a):
    low, low_open, high, high_open = a
    if (low < 0 or low == 0 and not low_open) and (high > 0 or high == 0 and not high_open):
        return None

    def turn(x, x_open, at_zero):
        return (at_zero, True) if x == 0 else (Fraction(0), True) if abs(x) == INF else (1 / x, x_open)

    return (*turn(high, high_open, -INF), *turn(low, low_open, INF))


def whole_power(a, n):
    if n == 0:
        return point(Fraction(1))
    if n < 0:
        inverted = inverse(a)
        return None if inverted is None else whole_power(inverted, -n)
    if n % 2 == 0 and a[0] < 0:
        if a[2] <= 0:
            a = minus(a)
        else:
            a = (Fraction(0), False) + max((-a[0], a[1]), a[2:], key=lambda end: (end[0], not end[1]))
    return (a[0] ** n, a[1], a[2] ** n, a[3])


def real_power(a, exponent):
    if exponent == 0:
        return point(Fraction(1))
    if a[0] < 0 or (exponent < 0 and a[0] == 0 and not a[1]):
        return None

    def end(x, x_open):
        if x == INF:
            return (INF, True) if exponent > 0 else (Fraction(0), True)
        if x == 0 and exponent < 0:
            return (INF, True)
        return (Fraction(repr(float(x) ** float(exponent))), x_open)

    ends = [end(*a[:2]), end(*a[2:])]
    return (*ends[0], *ends[1]) if exponent > 0 else (*ends[1], *ends[0])


def compare(a, op, b):
    if a is None or b is None:
        return UNKNOWN
    if op in ("<", "<="):
        return compare(b, {"<": ">", "<=": ">="}[op], a)
    if op == "!=":
        return neg(compare(a, "==", b))
    touch_low = a[0] == b[2] and not a[1] and not b[3]  # a's least and b's greatest are one number
    touch_high = a[2] == b[0] and not a[3] and not b[1]
    if op == "==":
        if a[0] > b[2] or a[2] < b[0] or (a[0] == b[2] and not touch_low) or (a[2] == b[0] and not touch_high):
            return NO
        return YES if a[0] == a[2] == b[0] == b[2] else UNKNOWN
    if op == ">":
        return YES if a[0] > b[2] or (a[0] == b[2] and not touch_low) else NO if a[2] <= b[0] else UNKNOWN
    return YES if a[0] >= b[2] else NO if a[2] < b[0] or (a[2] == b[0] and not touch_high) else UNKNOWN


RUNNING = "running"


# Dates: a range of days and a range of seconds, both counted from 1970.
def ten_to(x):
    """Exact for a whole number, else to 12 digits."""
    x = max(Fraction(-300), min(Fraction(300), x))
    return Fraction(10) ** int(x) if x.denominator == 1 else Fraction(f"{10 ** float(x):.11e}")


def canonical(x, given, kind):
    """A number in the unit that `given` names, in the canonical unit of its type."""
    if kind["is"] != "quantity":
        return x
    way = kind["units"][given.get("unit") or kind["unit"]]
    if isinstance(way, dict) and "power_of_ten" in way:
        return ten_to(x) * Fraction(way["power_of_ten"])
    if isinstance(way, dict):
        return x * Fraction(way["factor"]) + Fraction(way["offset"])
    return x * Fraction(way)


class Date:
    def __init__(self, text=None):
        self.offset = None
        if text is RUNNING:
            self.days = self.seconds = (INF, INF)
            return
        if text is None:
            self.days = self.seconds = (-INF, INF)
            return
        day, _, clock = text.partition("T")
        parts = [int(part) for part in day.split("-")]
        first, last = (parts + [1, 1])[:3], (parts + [12])[:2]
        last.append(parts[2] if len(parts) == 3 else calendar.monthrange(*last)[1])
        self.days = (number(first), number(last))
        self.seconds = (self.days[0] * 86400, self.days[1] * 86400 + 86399)
        if clock:
            sign = next((mark for mark in "Z+-" if mark in clock), None)
            clock, _, offset = clock.partition(sign) if sign else (clock, "", "")
            hour, minute, second = ([int(part) for part in clock.split(".")[0].split(":")] + [0])[:3]
            moment = self.days[0] * 86400 + hour * 3600 + minute * 60 + second
            if sign:
                hours, minutes = [int(part) for part in offset.split(":")] if offset else (0, 0)
                self.offset = (hours * 3600 + minutes * 60) * (-1 if sign == "-" else 1)
                moment -= self.offset
            self.seconds = (moment, moment)

    def instants(self, other):
        if self.offset is None and other is not None and other.offset is not None:
            return (self.seconds[0] - 14 * 3600, self.seconds[1] + 14 * 3600)
        return self.seconds


def number(parts):
    return date(*parts).toordinal() - date(1970, 1, 1).toordinal()


def add_months(day, months):
    when = date.fromordinal(day + date(1970, 1, 1).toordinal())
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return number((year, month + 1, min(when.day, calendar.monthrange(year, month + 1)[1])))


def completed(born, day, unit):
    if unit in ("day", "week"):
        return (day - born) // (7 if unit == "week" else 1)
    born, day = (date.fromordinal(d + date(1970, 1, 1).toordinal()) for d in (born, day))
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return months // (12 if unit == "year" else 1)


AGES = {"a": Fraction(1461, 4), "mo": Fraction(487, 16), "wk": Fraction(7), "d": Fraction(1)}


def recorded(value, comparator, days):
    """A recorded age in units of so many days: whether it counts months, and the fewest and most of them or of days."""
    months = days / AGES["mo"] if days in (AGES["a"], AGES["mo"]) else None
    per = days if months is None else months
    if value.denominator == 1:
        low, high = value, value + 1
    else:
        digit = Fraction(1)
        while (value / digit).denominator != 1:
            digit /= 10
        low, high = value - digit / 2, value + digit
    if comparator in ("<", "<="):
        low, high = Fraction(0), value if comparator == "<" else high
    elif comparator in (">", ">="):
        high = None
    return months is not None, math.floor(low * per), INF if high is None else math.ceil(high * per) - 1


def at_most(a, b):
    return YES if a[1] <= b[0] else NO if a[0] > b[1] else UNKNOWN


def later(one, other):
    return one.instants(other)[0] > other.instants(one)[1]


def held(items, latest):
    """Which of (looked at, meets, value or None, date) count surely, and which perhaps."""
    surely, perhaps = [], []
    for i, (w, m, value, at) in enumerate(items):
        others = [item for j, item in enumerate(items) if j != i]
        clear = all(w2 == NO or m2 == YES or later(at, at2) or (None not in (value, v2) and v2 != value)
                    for w2, m2, v2, at2 in others)
        hidden = any(w2 == YES and None not in (value, v2) and v2 == value and later(at2, at)
                     for w2, m2, v2, at2 in others)
        surely.append(w == m == YES and (clear or not latest))
        perhaps.append(NO not in (w, m) and not (hidden and latest))
    return surely, perhaps


def consecutive(items):
    """The longest run of results that answer yes with no other between them: surely, and at most."""
    offset = next((at for _, _, at in items if at.offset is not None), None)
    items = [(m, c, at.instants(offset)) for m, c, at in items]
    good = [span for m, c, span in items if m == c == YES]
    bad = [span for m, c, span in items if m != NO and c != YES]
    may = [span for m, c, span in items if NO not in (m, c)]
    breakers = [span for m, c, span in items if m == YES and c == NO]
    sure = most = 0
    for start, _ in good:
        ends = [first for first, last in bad if last >= start]
        sure = max(sure, sum(first >= start and (not ends or last < min(ends)) for first, last in good))
    for _, start in may:
        ends = [last for first, last in breakers if first > start]
        most = max(most, sum(last >= start and (not ends or first <= min(ends)) for first, last in may))
    return sure, most


def apart(items, length):
    """How many results that answer yes are so far from each other: surely, and at most."""
    sure, after = 0, -INF
    for first, last in sorted((at.days for m, c, at in items if m == c == YES), key=lambda days: (days[1], days[0])):
        if sure == 0 or first >= after:
            sure, after = sure + 1, move((last, last), length, 1, None)[1]
    may = [at.days for m, c, at in items if NO not in (m, c)]
    dated = [days for days in may if INF not in (-days[0], days[1])]
    most, day = 0, -INF
    while most < len(may):
        days = [max(first, day) for first, last in dated if last >= day]
        if not days:
            break
        most, day = most + 1, move((min(days), min(days)), length, 1, None)[0]
    return sure, min(len(may), most + len(may) - len(dated))


def below(a, b):
    return neg(at_most(b, a))


SECONDS = {"second": 1, "minute": 60, "hour": 3600}
LATE = ("after", "at", "planned", "later_by")


def move(when, length, sign, half_life):
    """A range moved by a length; None when the length is not known."""
    if length is None:
        return when
    n, unit = length["n"] * sign, length["unit"]
    if unit == "half_life":
        if half_life is None:
            return None
        ends = sorted((n * half_life[0], n * half_life[2])) if n else (0, 0)
        return (when[0] + ends[0], when[1] + ends[1])
    if unit in ("month", "year"):
        months = n * (12 if unit == "year" else 1)
        return tuple(end if abs(end) == INF else add_months(end, months) for end in when)
    by = n * SECONDS.get(unit, 7 if unit == "week" else 1)
    return (when[0] + by, when[1] + by)


def on_clock(window):
    return any(key in window and window[key]["unit"] in SECONDS for key in ("before", "after", "length"))


def groups(parts, touch):
    """The parts that touch, also by way of others."""
    found = []
    for part in parts:
        joined = [group for group in found if any(touch(part, other) for other in group)]
        found = [group for group in found if group not in joined]
        found.append([p for group in joined for p in group] + [part])
    return found


class Part:
    """An entry that may be part of a course: the days of its start and end."""

    def __init__(self, scope, member):
        self.scope, self.item, self.sure = scope, scope["item"], member == YES
        item = self.item
        self.start, self.end = Date(item.get("start")), Date(item["end"]) if item.get("end") else None
        self.running = "end" in item and item["end"] is None
        self.is_point = "end" not in item and scope["declared"]["word"] == "event"
        s = e = self.start.days
        if self.running:
            e = (INF, INF)
        elif self.end:
            e = self.end.days
            s, e = (s[0], max(s[0], min(s[1], e[1]))), (min(e[1], max(e[0], s[0])), e[1])
        elif not self.is_point:
            e = (s[0], INF)
        self.s, self.long = s, (s[0], e[1])
        self.short = (s[1], e[0]) if s[1] <= e[0] else None


class Evaluator:
    def __init__(self, tree, record):
        assert tree["format"] == "elig-tree/3"
        assert tree["criteria"], "everybody would be eligible by a tree without criteria"
        self.tree = tree
        holds = tree["record"]
        self.facts = {fact["name"]: fact for fact in holds["facts"]}
        self.kinds = {kind["name"]: kind for kind in holds["kinds"]}
        self.dates = {name: text for name, text in record.get("anchors", {}).items() if text}
        self.anchors = {name: Date(text) for name, text in self.dates.items()}
        self.judgements = record.get("judgements", {})
        given = {name: value for name, value in record.get("facts", {}).items() if value is not None}
        self.results = {name: as_list(given.get(name, [])) for name in self.facts}
        self.entries = {name: kind_of(given.get(name), self.kinds[name]) for name in self.kinds}
        for group in holds["groups"]:
            if group["name"] in given:
                listed = as_list(given[group["name"]] or [])
                for member in group["members"]:
                    if member not in given:
                        own = [e for e in listed if member in (e.get("drug"), e.get("kind"))]
                        self.entries[member] = (self.entries[member][0] + own, True)

        self.given_anchors = set(self.anchors)
        self.conflict = set()
        failed = [check for check in tree.get("checks", []) if self.answer(check["root"], None) == NO]
        for check in failed:
            for fact in check.get("facts", []):
                if self.results[fact]:
                    self.results[fact] = [{"value": None}]
                    self.conflict.add(fact)
            for kind in check.get("kinds", []):
                self.entries[kind] = ([], False)
            for anchor in check.get("anchors", []):
                self.anchors.pop(anchor, None)
                self.dates.pop(anchor, None)

    # Values of the record.
    def interval(self, value, declared):
        """The interval of a number given as a value or an object."""
        value = value if isinstance(value, dict) else {"value": value}
        if value.get("value") is None:
            return None
        kind = declared["type"]
        if kind["is"] == "titre" and isinstance(value["value"], str):
            sign, _, dilution = value["value"].partition(":")
            sign = sign.strip()[:-1].strip()  # without the 1
            sign = {"\u2265": ">=", "\u2264": "<="}.get(sign, sign) or value.get("comparator")
            value = {**value, "value": dilution.strip(), "comparator": sign}
        x = canonical(Fraction(value["value"]), value, kind)
        interval = {None: point(x), "=": point(x), "<": (-INF, True, x, True), "<=": (-INF, True, x, False),
                    ">": (x, True, INF, True), ">=": (x, False, INF, True)}[value.get("comparator")]
        possible = (kind["low"], kind["high"]) if kind["is"] == "score" else declared.get("possible")
        if possible and value.get("comparator") not in (None, "="):
            interval = cut(interval, Fraction(possible[0]), Fraction(possible[1]))
        return interval

    def plain(self, value, declared):
        """A code, level, yes/no or date; None when unknown."""
        if isinstance(value, dict):
            value = value.get("value")
        if declared["type"]["is"] == "ordinal" and isinstance(value, (int, Fraction)):
            return next(level for level in declared["type"]["levels"] if level == str(value))
        return value

    def attribute(self, scope, name):
        declared = next(a for a in scope["declared"]["attributes"] if a["name"] == name)
        return scope["item"].get(name) if isinstance(scope["item"], dict) else None, declared

    # Reading a fact.
    def members(self, read, fact):
        declared = self.facts[fact]
        for result in self.results[fact]:
            result = result if isinstance(result, dict) else {"value": result}
            scope = {"is": "result", "item": result, "declared": declared}
            yield result, self.answer(read.get("where", YES), scope)

    def candidates(self, read, fact):
        """The results that may be the latest, and whether there surely is one."""
        members = [(r, m, Date(r["at"]) if r.get("at") else None) for r, m in self.members(read, fact)]
        found, first = [], read.get("select") == "first"
        for result, m, at in members:
            surpassed = at is not None and any(
                m2 == YES and at2 is not None and (later(at, at2) if first else later(at2, at)) for _, m2, at2 in members)
            if m != NO and not surpassed:
                found.append(result)
        return found, any(m == YES for _, m, _ in members)

    def read(self, read, fact, question):
        """The answer of a question asked of one result, by the read's `select`."""
        select = read.get("select", "latest")
        if select in ("latest", "first"):
            found, known = self.candidates(read, fact)
            answers = {question(result) for result in found}
            return answers.pop() if known and len(answers) == 1 else UNKNOWN
        if isinstance(select, dict) and fact in self.conflict:
            return UNKNOWN
        members = list(self.members(read, fact))
        if isinstance(select, dict):
            return self.selected(select, fact, [(r, m, question(r)) for r, m in members])
        sure = any(m == YES for _, m in members)
        turn = neg if select == "every" else lambda a: a
        decided = either(both(m, turn(question(r))) if m != NO else NO for r, m in members)
        return turn(decided) if decided == YES or (decided == NO and sure) else UNKNOWN

    def selected(self, select, fact, members):
        """An object `select`: so many results, or the latest of each value."""
        some = any(m == YES for _, m, _ in members)
        by = select.get("any_latest_by") or select.get("every_latest_by")
        if by:
            turn = neg if "every_latest_by" in select else lambda a: a
            value = lambda r: self.plain(*self.attribute({"item": r, "declared": self.facts[fact]}, by))
            items = [(m, turn(c), value(r), Date(r.get("at"))) for r, m, c in members]
            surely, perhaps = held(items, True)
            answer = YES if any(surely) else NO if some and not any(perhaps) else UNKNOWN
            return turn(answer)
        items = [(m, c, Date(r.get("at"))) for r, m, c in members]
        if select.get("consecutive"):
            sure, most = consecutive(items)
        elif "apart" in select:
            sure, most = apart(items, select["apart"])
        else:
            sure = sum(m == c == YES for m, c, _ in items)
            most = sum(NO not in (m, c) for m, c, _ in items)
        if "at_most" in select:
            return NO if sure > select["at_most"] else YES if some and most <= select["at_most"] else UNKNOWN
        return YES if sure >= select["at_least"] else NO if some and most < select["at_least"] else UNKNOWN

    def extreme(self, operand):
        """The highest or lowest result."""
        members = [(self.result_value(operand, r), m) for r, m in self.members(operand, operand["fact"]) if m != NO]
        sure = [value for value, m in members if m == YES]
        if not sure:
            return None
        further = greater if operand["select"] == "highest" else lesser
        ends = [join(further, sure), join(further, [value for value, _ in members])]
        return join(hull, ends)

    def value_test(self, test, scope, question):
        if "attribute" in test:
            value = self.plain(*self.attribute(scope, test["attribute"]))
            return UNKNOWN if value is None else question(value)
        fact = test["fact"]

        def of_result(result):
            value = self.plain(result, self.facts[fact])
            return UNKNOWN if value is None else question(value)

        return self.read(test, fact, of_result)

    # The loop and the tests.
    def answer(self, at, scope):
        while not isinstance(at, str):
            node = self.tree["nodes"][at]
            at = node[self.test(self.tree["tests"][node["test"]], scope)]
        return at

    def test(self, test, scope):
        return getattr(self, "test_" + test["test"])(test, scope)

    def test_todo(self, test, scope):
        return UNKNOWN

    def test_judged(self, test, scope):
        judgement = self.judgements.get(test["question"])
        return UNKNOWN if judgement is None else of(judgement)

    def test_among(self, test, scope):
        return self.value_test(test, scope, lambda value: of(value in test["values"]))

    def test_is_yes(self, test, scope):
        fact = test.get("fact")
        if fact and self.facts[fact].get("absent_means_no") and not self.results[fact]:
            return of("at_most" in test.get("select", {}))
        return self.value_test(test, scope, of)

    def test_compare(self, test, scope):
        left, right = test["left"], self.operand(test["right"], scope)
        several = several_read(left)
        if several is None:
            return compare(self.operand(left, scope), test["op"], right)

        def question(result):
            return compare(self.operand(left, scope, result), test["op"], right)

        return self.read(several, several.get("fact") or several["given"], question)

    def test_chosen(self, test):
        """Entries that stand for others: the counts of values, surely and at most."""
        items, complete, by, latest = [], True, test.get("by"), test.get("latest", False)
        for kind in test["kinds"]:
            declared = self.kinds[kind]
            complete = complete and self.entries[kind][1]
            for e in self.entries[kind][0]:
                scope = {"is": "entry", "item": e, "declared": declared}
                planned = e.get("planned") is True and not test.get("planned")
                w = NO if planned else self.answer(test.get("among", YES), scope)
                m = NO if w == NO else self.answer(test.get("where", YES), scope)
                value = self.plain(*self.attribute(scope, by)) if by else "one"
                items.append((w, m, value, Date(e.get("start"))))
        surely, perhaps = held(items, latest)
        values = {item[2] for item, is_held in zip(items, surely) if is_held}
        sure = max(len(values - {None}), 1 if values else 0)
        may = [item[2] for item, is_held in zip(items, perhaps) if is_held]
        kind = by and next(a for a in self.kinds[test["kinds"][0]]["attributes"] if a["name"] == by)["type"]
        most = len(kind.get("values", kind.get("levels", (False, True)))) if by else 1
        possible = min(most, len(set(may) - {None}) + may.count(None))
        return (sure, possible) if complete else (0 if latest else sure, most)

    def test_entries(self, test, scope):
        if test.get("latest") or test.get("by"):
            sure, possible = self.test_chosen(test)
            if test["op"] == ">=":
                return YES if sure >= test["count"] else NO if possible < test["count"] else UNKNOWN
            return YES if possible <= test["count"] else NO if sure > test["count"] else UNKNOWN
        sure = possible = 0
        for kind in test["kinds"]:
            entries, complete = self.entries[kind]
            if not test.get("planned"):
                entries = [e for e in entries if e.get("planned") is not True]
            scopes = ({"is": "entry", "item": e, "declared": self.kinds[kind]} for e in entries)
            answers = [self.answer(test.get("where", YES), scope) for scope in scopes]
            if test.get("distinct"):
                sure += YES in answers
                possible += YES in answers or UNKNOWN in answers or not complete
            else:
                sure += answers.count(YES)
                possible += len(answers) - answers.count(NO) + (0 if complete else INF)
        if test["op"] == ">=":
            return YES if sure >= test["count"] else NO if possible < test["count"] else UNKNOWN
        return YES if possible <= test["count"] else NO if sure > test["count"] else UNKNOWN

    def test_course(self, test, scope):
        if not test.get("distinct"):
            return self.courses(test, test["kinds"])
        answers = [self.courses(test, [kind]) for kind in test["kinds"]]
        sure, possible = answers.count(YES), len(answers) - answers.count(NO)
        if test["op"] == ">=":
            return YES if sure >= test["count"] else NO if possible < test["count"] else UNKNOWN
        return YES if possible <= test["count"] else NO if sure > test["count"] else UNKNOWN

    def courses(self, test, kinds):
        parts, late = [], any(window["is"] in LATE for window in test["windows"])
        for kind in kinds:
            for item in self.entries[kind][0]:
                scope = {"is": "entry", "item": item, "declared": self.kinds[kind]}
                passed_over = item.get("planned") is True and not test.get("planned")
                member = NO if passed_over else self.answer(test.get("where", YES), scope)
                if member != NO:
                    parts.append(Part(scope, member))
        touch = lambda one, other: all(x[0] <= y[1] + test.get("gap", 0) + 1 for x, y in ((one, other), (other, one)))
        surely = groups([p for p in parts if p.sure and p.short], lambda p, q: touch(p.short, q.short))
        for part in parts:
            earlier = lambda other: other.s[1] < part.s[0] or (
                other.start.instants(part.start)[1] < part.start.instants(other.start)[0])
            part.first = not late or not any(
                part.short and any(touch(part.short, p.short) for p in group) and any(map(earlier, group))
                for group in surely)
        surely += [[p] for p in parts if p.sure and not p.short]
        possible = groups(parts, lambda p, q: touch(p.long, q.long))
        found = either(self.course(test, group, surely) for group in possible)
        complete = all(self.entries[kind][1] for kind in kinds)
        return found if complete or found == YES and not late else UNKNOWN

    def course(self, test, group, surely):
        """What the courses made of one possible group answer."""
        if len(group) == 1:
            part, = group
            stand = (self.stands({**w, "of": "entry"}, part.item, part.scope) for w in test["windows"])
            return both(YES if part.sure else UNKNOWN, *stand)
        firsts = [part for part in group if part.first]
        windows = []
        for window in test["windows"]:
            anchor = self.anchors.get(window["anchor"], Date())
            dates = [d for p in group for d in (p.start, p.end or (anchor if p.running else None)) if d]
            beside = next((d for d in dates if d.offset is not None), Date())
            seen = {p: self.ranges(window, p.item, p.is_point, beside) for p in group}
            a = min(r[2][0] for r in seen.values()), max(r[2][1] for r in seen.values())
            windows.append((window, seen, a, max(r[1][1] for r in seen.values())))

        def of_all(members, window, seen, a, last):
            if window["is"] == "planned":
                answers = {self.holds(window, *seen[p][:2], a, p.item.get("planned")) for p in firsts}
                return answers.pop() if len(answers) == 1 else UNKNOWN
            s = min(seen[p][0][0] for p in firsts), min(seen[p][0][1] for p in members)
            return self.holds(window, s, (max(seen[p][1][0] for p in members), last), a, None)

        def beginning_with(p, window, seen, a, last):
            return self.holds(window, seen[p][0], (seen[p][1][0], last), a, p.item.get("planned"))

        inside = [members for members in surely if members[0] in group]
        if any(all(of_all(members, *window) == YES for window in windows) for members in inside):
            return YES
        may = any(all(beginning_with(p, *window) != NO for window in windows) for p in firsts)
        return UNKNOWN if may else NO
    # Daily doses.
    def shares(self, dose):
        """What each entry has to do with a daily dose, and whether there may be entries that are not listed."""
        shares, is_open = [], False
        for name in dose["kinds"]:
            kind, (entries, complete) = self.kinds[name], self.entries[name]
            is_open = is_open or not complete
            measured = kind.get("equivalent", {"factor": "1", "of": name})
            reference = dose.get("as", measured["of"])
            factor = Fraction(1) if reference == name else (
                Fraction(measured["factor"]) if measured["of"] == reference and "equivalent" in kind else None)
            for entry in entries:
                scope = {"is": "entry", "item": entry, "declared": kind}
                counts = NO if entry.get("planned") is True else self.answer(dose.get("where", YES), scope)
                if counts == NO:
                    continue
                start, end = Date(entry.get("start")).days, entry.get("end", "")
                end = (INF, INF) if end is None else Date(end).days if end else (start[0], INF)
                start = (start[0], max(start[0], min(start[1], end[1])))
                end = (min(end[1], max(end[0], start[0])), end[1])
                own, recorded = self.number_of(scope, "dose"), self.number_of(scope, reference + "_dose")
                if "as" in dose:
                    own = None if factor is None or own is None else times(own, point(factor))
                else:
                    recorded = None if recorded is None or not factor else times(recorded, inverse(point(factor)))
                amounts = [amount for amount in (own, recorded) if amount is not None]
                amount = join(hull, amounts) if amounts else ANY_DOSE
                stable = self.plain_of(scope, "stable")
                since = self.plain_of(scope, "dose_since")
                known = -INF if stable is True else Date(since).days[1] if since else INF if stable is False else -INF
                shares.append((name, entry, counts, start, end, known, amount))
        return shares, is_open

    def number_of(self, scope, name):
        if not any(a["name"] == name for a in scope["declared"]["attributes"]):
            return None
        value, declared = self.attribute(scope, name)
        return None if value is None else self.interval(value, declared)

    def plain_of(self, scope, name):
        if not any(a["name"] == name for a in scope["declared"]["attributes"]):
            return None
        return self.plain(*self.attribute(scope, name))

    def dose_on(self, dose, day):
        shares, is_open = self.shares(dose)
        whole = ANY_DOSE if is_open else point(Fraction(0))
        for _, _, counts, start, end, known, amount in shares:
            if start[0] <= day <= end[1]:
                amount = ANY_DOSE if day < known else amount
                sure = counts == YES and start[1] <= day <= end[0]
                whole = plus(whole, amount if sure else hull(amount, point(Fraction(0))))
        return whole

    def changes(self, dose):
        """Every day on which a daily dose may be another than on the day before."""
        days = set()
        for _, _, _, start, end, known, _ in self.shares(dose)[0]:
            days |= {start[0], start[1], end[0] + 1, end[1] + 1, known}
        return {day for day in days if abs(day) != INF}

    def days(self, dose, first, last):
        """A day of each part of first..last in which a daily dose does not change."""
        changes = sorted(day for day in self.changes(dose) if first < day <= last)
        before = changes[0] - 1 if changes else 0
        return [min(max(before, first), last)] + changes

    def daily_dose(self, dose):
        if "at" in dose:
            anchor = self.anchors.get(dose["at"], Date()).days
            return join(hull, [self.dose_on(dose, day) for day in self.days(dose, *anchor)])
        window = dose.get("highest") or dose.get("lowest")
        if not window:
            return self.dose_on(dose, self.day)
        anchor = self.anchors.get(window["anchor"])
        ends = [move(anchor.days, window.get(key), sign, None) for key, sign in (("before", -1), ("after", 1))] \
            if anchor else [(-INF, INF), (-INF, INF)]
        (first, inner_first), (inner_last, last) = ends
        doses = [self.dose_on(dose, day) for day in self.days(dose, first, last)]
        if inner_first > inner_last:
            return join(hull, doses)
        inner = [self.dose_on(dose, day) for day in self.days(dose, inner_first, inner_last)]
        if "highest" in dose:
            return join(greater, inner)[:2] + join(greater, doses)[2:]
        return join(lesser, doses)[:2] + join(lesser, inner)[2:]

    def given_or_dose(self, operand, dose, scope):
        """A value that the record gives, where it would be worked out from a daily dose."""
        read = {"fact": operand["given"], "where": operand.get("where", YES)}
        given = self.operand(read, scope)
        if given is None:
            return None
        worked_out = self.operand(operand["else"], scope)
        dates = [result.get("at") if isinstance(result, dict) else None
                 for result in self.candidates(read, operand["given"])[0]]
        dated = [Date(at).days[0] for at in dates if at]
        until = self.anchors.get(dose.get("at"), Date()).days[1]
        changed = "at" in dose and dated and any(
            change.days[1] > min(dated) and change.days[0] <= until
            for name, entry, _, _, _, known, amount in self.shares(dose)[0]
            if amount != point(Fraction(0)) or known != -INF
            for change in self.change_dates(name, entry))
        apart = None in dates and compare(given, "==", worked_out) == NO
        return hull(given, worked_out) if changed or apart else given

    def change_dates(self, name, entry):
        since = self.plain_of({"item": entry, "declared": self.kinds[name]}, "dose_since")
        return [Date(text) for text in (entry.get("start"), entry.get("end"), since) if text]

    def test_stretch(self, test, scope):
        doses = daily_doses([test["left"], test["right"]])
        starts = [-INF] + sorted(set().union(*[self.changes(dose) for dose in doses if not DAYS & dose.keys()]))
        # The possible ones with the day from which on it is so on each of their days.
        sure, possible = [], []
        for first, after in zip(starts, starts[1:] + [INF]):
            self.day = min(after - 1, 0) if first == -INF else first
            answer = compare(self.operand(test["left"], None), test["op"], self.operand(test["right"], None))
            if answer == YES:
                before = sure.pop() if sure and sure[-1][1] == first - 1 else (first,)
                sure.append((before[0], after - 1))
            if answer != NO:
                since = first if answer == YES else after
                before = possible.pop() if possible and possible[-1][1] == first - 1 else None
                if before:
                    possible.append((before[0], after - 1, before[2] if answer == YES else since))
                else:
                    possible.append((first, after - 1, since))

        def surely(first, last):
            may_go_on = any(row[1] == INF and row[0] <= first for row in possible)
            return all(self.stretch_stands(test, first, end, first) == YES for end in {last, INF if may_go_on else last})

        if any(surely(*days) for days in sure):
            return YES
        return UNKNOWN if any(self.stretch_stands(test, *days) != NO for days in possible) else NO

    def stretch_stands(self, test, first, last, since):
        scope = {"is": "entry", "declared": {"word": "drug"}}
        answers = []
        for window in test["windows"]:
            item = {"start": iso(max(first, number((1800, 1, 1)))), "end": None if last == INF else iso(last)}
            if last == INF and window["is"] == "lasting" and since > self.anchors.get(window["anchor"], Date()).days[0]:
                # Whether it goes on, or how long, is not known.
                del item["end"]
            answers.append(self.stands({"of": "entry", **window}, item, {**scope, "item": item}))
        return both(*answers)

    def test_window(self, test, scope):
        if "about" in test:
            found, listed = self.about(test["about"])
            if not found and listed:
                return NO
        if test["of"] == "anchor":
            at = self.dates.get(test["of_anchor"])
            return self.stands(test, point_at(at), scope) if at else UNKNOWN
        if test["of"] == "entry":
            return self.stands(test, scope["item"], scope)
        if test["of"] == "result":
            at = scope["item"].get("at")
            return self.stands(test, point_at(at), scope) if at else of(True) if test.get("undated") else UNKNOWN
        if test["of"] == "attribute" and scope["is"] == "entry" and test["attribute"] in ("start", "end"):
            # One that is not given is any day.
            return self.stands(test, point_at(entry_date(scope["item"], scope["declared"], test["attribute"])), scope)
        if test["of"] == "attribute":
            at = self.plain(*self.attribute(scope, test["attribute"]))
            return self.stands(test, point_at(at), scope) if at else UNKNOWN

        def question(result):
            at = self.plain(result, self.facts[test["fact"]])
            return self.stands(test, point_at(at), scope) if at else UNKNOWN

        return self.read(test, test["fact"], question)

    def half_life(self, scope):
        declared = scope["declared"] if scope else {}
        if any(a["name"] == "half_life" for a in declared.get("attributes", [])):
            value, attribute = self.attribute(scope, "half_life")
            if value is not None and self.interval(value, attribute) is not None:
                return self.interval(value, attribute)
        return point(Fraction(declared["half_life"])) if "half_life" in declared else None

    def about(self, about):
        """The entries that count or may, each with its answer and its kind, and whether these are all."""
        found, listed = [], True
        for kind in about["kinds"]:
            entries, complete = self.entries[kind]
            listed = listed and complete
            for entry in entries:
                if entry.get("planned") is True:
                    continue
                scope = {"is": "entry", "item": entry, "declared": self.kinds[kind]}
                counts = self.answer(about.get("where", YES), scope)
                if counts != NO:
                    found.append((counts, entry, self.kinds[kind]))
        return found, listed

    def stands(self, test, item, scope):
        if "about" not in test:
            return self.stands_to(test, item, scope, self.anchors.get(test["anchor"], Date()), None)
        about = test["about"]
        found, listed = self.about(about)
        instants = any(test[key]["unit"] in SECONDS for key in ("before", "after", "length") if key in test)
        looked = [Date(item[key]) for key in ("end", "start") if item.get(key)]
        dates = [Date(entry[key]) for _, entry, _ in found for key in ("start", "end") if entry.get(key)]
        clock = next((date for date in dates if date.offset is not None), Date())
        against = next((date for date in dates + looked if date.offset is not None), Date())

        def scale(text):
            return Date(text).instants(against) if instants else Date(text).days

        spans = []
        for counts, entry, kind in found:
            s = scale(entry.get("start"))
            if entry.get("end"):
                e = scale(entry["end"])
                if not instants or (Date(entry.get("start")).offset is None) == (Date(entry["end"]).offset is None):
                    s = (s[0], max(s[0], min(s[1], e[1])))
                    e = (min(e[1], max(e[0], s[0])), e[1])
            elif "end" in entry:
                e = (INF, INF)
            else:
                e = s if kind["word"] == "event" else (s[0], INF)
            spans.append((counts, s, e))
        sure = [s for counts, s, _ in spans if counts == YES]
        if not listed:
            spans.append((UNKNOWN, (-INF, INF), (-INF, INF)))
        answers = [] if sure else [NO]
        for _, s, e in spans:
            if about["entry"] == "last":
                bound = max([start[0] for start in sure], default=-INF)
                if s[1] < bound:
                    continue
                own = e if about.get("end") else s
                own = (max(own[0], bound), max(own[1], bound))
            else:
                bound = min([start[1] for start in sure], default=INF)
                if s[0] > bound:
                    continue
                own = e if about.get("end") else (min(s[0], bound), min(s[1], bound))
            answers.append(self.stands_to(test, item, scope, clock, own))
        return answers[0] if all(answer == answers[0] for answer in answers) else UNKNOWN

    def stands_to(self, test, item, scope, anchor, own):
        """How an item is to a date; `own`, where it is given, is the range of that date, on the clock of `anchor`."""
        relation, strict = test["is"], test.get("strict", False)
        lengths = [test[key] for key in ("before", "after", "length") if key in test]
        half_life = self.half_life(scope) if any(length["unit"] == "half_life" for length in lengths) else None
        is_point = "end" not in item and (test["of"] != "entry" or scope["declared"]["word"] == "event")
        s, e, a = self.ranges(test, item, is_point, anchor=anchor, own=own)
        return self.holds(test, s, e, a, item.get("planned"), is_point, half_life)

    def ranges(self, test, item, is_point, beside=None, anchor=None, own=None):
        """The start, the end and the anchor; in a course, `lasting` compares on the clock of the date `beside`."""
        relation, instants = test["is"], on_clock(test)
        anchor = self.anchors.get(test["anchor"], Date()) if anchor is None else anchor
        start = Date(item.get("start"))
        end = Date(item["end"]) if item.get("end") else None
        running = "end" in item and item["end"] is None
        opposite = anchor
        if relation == "lasting":
            opposite = beside or end or anchor
        s = start.instants(opposite) if instants else start.days
        seen_from = beside if relation == "lasting" and beside else end if end and end.offset is not None else start
        a = own if own is not None else anchor.instants(seen_from) if instants else anchor.days
        if is_point:
            e = s
        elif running:
            e = a if relation == "lasting" else (INF, INF)
            if beside is not None and relation == "lasting":
                # A course has lasted up to the start of what begins behind the anchor.
                e = max(a[0], s[0]), max(a[1], s[1])
        elif end is None:
            e = (s[0], INF)
        else:
            e = end.instants(beside or start if relation == "lasting" else anchor) if instants else end.days
            if not instants or (start.offset is None) == (end.offset is None):
                s = (s[0], max(s[0], min(s[1], e[1])))
                e = (min(e[1], max(e[0], s[0])), e[1])
        return s, e, a

    def holds(self, test, s, e, a, planned, is_point=False, half_life=None):
        relation, strict = test["is"], test.get("strict", False)
        if relation == "within":
            low = move(a, test.get("before"), -1, half_life)
            high = move(a, test.get("after"), 1, half_life)
            return UNKNOWN if None in (low, high) else both(at_most(s, high), at_most(low, e))
        if relation == "before":
            return below(s, a)
        if relation == "after":
            return below(a, s)
        if relation == "at":
            return both(at_most(s, a), at_most(a, s))
        if relation == "up_to":
            return at_most(s, a)
        if relation == "current":
            return both(at_most(s, a), at_most(a, e))
        if relation == "planned":
            return of(planned) if planned is not None else below(a, s)
        order = below if strict else at_most
        length = test["length"]
        if relation in ("throughout", "lasting") and is_point:
            return of(length["n"] == 0 and not strict) if relation == "lasting" or length["n"] else both(
                at_most(s, a), at_most(a, e))
        base = s if relation == "lasting" else a
        moved = move(base, length, 1 if relation in ("later_by", "lasting") else -1, half_life)
        if moved is None:
            return UNKNOWN
        if relation == "earlier_by":
            return order(s, moved)
        if relation == "later_by":
            return order(moved, s)
        if relation == "lasting":
            return order(moved, e)
        reach = (a[0], max(a[0], min(a[1], e[1])))
        if at_most(s, move(reach, length, -1, half_life)) == NO:
            return NO
        return both(at_most(s, moved), at_most(a, e))

    # Operands.
    def result_value(self, operand, result):
        value = self.interval(result, self.facts[operand["fact"]])
        if "over" not in operand or value is None:
            return value
        limit = result.get(operand["over"])
        if limit is None:
            return None
        kind = self.facts[operand["fact"]]["type"]
        return times(value, inverse(point(canonical(Fraction(limit), result, kind))))

    def operand(self, operand, scope, result=None):
        """An operand's interval or None; `result` stands for an `any` or `every` read."""
        if "number" in operand:
            return point(Fraction(operand["number"]))
        if "fact" in operand:
            if operand.get("select") in ("highest", "lowest"):
                return self.extreme(operand)
            if operand.get("select", "latest") not in ("latest", "first"):
                return self.result_value(operand, result)
            found, known = self.candidates(operand, operand["fact"])
            return join(hull, [self.result_value(operand, r) for r in found]) if known else None
        if "attribute" in operand:
            value, declared = self.attribute(scope, operand["attribute"])
            return None if value is None else self.interval(value, declared)
        if "given" in operand:
            if not self.results[operand["given"]]:
                return self.operand(operand["else"], scope, result)
            dose = worked_out_from(operand["else"])
            if dose:
                return self.given_or_dose(operand, dose, scope)
            return self.operand({"fact": operand["given"], "where": operand.get("where", YES)}, scope)
        if "daily_dose" in operand:
            return self.daily_dose(operand["daily_dose"])
        if "completed" in operand:
            return self.completed(operand["completed"], result)
        if "if" in operand:
            answer = self.answer(operand["if"], scope)
            taken = {YES: ["then"], NO: ["else"], UNKNOWN: ["then", "else"]}[answer]
            return join(hull, [self.operand(operand[branch], scope, result) for branch in taken])
        if "power" in operand:
            base, exponent = self.operand(operand["power"], scope, result), Fraction(operand["exponent"])
            if base is None:
                return None
            return whole_power(base, int(exponent)) if exponent.denominator == 1 else real_power(base, exponent)
        word = next(word for word in ("add", "subtract", "multiply", "divide", "min", "max") if word in operand)
        parts = [self.operand(part, scope, result) for part in operand[word]]
        return join(OPERATIONS[word], parts)

    def completed(self, age, result):
        """An age in completed units."""
        given, on = age.get("given"), self.anchors[age["to"]].days if age["to"] in self.anchors else None
        if given and age.get("select", "latest") != "latest":
            return self.recorded(age, result, on)
        if given and self.results[given]:
            found, known = self.candidates(age, given)
            return join(hull, [self.recorded(age, r, on) for r in found]) if known else None
        dates = [self.plain(result, self.facts[age["from"]]) for result in self.results[age["from"]]]
        if not dates or None in dates or on is None:
            return None
        days = [Date(text).days for text in dates]
        first, last = min(d[0] for d in days), max(d[1] for d in days)
        return whole(completed(last, on[0], age["unit"]), completed(first, on[1], age["unit"]))

    def recorded(self, age, result, on):
        """The completed units of one recorded age."""
        kind, unit = self.facts[age["given"]]["type"], age["unit"]
        value = result if isinstance(result, dict) else {"value": result}
        if value.get("value") is None:
            return None
        days = Fraction(kind["units"][value.get("unit") or kind["unit"]]) * AGES[kind["unit"]]
        in_months, low, high = recorded(Fraction(value["value"]), value.get("comparator"), days)
        back = (lambda day, n: add_months(day, -n)) if in_months else (lambda day, n: day - n)
        if value.get("at") is not None:
            if on is None:
                return None
            of = Date(value["at"]).days
            latest, earliest = back(of[1], low), INF if high == INF else back(of[0], high + 1) + 1
            return whole(completed(latest, on[0], unit), INF if high == INF else completed(earliest, on[1], unit))
        if in_months == (unit in ("month", "year")):
            size = {"year": 12, "week": 7}.get(unit, 1)
            return whole(low // size, high if high == INF else high // size)
        if on is None:
            return None
        ends = [(completed(back(day, low), day, unit),
                 INF if high == INF else completed(back(day, high + 1) + 1, day, unit))
                for day in range(on[0], on[1] + 1)]
        return whole(min(low for low, _ in ends), max(high for _, high in ends))

    # Outcomes.
    def outcomes(self):
        return {c["id"]: self.answer(c["root"], None) for c in self.tree["criteria"]}


def whole(low, high):
    return (Fraction(low), False, INF if high == INF else Fraction(high), high == INF)


def divide(a, b):
    inverted = inverse(b)
    return None if inverted is None else times(a, inverted)


def lesser(a, b):
    return minus(greater(minus(a), minus(b)))


def greater(a, b):
    low = (a[0], a[1] or b[1]) if a[0] == b[0] else max(a[:2], b[:2], key=lambda end: end[0])
    high = max(a[2:], b[2:], key=lambda end: (end[0], not end[1]))
    return (*low, *high)


OPERATIONS = {"add": plus, "subtract": lambda a, b: plus(a, minus(b)), "multiply": times, "divide": divide,
              "min": lesser, "max": greater}


def join(operation, parts):
    whole = parts[0] if parts else None
    for part in parts[1:]:
        whole = None if whole is None or part is None else operation(whole, part)
    return whole


ANY_DOSE = (Fraction(0), False, INF, True)
DAYS = {"at", "highest", "lowest"}


def iso(day):
    return date.fromordinal(day + date(1970, 1, 1).toordinal()).isoformat()


def worked_out_from(operand):
    """The daily dose that a value is worked out from, where it is one."""
    return worked_out_from(operand["multiply"][0]) if "multiply" in operand else operand.get("daily_dose")


def daily_doses(operand):
    if isinstance(operand, list):
        return [dose for part in operand for dose in daily_doses(part)]
    if not isinstance(operand, dict):
        return []
    if "daily_dose" in operand:
        return [operand["daily_dose"]]
    return daily_doses(list(operand.values()))


def several_read(operand):
    """The read of an operand that asks each result, if it has one."""
    if isinstance(operand, list):
        return next(filter(None, map(several_read, operand)), None)
    if not isinstance(operand, dict):
        return None
    if operand.get("select", "latest") not in ("latest", "first", "highest", "lowest"):
        return operand
    return several_read([part for part in operand.values() if isinstance(part, (dict, list))])


def as_list(value):
    return value if isinstance(value, list) else [value]


def kind_of(value, kind):
    if value is None:
        return [], kind.get("absent_means_no", False)
    if value is True:
        return [{}], False
    return ([], True) if value is False else (as_list(value), True)


def entry_date(entry, kind, side):
    """The start or end of an entry as a date of its own."""
    if side == "start" or ("end" not in entry and kind["word"] == "event"):
        return entry.get("start")
    return RUNNING if entry.get("end", "") is None else entry.get("end")


def point_at(text):
    return {"start": text}


def verdict(outcomes):
    outcomes = list(outcomes)
    return "ineligible" if "fail" in outcomes else "undetermined" if UNKNOWN in outcomes else "eligible"


def run(tree, record):
    evaluator = Evaluator(tree, record)
    outcomes = evaluator.outcomes()
    order = [anchor["name"] for anchor in tree["anchors"]]
    default = order.index(tree["default_anchor"])
    stages = {name: verdict(outcomes[c["id"]] for c in tree["criteria"] if order.index(c["stage"]) <= place)
              for place, name in enumerate(order)}
    pending = [c["id"] for c in tree["criteria"] if outcomes[c["id"]] == UNKNOWN
               and order.index(c["stage"]) > default and c["stage"] not in evaluator.given_anchors]
    return {"verdict": verdict(outcomes.values()), "criteria": outcomes, "stages": stages, "pending": pending}


def agrees(expected, found):
    if isinstance(expected, dict):
        return all(agrees(value, found.get(key)) for key, value in expected.items())
    return expected == found


def run_vectors():
    passed = failed = 0
    for path in sorted(Path(__file__).parent.glob("*.json")):
        vector = json.loads(path.read_text(encoding="utf-8"), parse_float=Fraction)
        for case in vector["cases"]:
            found = run(vector["tree"], case["record"])
            if agrees(case["expect"], found):
                passed += 1
            else:
                failed += 1
                print(f"{path.name}: {case.get('name')}: expected {case['expect']}, found {found}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def run_records(tree_path, records_path):
    tree = json.loads(Path(tree_path).read_text(encoding="utf-8"))
    for line in Path(records_path).read_text(encoding="utf-8").splitlines():
        found = run(tree, json.loads(line, parse_float=Fraction))
        print(found["verdict"], *found["criteria"].values())
    return 0


if __name__ == "__main__":
    sys.exit(run_records(*sys.argv[1:]) if len(sys.argv) > 1 else run_vectors())
