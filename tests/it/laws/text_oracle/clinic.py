"""Makes records, and patients of them."""
from datetime import date
from fractions import Fraction
from random import Random

from days import EVER, INF, days, moved
from world import ANCHORS, ATTRIBUTED, GROUPS, HALF_LIVES, KINDS, METHODS, RECORDED_GROUPS, SITES, UNITS, VALUES, WORDS


class Clinic:
    def __init__(self, seed):
        self.random = Random(seed)
        self.pick = self.random.choice
        # Days that others are near to, and days on which entries of this record ended.
        self.days, self.ends = [], []

    def chance(self, share):
        return self.random.random() < share

    def day(self):
        anchor, length = self.pick(self.days), self.pick([(0, "days"), (7, "days"), (30, "days"), (2, "weeks"),
                                                          (1, "months"), (6, "months"), (1, "years"), (20, "days")])
        return moved((anchor, anchor), self.pick([-1, -1, 1]), length)[0] + self.pick([0, 0, 1, -1])

    def written(self, day, coarse=0.12):
        return str(date.fromordinal(day))[: self.pick([4, 7]) if self.chance(coarse) else 10]

    def value(self, fact):
        if fact == "dilution":
            comparator = self.pick(["<", "<=", ">", ">="]) if self.chance(0.12) else ""
            return {"value": f"{comparator}1:{self.pick(VALUES[fact])}"}
        if fact == "total":
            return {"value": self.pick([4, 5, 10, 20, 40, 60]), "unit": "mg/d"}
        if fact not in VALUES:
            return {"value": self.pick({"word": WORDS, "rank": list(range(6))}.get(fact, [True, False]))}
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
        if fact in ATTRIBUTED:
            given = {"method": self.pick(METHODS), "drawn": self.written(self.day())}
            result |= {name: value for name, value in given.items() if self.chance(0.85)}
        return result

    def entry(self, kind):
        start = self.day()
        if self.ends and self.chance(0.4):
            # Near to the end of another entry: it touches it or nearly so.
            start = self.pick(self.ends) + self.pick([1, 1, 1, 0, 2, 3, 8])
        given = {"start": self.written(start), "level": self.pick(range(6)), "site": self.pick(SITES),
                 "cured": self.chance(0.5), "seen": self.written(self.day()), "size": self.random.randint(1, 6)}
        entry = {name: value for name, value in given.items() if self.chance(0.9)}
        if KINDS[kind] == "drug":
            entry |= self.dosed(start)
        end = self.pick(["given", "given", "none", "running"])
        if end == "given":
            last = start + self.pick([0, 1, 7, 14, 30, 61, 365])
            self.ends.append(last)
            entry["end"] = self.written(last)
        elif end == "running" and KINDS[kind] != "event":
            entry["end"] = None
        if self.chance(0.12):
            entry["planned"] = self.chance(0.5)
        return entry

    def dosed(self, start):
        given = {"dose": ({"value": self.pick([0, 4, 8, 10, 16, 20, 40, 80]), "unit": "mg/d"}, 0.8),
                 "prednisone_dose": ({"value": self.pick([5, 10, 20, 50]), "unit": "mg/d"}, 0.15),
                 "stable": (self.chance(0.6), 0.15), "dose_since": (self.written(start + self.pick([0, 7, 30])), 0.15)}
        return {name: value for name, (value, share) in given.items() if self.chance(share)}

    def record(self, number):
        screening = date(2026, 3, 1).toordinal()
        self.days = [screening - self.pick([0, 9, 28]), screening, screening + self.pick([0, 10, 31])]
        anchors = {name: self.written(day) for name, day in zip(ANCHORS, self.days) if self.chance(0.9)}
        facts = {fact: [self.result(fact) for _ in range(self.pick([1, 1, 2, 3, 4]))]
                 for fact in (*VALUES, "word", "rank", "asked", "told") if self.chance(0.85)}
        if self.chance(0.5):
            facts["total"] = [self.result("total") for _ in range(self.pick([1, 1, 2]))]
        for group in RECORDED_GROUPS:
            self.ends = []
            members = GROUPS[group]
            if self.chance(0.2):
                listed = [{**self.entry(member), "drug": member} for member in members if self.chance(0.6)]
                facts[group] = listed or self.pick([[], False])
            else:
                facts |= self.kinds(members)
        self.ends = []
        facts |= self.kinds(["ache", "brew"])
        return {"id": str(number), "anchors": anchors, "facts": facts}

    def kinds(self, kinds):
        some = {kind: [self.entry(kind) for _ in range(self.pick([1, 1, 2, 3]))] for kind in kinds}
        given = {kind: self.pick([None, True, [], False, *[listed] * 8]) for kind, listed in some.items()}
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
            group = next((group for group in RECORDED_GROUPS if kind in GROUPS[group] and facts.get(group) is not None), None)
            complete = group is not None
            listed = [entry for entry in facts[group] or [] if entry["drug"] == kind] if complete else []
        elif listed is True:
            listed, complete = [{}], False
        entries[kind] = [stretch(kind, given) for given in listed or []], complete
    anchors = {name: days(text) for name, text in record["anchors"].items()}
    return {"anchors": anchors, "facts": facts, "entries": entries, "age": None, "loose": []}
