#!/usr/bin/env python3
"""Random criteria as text, with what they mean by docs/language.md: `written.py SEED PROGRAMS RECORDS`.

Prints a line for each program, as JSON: its text, records, and each record's outcomes. The meaning is worked out from
what is written, word by word, with no other part of the project: a criterion is made together with a function that
answers it (True, False or None) of a patient.
"""
import calendar
import json
import sys
from datetime import date
from fractions import Fraction
from random import Random

INF = float("inf")
EVER = (-INF, INF)
ANCHORS = ["consent", "screening", "infusion"]
KINDS = {"zap": "event", "zip": "event", "ache": "condition", "pill": "drug", "tonic": "drug"}
GROUPS = {"zaps": ["zap", "zip"], "pills": ["pill", "tonic"]}
HALF_LIVES = {"tonic": 10}
ATTRIBUTES = "{ level: grade 0..5, site: one of {s1, s2, s3}, cured: yes_no, seen: date, size: score 0..20 }"
DECLARATIONS = f"""
fact mass: quantity [mg/dL] possible 0..1000 molar 100 g/mol uln lln {{ method: one of {{wet, dry, other}}, drawn: date }}
fact count: quantity [10*9/L] possible 0..1000
fact points: score 0..100
fact word: one of {{aa, bb, cc}} {{ method: one of {{wet, dry, other}}, drawn: date }}
fact rank: grade 0..5
fact asked: yes_no
fact told: yes_no absent means no
event zap {ATTRIBUTES}
event zip {ATTRIBUTES}
condition ache {ATTRIBUTES}
drug pill {ATTRIBUTES}
drug tonic half_life 10 d {ATTRIBUTES}
group zaps {{ zap, zip }}
group pills {{ pill, tonic }}
"""
VALUES = {"mass": [1, 2, 3, 5, 10, 40], "count": [1, 20, 50, 100], "points": [4, 6, 8, 12]}
MOST = {"mass": 1000, "count": 1000, "points": 100}
# How a unit is written in a program and in a record, and what leads from it to the fact's own.
UNITS = {
    "mass": [("mg/dL", "mg/dL", Fraction(1)), ("g/L", "g/L", Fraction(100)), ("µmol/L", "umol/L", Fraction(1, 100))],
    "count": [("x10^9/L", "10*9/L", Fraction(1)), ("/uL", "/uL", Fraction(1, 1000))],
    "points": [("", None, Fraction(1))],
}
OPS = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
       "==": lambda a, b: a == b, "!=": lambda a, b: a != b}


# Kleene's logic.
def no(a):
    return None if a is None else not a


def both(answers):
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def either(answers):
    return no(both(no(answer) for answer in answers))


def counted(low, high, holds):
    """Whether a number between `low` and `high` is one that holds: yes, no, or it may be either."""
    answers = {holds(number) for number in range(low, min(high, 9) + 1)}
    return answers.pop() if len(answers) == 1 else None


# Days, as ranges.
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
    return no(up_to(b, a))


def point(when):
    return {"start": when, "end": when, "planned": None, "half_life": None, "point": True}


# Numbers: (low, low is open, high, high is open).
def interval(fact, result, limit):
    if result["value"] is None:
        return None
    factor = next(factor for _, unit, factor in UNITS[fact] if unit == result.get("unit"))
    x, most = Fraction(str(result["value"])) * factor, Fraction(MOST[fact])
    ends = {None: (x, False, x, False), "<": (Fraction(0), False, x, True), "<=": (Fraction(0), False, x, False),
            ">": (x, True, most, False), ">=": (x, False, most, False)}[result.get("comparator")]
    if limit is None:
        return ends
    if limit not in result:
        return None
    normal = Fraction(str(result[limit])) * factor
    return ends[0] / normal, ends[1], ends[2] / normal, ends[3]


def compare(ends, op, bound):
    low, low_open, high, high_open = ends
    above, below = low > bound or (low == bound and low_open), high < bound or (high == bound and high_open)
    if op in ("==", "!="):
        same = True if low == high == bound else False if above or below else None
        return same if op == "==" else no(same)
    if op in (">", "<="):
        more = True if above else False if high <= bound else None
        return more if op == ">" else no(more)
    less = True if below else False if low >= bound else None
    return less if op == "<" else no(less)


def hull(many):
    low, high = min(ends[:2] for ends in many), max((ends[2], not ends[3]) for ends in many)
    return low[0], low[1], high[0], not high[1]


def of_results(patient, fact, which, counts, value, question):
    """A question asked of one of several results, of any, or of every one that counts."""
    results = [(result, counts(patient, result)) for result in patient["facts"].get(fact) or []]
    known = any(member is True for _, member in results)
    if which == "latest":
        sure = [days(result["at"]) for result, member in results if member is True and "at" in result]
        values = [value(result) for result, member in results if member is not False
                  and not ("at" in result and any(first > days(result["at"])[1] for first, _ in sure))]
        if not known or None in values:
            return None
        if fact in VALUES:
            return question(hull(values))
        answers = {question(value) for value in values}
        return answers.pop() if len(answers) == 1 else None
    answers = [(member, None if value(result) is None else question(value(result))) for result, member in results]
    turn = no if which == "every" else lambda answer: answer
    decided = either(both([member, turn(answer)]) for member, answer in answers)
    return turn(decided) if decided or (decided is False and known) else None


class Author:
    """Writes criteria: each part is its text, how tightly it holds, and its answer."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.pick = self.random.choice
        self.scope = None
        self.defined = []

    def chance(self, share):
        return self.random.random() < share

    def condition(self, depth):
        form = self.pick(["leaf", "leaf", "and", "or", "not", "block"]) if depth else "leaf"
        if form == "leaf":
            return self.leaf()
        items = [self.condition(depth - 1) for _ in range(1 if form == "not" else self.pick([2, 3]))]
        texts = [text if form == "block" or hold > {"or": 0, "and": 1, "not": 1}[form] else f"({text})"
                 for text, hold, _ in items]
        answers = lambda patient: [answer(patient) for _, _, answer in items]
        if form == "not":
            return f"not {texts[0]}", 2, lambda patient: no(answers(patient)[0])
        if form != "block":
            join = both if form == "and" else either
            return f" {form} ".join(texts), 1 if form == "and" else 0, lambda patient: join(answers(patient))
        size = len(items)
        n = self.random.randint(1, size - 1)
        words, holds = self.pick([
            ("any", lambda yes: yes > 0), ("all", lambda yes: yes == size), ("none", lambda yes: yes == 0),
            (f"at least {n}", lambda yes: yes >= n), (f"at most {n}", lambda yes: yes <= n),
            (f"exactly {n}", lambda yes: yes == n)])

        def answer(patient):
            given = answers(patient)
            sure = given.count(True)
            return counted(sure, sure + given.count(None), holds)
        return f"{words} of {{ {', '.join(texts)} }}", 3, answer

    def leaf(self):
        if self.scope == "entry":
            return self.of_entry()
        if self.scope == "result":
            return self.pick([self.method, self.drawn])()
        if self.defined and self.chance(0.1):
            return self.pick(self.defined)
        return self.pick([self.number, self.number, self.code, self.level, self.flag] + 4 * [self.entries])()

    # Windows.
    def length(self, half_lives):
        if half_lives and self.chance(0.3):
            return self.pick([1, 2, 5]), "half_lives"
        return self.pick([(7, "days"), (30, "days"), (2, "weeks"), (1, "months"), (6, "months"), (1, "years"), (2, "years")])

    def window(self, lasts=False, half_lives=False):
        """Its text, its answer, the anchor, and its first word."""
        anchor = self.pick(ANCHORS)
        form = self.pick(["within", "within", "within", "before", "after", "at", "beyond", "beyond"] + lasts * ["for"])
        behind = f" {anchor}"
        if form in ("within", "beyond", "for") and self.chance(0.3):
            anchor, behind = "screening", ""
        length = self.length(half_lives)
        text = f"{length[0]} {length[1]}"
        there = lambda patient: patient["anchors"].get(anchor, EVER)
        side = self.pick(["before", "after", "of"] if form == "within" else ["before", "after"])
        strict = self.chance(0.5)

        def within(patient, it):
            low = there(patient) if side == "after" else moved(there(patient), -1, length, it["half_life"])
            high = there(patient) if side == "before" else moved(there(patient), 1, length, it["half_life"])
            return both([up_to(it["start"], high), up_to(low, it["end"])])

        def beyond(patient, it):
            end = moved(there(patient), -1 if side == "before" else 1, length, it["half_life"])
            near, far = (it["start"], end) if side == "before" else (end, it["start"])
            return before(near, far) if strict else up_to(near, far)

        def throughout(patient, it):
            if it["point"]:
                return False
            first, last = there(patient)
            reach = (first, max(first, min(last, it["end"][1])))
            if up_to(it["start"], moved(reach, -1, length, it["half_life"])) is False:
                return False
            since = moved((first, last), -1, length, it["half_life"])
            return both([up_to(it["start"], since), up_to((first, last), it["end"])])

        texts = {"within": f"within {text} {side}", "for": f"for at least {text} before",
                 "beyond": f"{'more than' if strict else 'at least'} {text} {side}"}
        answers = {
            "within": within, "beyond": beyond, "for": throughout,
            "before": lambda patient, it: before(it["start"], there(patient)),
            "after": lambda patient, it: before(there(patient), it["start"]),
            "at": lambda patient, it: both([up_to(it["start"], there(patient)), up_to(there(patient), it["start"])]),
        }
        return texts.get(form, form) + behind, answers[form], anchor, form

    # Values.
    def subject(self, fact):
        """What stands behind the fact's name, its tails, and whether a result counts."""
        filtered, tails, parts = "", [], []
        if fact in ("mass", "word") and self.chance(0.35):
            text, _, inner = self.filter("result", 1)
            filtered = f" ({text})"
            parts.append(lambda patient, result: inner({**patient, "result": result}))
        windows = [self.window() for _ in range(self.pick([0, 1, 1]))]
        tails += [text for text, *_ in windows]
        if fact in ("mass", "word") and self.chance(0.15):
            text, _, outer = self.filter("result", 0)
            tails.append(f"except ({text})")
            parts.append(lambda patient, result: no(outer({**patient, "result": result})))

        def counts(patient, result):
            at = days(result["at"]) if "at" in result else None
            answers = [part(patient, result) for part in parts]
            answers += [None if at is None else answer(patient, point(at)) for _, answer, *_ in windows]
            if not windows:
                answers.append(at is None or up_to(at, patient["anchors"].get("screening", EVER)))
            return both(answers)
        return filtered, tails, counts

    def filter(self, scope, depth):
        self.scope, outer = scope, self.scope
        inner = self.condition(self.random.randint(0, depth))
        self.scope = outer
        return inner

    def put(self, head, predicate, tails):
        """A predicate stands before or behind any of the other tails."""
        place = self.random.randint(0, len(tails))
        return " ".join([head, *tails[:place], *([predicate] if predicate else []), *tails[place:]])

    def literal(self, fact, value):
        written, _, factor = self.pick(UNITS[fact])
        return f"{float(Fraction(value) / factor):g} {written}".strip()

    def number(self):
        fact = self.pick(["mass", "mass", "count", "points"])
        filtered, tails, counts = self.subject(fact)
        which = self.pick(["", "", "latest", "any", "every", "highest", "lowest"])
        op = self.pick([">=", "<=", ">", "<", "==", "!="])
        low, high = sorted([self.pick(VALUES[fact]), self.pick(VALUES[fact])])
        predicate, asked, limit = f"{op} {self.literal(fact, low)}", [(op, low)], None
        if which in ("highest", "lowest") and op == "!=":
            predicate, asked = f"== {self.literal(fact, low)}", [("==", low)]
        elif fact == "mass" and which not in ("highest", "lowest") and self.chance(0.3):
            limit, factor = self.pick(["uln", "lln"]), self.pick(["0.8", "1", "2.5"])
            predicate, asked = f"{op} {factor} x {limit.upper()}", [(op, Fraction(factor))]
        elif which != "any" and self.chance(0.2):
            predicate = f"between {self.literal(fact, low)} and {self.literal(fact, high)}"
            asked = [(">=", low), ("<=", high)]

        def answer(patient):
            def one(op, bound):
                rule = which or "latest"
                if rule in ("highest", "lowest"):
                    if op == "==":
                        return both([one(">=", bound), one("<=", bound)])
                    rule = "any" if (rule == "highest") == (op in (">", ">=")) else "every"
                return of_results(patient, fact, rule, counts, lambda result: interval(fact, result, limit),
                                  lambda ends: compare(ends, op, Fraction(bound)))
            return both(one(*one_asked) for one_asked in asked)
        return self.put(f"{which} {fact}{filtered}".strip(), predicate, tails), 3, answer

    def chosen(self, fact, predicate, question):
        """A word, level or yes/no, of one result or of several."""
        filtered, tails, counts = self.subject(fact)
        which = self.pick(["", "latest", "any", "every"])

        def answer(patient):
            if fact == "told" and not patient["facts"].get("told"):
                return False
            return of_results(patient, fact, which or "latest", counts, lambda result: result["value"], question)
        return self.put(f"{which} {fact}{filtered}".strip(), predicate, tails), 3, answer

    def among(self, words):
        """`is a`, `not in { a, b }`, and so on, with its question."""
        some = self.random.sample(words, self.pick([1, 1, 2]))
        negated = self.chance(0.5)
        text = f"in {{ {', '.join(some)} }}" if len(some) > 1 else f"is {'not ' if negated else ''}{some[0]}"
        return ("not " if negated and len(some) > 1 else "") + text, lambda value: (value in some) != negated

    def code(self):
        return self.chosen("word", *self.among(["aa", "bb", "cc"]))

    def level(self):
        op, n = self.pick(list(OPS)), self.random.randint(1, 4)
        if self.chance(0.2):
            return self.chosen("rank", f"between grade 1 and grade {n}", lambda level: 1 <= level <= n)
        return self.chosen("rank", f"{op} grade {n}", lambda level: OPS[op](level, n))

    def flag(self):
        return self.chosen(self.pick(["asked", "told"]), None, lambda flag: flag)

    def attribute(self, of, name, question):
        def answer(patient):
            value = patient[of].get(name)
            return None if value is None else question(patient, value)
        return answer

    def method(self):
        text, question = self.among(["wet", "dry", "other"])
        return f"method {text}", 3, self.attribute("result", "method", lambda _, value: question(value))

    def drawn(self):
        text, holds, *_ = self.window()
        return f"drawn {text}", 3, self.attribute("result", "drawn", lambda patient, at: holds(patient, point(days(at))))

    # Entries.
    def of_entry(self):
        op, n = self.pick(list(OPS)), self.random.randint(1, 4)
        form = self.pick(["level", "size", "site", "cured", "seen", "start", "end"])
        if form in ("level", "size"):
            return f"{form} {op} {n}", 3, self.attribute("entry", form, lambda _, value: OPS[op](value, n))
        if form == "site":
            text, question = self.among(["s1", "s2", "s3"])
            return f"site {text}", 3, self.attribute("entry", "site", lambda _, value: question(value))
        if form == "cured":
            return "cured", 3, self.attribute("entry", "cured", lambda _, value: value)
        text, holds, *_ = self.window()
        if form == "seen":
            return f"seen {text}", 3, self.attribute("entry", "seen", lambda patient, at: holds(patient, point(days(at))))

        def answer(patient):
            when = patient["stretch"]["dates"][form]
            return None if when is None else holds(patient, point(when))
        return f"{form} {text}", 3, answer

    def entries(self):
        names = self.pick([["zap"], ["zip"], ["ache"], ["pill"], ["tonic"], ["zaps"], ["pills"], ["zap", "ache"]])
        kinds = sorted({kind for name in names for kind in GROUPS.get(name, [name])})
        lasts = all(KINDS[kind] != "event" for kind in kinds)
        n = self.random.randint(1, 2)
        words, holds = self.pick([
            ("", lambda number: number > 0), ("any", lambda number: number > 0), ("no", lambda number: number == 0),
            (f"at least {n}", lambda number: number >= n), (f"at most {n}", lambda number: number <= n),
            (f"exactly {n}", lambda number: number == n)])
        distinct = n < len(kinds) and words[:1] in ("a", "e") and words != "any" and self.chance(0.4)
        time = self.pick(["", "", "prior", "planned"] + lasts * ["current"])
        named = names[0] if len(names) == 1 else "{ " + ", ".join(names) + " }"
        head = " ".join(part for part in [words, "distinct" if distinct else "", time, named] if part)
        tails, parts = [], []
        if self.chance(0.5):
            text, _, inner = self.filter("entry", 2)
            head += f" ({text})"
            parts.append(lambda patient, it: inner({**patient, "entry": it["given"], "stretch": it}))
        windows = [self.window(lasts, all(kind in HALF_LIVES for kind in kinds)) for _ in range(self.pick([0, 1, 1]))]
        tails += [text for text, *_ in windows]
        about = windows[0][2] if windows else "screening"
        if self.chance(0.15):
            length, strict = self.length(False), self.chance(0.5)
            tails.append(f"lasting {'more than' if strict else 'at least'} {length[0]} {length[1]}")

            def lasting(patient, it):
                if it["point"]:
                    return False
                end = patient["anchors"].get(about, EVER) if it["end"] == (INF, INF) else it["end"]
                return (before if strict else up_to)(moved(it["start"], 1, length), end)
            parts.append(lasting)
        if any(form == "for" for *_, form in windows) or any(tail.startswith("lasting") for tail in tails):
            # Courses are held to their days by a law of their own.
            tails.append("in one entry")
        if self.chance(0.2):
            text, _, outer = self.filter("entry", 1)
            tails.append(f"except ({text})")
            parts.append(lambda patient, it: no(outer({**patient, "entry": it["given"], "stretch": it})))

        def counts(patient, it):
            there = patient["anchors"].get(about, EVER)
            # What is marked as planned has not begun: it answers `planned` and nothing else.
            if it["planned"] is True and time != "planned":
                return False
            times = {"": [], "prior": [before(it["start"], there)],
                     "current": [up_to(it["start"], there), up_to(there, it["end"])],
                     "planned": [before(there, it["start"]) if it["planned"] is None else it["planned"]]}
            answers = times[time] + [part(patient, it) for part in parts]
            for _, answer, _, form in windows:
                # `prior K at infusion` names the day that `prior` is about.
                if not time or form != "at":
                    answers.append(answer(patient, it))
            return both(answers)

        def answer(patient):
            sure = possible = 0
            for kind in kinds:
                listed, complete = patient["entries"][kind]
                answers = [counts(patient, it) for it in listed]
                if distinct:
                    sure += True in answers
                    possible += True in answers or None in answers or not complete
                else:
                    sure += answers.count(True)
                    possible += len(answers) - answers.count(False) + (0 if complete else 9)
            return counted(sure, possible, holds)
        return self.put(head, None, tails), 3, answer

    # Statements.
    def criterion(self, number):
        word = self.pick(["require", "exclude"])
        text, _, answer = self.condition(2)
        form = self.pick(["", "", "second", "elided"])
        guard = self.pick(["", "", "unless", "when"])
        if form == "second":
            (other, _, second), (when, _, under) = self.condition(0), self.condition(1)
            text, first = f"{text}, or {other} when {when}", answer
            answer = lambda patient: either([first(patient), both([second(patient), under(patient)])])
        elif form == "elided":
            fact = self.pick(list(VALUES))
            filtered, tails, counts = self.subject(fact)
            bounds = [(self.pick(["<", "<=", ">", ">="]), self.pick(VALUES[fact])) for _ in range(2)]
            when, _, under = self.condition(1)
            one, two = (f"{op} {self.literal(fact, bound)}" for op, bound in bounds)
            text = f"{self.put(fact + filtered, one, tails)}, or {two} when {when}"

            def meets(patient, op, bound):
                return of_results(patient, fact, "latest", counts, lambda result: interval(fact, result, None),
                                  lambda ends: compare(ends, op, Fraction(bound)))
            answer = lambda patient: either([meets(patient, *bounds[0]), both([meets(patient, *bounds[1]), under(patient)])])
        if guard:
            when, _, given = self.condition(1)
            text, asked = f"{text} {guard} {when}", answer
            lifted = given if guard == "unless" else lambda patient: no(given(patient))
            if word == "require":
                answer = lambda patient: either([lifted(patient), asked(patient)])
            else:
                answer = lambda patient: both([no(lifted(patient)), asked(patient)])

        def outcome(patient):
            found = answer(patient)
            return "unknown" if found is None else "pass" if found == (word == "require") else "fail"
        return f"{word} [C{number}] {text}", outcome

    def program(self):
        lines = [DECLARATIONS]
        if self.chance(0.4):
            text, _, answer = self.condition(2)
            lines.append(f"define named = {text}")
            self.defined.append(("named", 3, answer))
        criteria = [self.criterion(number) for number in range(2)]
        outcomes = [outcome for _, outcome in criteria]
        if self.chance(0.1):
            # One criterion more, which nobody knows, before the others.
            lines.insert(0, 'trial T1 { incomplete "a part of it is not public" }')
            outcomes.insert(0, lambda patient: "unknown")
        return "\n".join(lines + [text for text, _ in criteria]), outcomes


class Clinic:
    """Makes records, and patients of them."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.pick = self.random.choice
        self.days = []

    def chance(self, share):
        return self.random.random() < share

    def day(self):
        anchor, length = self.pick(self.days), self.pick([(0, "days"), (7, "days"), (30, "days"), (2, "weeks"),
                                                          (1, "months"), (6, "months"), (1, "years"), (20, "days")])
        return moved((anchor, anchor), self.pick([-1, -1, 1]), length)[0] + self.pick([0, 0, 1, -1])

    def written(self, day, coarse=0.15):
        return str(date.fromordinal(day))[: self.pick([4, 7]) if self.chance(coarse) else 10]

    def value(self, fact):
        if fact not in VALUES:
            return {"value": self.pick({"word": ["aa", "bb", "cc"], "rank": list(range(6))}.get(fact, [True, False]))}
        value = self.pick(VALUES[fact]) + self.pick([0, 0, 1, -1] if fact == "points" else [0, 0, 0.5, -0.5])
        _, unit, factor = self.pick(UNITS[fact])
        given = {"value": float(Fraction(value) / factor)}
        if unit:
            given["unit"] = unit
        if self.chance(0.12):
            given["comparator"] = self.pick(["<", "<=", ">", ">="])
        if fact == "mass" and self.chance(0.8):
            given |= {"lln": float(1 / factor), "uln": float(self.pick([2, 5]) / factor)}
        return given

    def result(self, fact):
        result = {"value": None} if self.chance(0.04) else self.value(fact)
        if self.chance(0.9):
            result["at"] = self.written(self.day())
        if fact in ("mass", "word"):
            given = {"method": self.pick(["wet", "dry", "other"]), "drawn": self.written(self.day())}
            result |= {name: value for name, value in given.items() if self.chance(0.85)}
        return result

    def entry(self, kind):
        start = self.day()
        given = {"start": self.written(start), "level": self.pick(range(6)), "site": self.pick(["s1", "s2", "s3"]),
                 "cured": self.chance(0.5), "seen": self.written(self.day()), "size": self.random.randint(1, 6)}
        entry = {name: value for name, value in given.items() if self.chance(0.88)}
        end = self.pick(["given", "given", "none", "none", "running"])
        if end == "given":
            entry["end"] = self.written(start + self.pick([0, 1, 7, 14, 30, 61, 365]))
        elif end == "running" and KINDS[kind] != "event":
            entry["end"] = None
        if self.chance(0.15):
            entry["planned"] = self.chance(0.5)
        return entry

    def record(self, number):
        screening = date(2026, 3, 1).toordinal()
        self.days = [screening - self.pick([0, 9, 28]), screening, screening + self.pick([0, 10, 31])]
        anchors = {name: self.written(day) for name, day in zip(ANCHORS, self.days) if self.chance(0.85)}
        facts = {fact: [self.result(fact) for _ in range(self.pick([1, 1, 2, 3]))]
                 for fact in ("mass", "count", "points", "word", "rank", "asked", "told") if self.chance(0.85)}
        for group, members in GROUPS.items():
            if self.chance(0.2):
                listed = [{**self.entry(member), "drug": member} for member in members if self.chance(0.6)]
                facts[group] = listed or self.pick([[], False])
            else:
                facts |= self.kinds(members)
        facts |= self.kinds(["ache"])
        return {"id": str(number), "anchors": anchors, "facts": facts}

    def kinds(self, kinds):
        some = {kind: [self.entry(kind) for _ in range(self.pick([1, 1, 2, 3]))] for kind in kinds}
        given = {kind: self.pick([None, True, [], False, listed, listed, listed, listed]) for kind, listed in some.items()}
        return {kind: listed for kind, listed in given.items() if self.chance(0.9)}


def stretch(kind, given):
    start = days(given["start"]) if "start" in given else EVER
    dates, is_point = {"start": start}, False
    if given.get("end"):
        dates["end"] = days(given["end"])
        # Nothing ends before it starts.
        end = (max(dates["end"][0], start[0]), dates["end"][1])
        start = (start[0], min(start[1], end[1]))
    elif "end" in given:
        end = dates["end"] = (INF, INF)
    elif KINDS[kind] == "event":
        end, is_point = start, True
        dates["end"] = start
    else:
        end, dates["end"] = (start[0], INF), None
    return {"given": given, "dates": dates, "start": start, "end": end, "point": is_point,
            "planned": given.get("planned"), "half_life": HALF_LIVES.get(kind)}


def patient_of(record):
    facts, entries = record["facts"], {}
    for kind in KINDS:
        listed, complete = facts.get(kind), True
        if listed is None:
            group = next((group for group in GROUPS if kind in GROUPS[group] and facts.get(group) is not None), None)
            complete = group is not None
            listed = [entry for entry in facts[group] or [] if entry["drug"] == kind] if complete else []
        elif listed is True:
            listed, complete = [{}], False
        entries[kind] = [stretch(kind, given) for given in listed or []], complete
    return {"anchors": {name: days(text) for name, text in record["anchors"].items()}, "facts": facts, "entries": entries}


def main(seed, programs, records):
    for number in range(int(seed), int(seed) + int(programs)):
        text, outcomes = Author(number).program()
        clinic = Clinic(number)
        cases = []
        for name in range(int(records)):
            record = clinic.record(name)
            patient = patient_of(record)
            cases.append({"record": record, "outcomes": [outcome(patient) for outcome in outcomes]})
        print(json.dumps({"text": text, "cases": cases}))


if __name__ == "__main__":
    main(*sys.argv[1:])
