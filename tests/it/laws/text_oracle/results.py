"""Facts: which of several results is meant, and what is asked of it."""
from fractions import Fraction
from itertools import permutations, product

from amounts import compare, extreme, hull, interval, plus, times
from days import EVER, INF, days, moved, point, up_to
from logic import agree, both, counted, either, no
from world import ATTRIBUTED, METHODS, UNITS, VALUES, WORDS

OPS = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
       "==": lambda a, b: a == b, "!=": lambda a, b: a != b}
TIMELY = ("mass", "count", "points", "word", "rank", "dilution", "total")


def dated(result):
    return days(result["at"]) if "at" in result else EVER


def later(a, b):
    """Whether a result is surely later than another; one without a date never is."""
    return "at" in a and "at" in b and days(a["at"])[0] > days(b["at"])[1]


def candidates(results, which):
    """The results that may be the latest or the first of those that count."""
    beats = later if which == "latest" else lambda a, b: later(b, a)
    return [result for result, member in results if member is not False
            and not any(member is True and beats(other, result) for other, member in results)]


def of_results(patient, fact, which, counts, value, question):
    """A question asked of one of several results, of any, of every one that counts, or of so many of them."""
    results = [(result, counts(patient, result)) for result in patient["facts"].get(fact) or []]
    known = any(member is True for _, member in results)
    if which in ("latest", "first"):
        values = [value(result) for result in candidates(results, which)]
        if not known or None in values:
            return None
        return question(hull(values)) if fact in VALUES else agree(question(value) for value in values)
    asked = lambda result: None if value(result) is None else question(value(result))
    answers = [(result, member, asked(result)) for result, member in results]
    if not isinstance(which, str):
        return which(patient, answers) if known else None
    turn = no if which.startswith("every") else lambda answer: answer
    if which in ("any", "every"):
        decided = either(both([member, turn(answer)]) for _, member, answer in answers)
    else:
        decided = of_each_value([(result, member, turn(answer)) for result, member, answer in answers])
    return turn(decided) if decided or (decided is False and known) else None


def of_each_value(answers):
    """Whether the latest result of some value of `method` answers yes."""
    of = lambda result: result.get("method")
    may_be_one = lambda a, b: None in (of(a), of(b)) or of(a) == of(b)
    sure = possible = False
    for result, member, answer in answers:
        if member is False or answer is False:
            continue
        others = [other for other in answers if other[0] is not result]
        rivals = [one for one in others if one[1] is not False and may_be_one(one[0], result) and not later(result, one[0])]
        sure |= member is True and answer is True and all(answer is True for _, _, answer in rivals)
        # One whose value is not known replaces none surely, and may itself be of a value that has no later one.
        hidden = any(member is True and of(other) is not None and of(other) == of(result) and later(other, result)
                     for other, member, _ in others)
        possible |= not hidden
    return True if sure else None if possible else False


def so_many(words, n):
    """How many results meet the comparison."""
    holds = {"at least": lambda number: number >= n, "at most": lambda number: number <= n,
             "exactly": lambda number: number == n}[words]

    def decide(patient, answers):
        joint = [both([member, answer]) for _, member, answer in answers]
        sure = joint.count(True)
        return counted(sure, sure + joint.count(None), holds)
    return decide


def worlds(answers):
    """Each way in which results may count and answer: those that meet it (True), and those that count and do not."""
    ways = [([True] if answer is True else [False] if answer is False else [True, False]) + [None] * (member is not True)
            if member is not False else [None] for _, member, answer in answers]
    for way in product(*ways):
        yield [(result, is_good) for (result, _, _), is_good in zip(answers, way) if is_good is not None]


def in_a_row(ordered):
    most = run = 0
    for is_good in ordered:
        run = run + 1 if is_good else 0
        most = max(most, run)
    return most


def consecutive(n):
    """So many next to each other, in each order that the dates leave open; the hour of a day is not known."""
    def decide(patient, answers):
        if len(answers) > 5:
            patient["loose"].append("many results")
            return None
        found = set()
        for world in worlds(answers):
            for order in permutations(world):
                last = -INF
                for result, _ in order:
                    first, end = dated(result)
                    last = max(last, first)
                    if last > end:
                        break
                else:
                    found.add(in_a_row(is_good for _, is_good in order) >= n)
        times = sorted(dated(result) for result, *_ in answers)
        if any(one[1] >= next_one[0] for one, next_one in zip(times, times[1:])):
            # The order of some is not known.
            patient["loose"].append("consecutive")
        return agree(found)
    return decide


def apart(n, length):
    """So many, each so long after the one before, on some of the days that each may be of."""
    def decide(patient, answers):
        found = set()
        known = {day for result, *_ in answers for day in dated(result) if abs(day) != INF} or {739_000}
        for _ in range(n - 1):
            known |= {moved((day, day), sign, length)[0] for day in known for sign in (1, -1)}
        pool = sorted(known)
        for world in worlds(answers):
            ways = []
            for result, is_good in world:
                if is_good:
                    first, last = dated(result)
                    ways.append(sorted({max(first, min(last, day)) for day in pool}))
            size = 1
            for way in ways:
                size *= len(way)
            for picked in product(*ways) if size < 2_000 else zip(*ways):
                chain, last = 0, None
                for day in sorted(picked):
                    if last is None or day >= moved((last, last), 1, length)[0]:
                        chain, last = chain + 1, day
                found.add(chain >= n)
        if any(first != last for first, last in (dated(result) for result, *_ in answers)):
            patient["loose"].append("apart")
        return agree(found)
    return decide


class Results:
    def subject(self, fact):
        """What stands behind the fact's name, its tails, and whether a result counts."""
        self.named.add(fact)
        filtered, tails, parts = "", [], []
        if fact in ATTRIBUTED and self.chance(0.35):
            text, _, inner = self.filter("result", 1)
            filtered = f" ({text})"
            parts.append(lambda patient, result: inner({**patient, "result": result}))
        windows = [self.window() for _ in range(self.pick([0, 1, 1]))]
        tails += [window.text for window in windows]
        if fact in ATTRIBUTED and self.chance(0.15):
            text, _, outer = self.filter("result", 0)
            tails.append(f"except ({text})")
            parts.append(lambda patient, result: no(outer({**patient, "result": result})))

        def counts(patient, result):
            at = days(result["at"]) if "at" in result else None
            answers = [part(patient, result) for part in parts]
            answers += [window.holds_undated(patient) if at is None else window.holds(patient, point(at))
                        for window in windows]
            if not windows:
                answers.append(self.young_enough(patient, fact, at))
            return both(answers)
        return filtered, tails, counts

    def young_enough(self, patient, fact, at):
        """A result that is read without a window: what the criterion says of its age, else the fact, else the trial."""
        there, age = patient["anchors"].get("screening", EVER), "any"
        if fact in TIMELY:
            age = patient["age"] or (self.ages[fact][0] if fact in self.ages else self.age) or "any"
        if age == "any":
            return at is None or up_to(at, there)
        return None if at is None else both([up_to(at, there), up_to(moved(there, -1, age), at)])

    def quantifier(self, fact):
        """The words before a fact, the `by` behind it, a tail, and the rule."""
        which = self.pick(["", "", "latest", "first", "any", "every", "many", "many", "row", "by"])
        if which == "many":
            words, n = self.pick(["at least", "at most", "exactly"]), self.pick([1, 2, 3])
            self.count("so many results")
            return f"{words} {n}", "", [], so_many(words, n)
        if which == "row":
            n = self.pick([2, 2, 3])
            if self.chance(0.5):
                self.count("consecutive")
                return f"at least {n} consecutive", "", [], consecutive(n)
            length = self.length()
            self.count("apart")
            return f"at least {n}", "", [f"at least {length[0]} {length[1]} apart"], apart(n, length)
        if which == "by" and fact in ATTRIBUTED:
            which = self.pick(["any", "every"])
            self.count("latest by")
            return f"{which} latest", " by method", [], f"{which} by"
        if which == "by":
            which = ""
        if which == "first":
            self.count("first")
        return which, "", [], which or "latest"

    def literal(self, fact, value, of_fact=True):
        """What a fact is compared with; only a fact knows how much an amount of it weighs, a formula does not."""
        if fact == "dilution":
            return f"1:{value}"
        written, _, factor = self.pick(UNITS[fact] if of_fact else UNITS[fact][:2])
        return f"{float(Fraction(value) / factor):g} {written}".strip()

    def number(self):
        fact = self.pick(["mass", "mass", "count", "points", "dilution"])
        if fact == "dilution":
            self.count("titre")
        filtered, tails, counts = self.subject(fact)
        words, by, more, rule = self.quantifier(fact)
        if self.chance(0.2):
            words, by, more, rule = self.pick([("highest", "", [], "highest"), ("lowest", "", [], "lowest")])
        op = self.pick([">=", "<=", ">", "<", "==", "!="])
        low, high = sorted([self.pick(VALUES[fact]), self.pick(VALUES[fact])])
        predicate, asked, limit = f"{op} {self.literal(fact, low)}", [(op, low)], None
        if words in ("highest", "lowest") and op == "!=":
            predicate, asked = f"== {self.literal(fact, low)}", [("==", low)]
        elif fact == "mass" and words not in ("highest", "lowest") and self.chance(0.3):
            limit, factor = self.pick(["uln", "lln"]), self.pick(["0.8", "1", "2.5"])
            predicate, asked = f"{op} {factor} x {limit.upper()}", [(op, Fraction(factor))]
        elif (words in ("", "latest", "first") or rule == "every") and self.chance(0.2):
            predicate = f"between {self.literal(fact, low)} and {self.literal(fact, high)}"
            asked = [(">=", low), ("<=", high)]

        def answer(patient):
            def one(op, bound):
                which = rule
                if which in ("highest", "lowest"):
                    if op == "==":
                        return both([one(">=", bound), one("<=", bound)])
                    which = "any" if (which == "highest") == (op in (">", ">=")) else "every"
                return of_results(patient, fact, which, counts, lambda result: interval(fact, result, limit),
                                  lambda ends: compare(ends, op, Fraction(bound)))
            return unless_in_conflict(patient, fact, rule, both(one(*one_asked) for one_asked in asked))
        return self.put(f"{words} {fact}{by}{filtered}".strip(), predicate, tails + more), 3, answer

    def elided(self):
        """`x < 2, or < 3 when ..`."""
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
        return text, answer

    def one_value(self, fact):
        """A fact as one number of a formula: its words, and the number that it may be."""
        which = self.pick(["", "latest", "first", "first", "highest", "lowest"])
        filtered, tails, counts = self.subject(fact)
        self.count(f"{which or 'latest'} as a number")

        def value(patient):
            results = [(result, counts(patient, result)) for result in patient["facts"].get(fact) or []]
            sure = [interval(fact, result, None) for result, member in results if member is True]
            if which in ("highest", "lowest"):
                possible = [interval(fact, result, None) for result, member in results if member is not False]
            else:
                possible = [interval(fact, result, None) for result in candidates(results, which or "latest")]
            if not sure or None in possible:
                return None
            if which in ("highest", "lowest"):
                return hull([extreme(which, sure), extreme(which, possible)])
            return hull(possible)
        return " ".join([f"{which} {fact}{filtered}".strip(), *tails]), value

    def formula(self):
        """`x >= 0.8 * (highest x within ..)`, `first x + y < 10`."""
        fact = self.pick(["mass", "count", "points", "dilution"])
        (text, left), (other, right) = self.one_value(fact), self.one_value(fact)
        op = self.pick([">=", "<=", ">", "<"])
        if fact != "dilution" and self.chance(0.3):
            bound = self.pick(VALUES[fact])

            def answer(patient):
                a, b = left(patient), right(patient)
                return None if a is None or b is None else compare(plus(a, b), op, Fraction(bound))
            return f"({text}) + ({other}) {op} {self.literal(fact, bound, False)}", 3, answer
        factor = self.pick(["1", "0.5", "2", "4"])

        def answer(patient):
            a, b = left(patient), right(patient)
            return None if a is None or b is None else compare(a, op, times(b, Fraction(factor)))
        return f"{text} {op} {factor} * ({other})", 3, answer

    def chosen(self, fact, predicate, question):
        """A word, level or yes/no, of one result or of several."""
        filtered, tails, counts = self.subject(fact)
        words, by, more, rule = self.quantifier(fact)

        def answer(patient):
            if fact == "told" and not patient["facts"].get("told"):
                # Nobody was told: no result says yes, and none at all is at most two.
                return rule(patient, [({}, True, False)]) if not isinstance(rule, str) else False
            found = of_results(patient, fact, rule, counts, lambda result: result["value"], question)
            return unless_in_conflict(patient, fact, rule, found)
        return self.put(f"{words} {fact}{by}{filtered}".strip(), predicate, tails + more), 3, answer

    def among(self, words):
        """`is a`, `not in { a, b }`, and so on, with its question."""
        some = self.random.sample(words, self.pick([1, 1, 2]))
        negated = self.chance(0.5)
        text = f"in {{ {', '.join(some)} }}" if len(some) > 1 else f"is {'not ' if negated else ''}{some[0]}"
        return ("not " if negated and len(some) > 1 else "") + text, lambda value: (value in some) != negated

    def code(self):
        return self.chosen("word", *self.among(WORDS))

    def level(self):
        op, n = self.pick(list(OPS)), self.random.randint(1, 4)
        return self.chosen("rank", f"{op} grade {n}", lambda level: OPS[op](level, n))

    def flag(self):
        return self.chosen(self.pick(["asked", "told"]), None, lambda flag: flag)

    def attribute(self, of, name, question):
        def answer(patient):
            value = patient[of].get(name)
            return None if value is None else question(patient, value)
        return answer

    def method(self):
        text, question = self.among(METHODS)
        return f"method {text}", 3, self.attribute("result", "method", lambda _, value: question(value))

    def drawn(self):
        window = self.window()
        return f"drawn {window.text}", 3, self.dated(window, lambda patient: patient["result"].get("drawn"))

    def dated(self, window, date):
        def answer(patient):
            at = date(patient)
            return window.holds_undated(patient) if at is None else window.holds(patient, point(days(at)))
        return answer


def unless_in_conflict(patient, fact, rule, answer):
    """Of a fact in conflict there may be any number of results."""
    listed = patient["facts"].get(fact) or []
    return None if not isinstance(rule, str) and any("any number" in result for result in listed) else answer
