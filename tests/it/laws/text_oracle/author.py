"""Writes criteria: each part is its text, how tightly it holds, and its answer."""
from collections import Counter
from random import Random

from days import EVER, before, days, point
from doses import Doses
from entries import Entries
from logic import both, counted, either, no
from results import Results
from windows import Windows
from world import ANCHORS, declarations


class Author(Windows, Results, Entries, Doses):
    def __init__(self, seed):
        self.random = Random(seed)
        self.pick = self.random.choice
        # What a filter is about, the kinds of its entries, and whether it chooses the entry of a window.
        self.scope, self.kinds, self.within_point = None, [], False
        self.defined = []
        # The facts, kinds and anchors that were named, and how often each form was written.
        self.named, self.forms = set(), Counter()
        # How long results count, by fact, and by the trial.
        self.ages, self.age = {}, None

    def chance(self, share):
        return self.random.random() < share

    def count(self, form):
        self.forms[form] += 1

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
            text, hold, answer, named = self.pick(self.defined)
            # The default anchor is named by a check itself, and not by a definition that the check names.
            self.named |= named - {"screening"}
            return text, hold, answer
        values = [self.number, self.number, self.number, self.code, self.level, self.flag, self.formula]
        return self.pick(values + 5 * [self.entries] + 2 * [self.daily_dose] + [self.total])()

    def filter(self, scope, depth, kinds=()):
        outer = self.scope, self.kinds
        self.scope, self.kinds = scope, kinds
        inner = self.condition(self.random.randint(0, depth))
        self.scope, self.kinds = outer
        return inner

    def put(self, head, predicate, tails):
        """A predicate stands before or behind any of the other tails."""
        place = self.random.randint(0, len(tails))
        return " ".join([head, *tails[:place], *([predicate] if predicate else []), *tails[place:]])

    # Statements.
    def criterion(self, number):
        word = self.pick(["require", "exclude"])
        text, _, answer = self.condition(self.pick([0, 0, 1, 2]))
        form = self.pick(["", "", "", "second", "elided"])
        guard = self.pick(["", "", "unless", "when"])
        if form == "second":
            (other, _, second), (when, _, under) = self.condition(0), self.condition(1)
            text, first = f"{text}, or {other} when {when}", answer
            answer = lambda patient: either([first(patient), both([second(patient), under(patient)])])
        elif form == "elided":
            text, answer = self.elided()
        if guard:
            when, _, given = self.condition(1)
            text, asked = f"{text} {guard} {when}", answer
            lifted = given if guard == "unless" else lambda patient: no(given(patient))
            if word == "require":
                answer = lambda patient: either([lifted(patient), asked(patient)])
            else:
                answer = lambda patient: both([no(lifted(patient)), asked(patient)])
        age = None
        if self.chance(0.2):
            age, behind = self.results_count()
            text += f", {behind}"
            self.count("results count of a criterion")

        def outcome(patient):
            found = answer({**patient, "age": age})
            return "unknown" if found is None else "pass" if found == (word == "require") else "fail"
        return f"{word} [C{number}] {text}", outcome

    def results_count(self):
        """How long, and its words."""
        if self.chance(0.25):
            return "any", "results count at any age"
        length = self.length()
        return length, f"results count for {length[0]} {length[1]}"

    def naming(self, depth):
        """A condition and what it names."""
        self.named, outer = set(), self.named
        text, hold, answer = self.condition(depth)
        named, self.named = self.named, outer
        return text, hold, answer, named

    def check(self, number):
        """An edit check: what it says and what it names."""
        text, _, answer, named = self.naming(1)
        self.count("edit check")
        return f'assert [K{number}] "so it is in every record": {text}', answer, named

    def program(self):
        trial = []
        for fact in ("mass", "count", "points", "word", "rank", "dilution"):
            if self.chance(0.1):
                self.ages[fact] = self.results_count()
                self.count("results count of a fact")
        if self.chance(0.3):
            self.age, text = self.results_count()
            trial.append(text)
            self.count("results count of a trial")
        lines = [declarations({fact: text for fact, (_, text) in self.ages.items()})]
        if self.chance(0.4):
            text, _, answer, named = self.naming(2)
            lines.append(f"define named = {text}")
            self.defined.append(("named", 3, answer, named))
        self.named = set()
        criteria = [self.criterion(number) for number in range(2)]
        # The earliest anchor as of which it is asked what is planned.
        planned = min([1] + [ANCHORS.index(name[1]) for name in self.named if isinstance(name, tuple)])
        checks = [self.check(number) for number in range(self.pick([0, 0, 0, 0, 1, 2]))]

        def outcomes(patient):
            """What is expected, and whether something is in conflict; None where that itself is not sure."""
            conflicts = begun_though_planned(patient, ANCHORS[planned])
            for _, answer, named in checks:
                if answer({**patient, "age": None}) is False:
                    conflicts |= named
            if conflicts and patient["loose"]:
                return None
            contradicted = in_conflict(patient, conflicts)
            return [outcome(contradicted) for _, outcome in criteria], bool(conflicts)
        incomplete = self.chance(0.1)
        if incomplete:
            # One criterion more, which nobody knows, before the others.
            trial.append('incomplete "a part of it is not public"')
        if trial:
            lines.insert(0, f"trial T1 {{ {' '.join(trial)} }}")
        statements = [text for text, _ in criteria] + [text for text, *_ in checks]
        return "\n".join(lines + statements), outcomes, incomplete


def begun_though_planned(patient, anchor):
    """The kinds with an entry that is marked as planned and begins before the anchor."""
    day = patient["anchors"].get(anchor, EVER)
    begun = lambda it: it["planned"] is True and before(it["start"], day) is True
    return {kind for kind, (entries, _) in patient["entries"].items() if any(begun(it) for it in entries)}


def in_conflict(patient, names):
    """What is in conflict is unknown: a value that is given and not known, a list that says nothing, no date."""
    facts, loose = dict(patient["facts"]), patient["loose"]
    for fact in names & facts.keys():
        if facts[fact]:
            facts[fact] = [{"value": None, "any number": True}]
    entries = {kind: ([], False) if kind in names else listed for kind, listed in patient["entries"].items()}
    anchors = {name: day for name, day in patient["anchors"].items() if name not in names}
    return {"anchors": anchors, "facts": facts, "entries": entries, "loose": loose}
