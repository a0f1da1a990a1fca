#!/usr/bin/env python3
"""Random records for a decision tree: `records.py TREE SEED COUNT`, one JSON record a line.

Every fact and kind the tree lists is given, left out, or given with parts missing; dates are partial, results are
censored, values lie on the bounds of the tree's comparisons and beside them.
"""
import json
import sys
from fractions import Fraction
from random import Random

ANCHOR_DAYS = ["2026-01-05", "2026-02-01", "2026-02-10", "2026-02-14", "2026-02-20", "2026-03-01", "2026-03-05"]


def way(kind, unit):
    """The factor and the offset of a unit."""
    given = kind["units"][unit]
    return (Fraction(given["factor"]), Fraction(given["offset"])) if isinstance(given, dict) else (Fraction(given), Fraction(0))


class Generator:
    def __init__(self, tree, seed):
        self.tree, self.random = tree, Random(seed)
        operands = [test.get(side, {}) for test in tree["tests"] if test["test"] == "compare" for side in ("left", "right")]
        self.bounds = sorted({Fraction(operand["number"]) for operand in operands if "number" in operand})

    def chance(self, share):
        return self.random.random() < share

    def date(self):
        year = self.random.choice([2024, 2025, 2025, 2026, 2026, 2026])
        month = self.random.randint(1, 12 if year < 2026 else 4)
        day = f"{year}-{month:02}-{self.random.randint(1, 28):02}"
        clock = f"T{self.random.randint(0, 23):02}:{self.random.choice([0, 30]):02}"
        offset = self.random.choice(["", "", "Z", "+08:00"])
        return self.random.choice([f"{year}", day[:7]] + 6 * [day] + 2 * [day + clock + offset])

    def quantity(self, declared):
        """A number and its unit, inside what is possible."""
        kind = declared["type"]
        # A half-life is above zero.
        least = "0.01" if declared["name"] == "half_life" else "0"
        low, high = (Fraction(end) for end in declared.get("possible", (least, "1000000")))
        near = [bound for bound in self.bounds if low <= bound <= high]
        if near and self.chance(0.7):
            value = float(self.random.choice(near)) * self.random.choice([1, 1, 0.99, 1.01, 0.5, 2])
        else:
            value = self.random.uniform(float(low), min(float(high), float(low) + 200))
        unit = self.random.choice(list(kind["units"])[:4])
        factor, offset = way(kind, unit)
        given = float(f"{(value - float(offset)) / float(factor):.6g}")
        if given < 1e9 and low <= Fraction(repr(given)) * factor + offset <= high:
            return given, unit
        return float(low), kind["unit"]

    def value(self, declared):
        kind = declared["type"]
        if self.chance(0.05):
            return {"value": None}
        if kind["is"] == "score":
            low, high, step = (Fraction(kind[key]) for key in ("low", "high", "step"))
            near = [bound for bound in self.bounds if low <= bound <= high and ((bound - low) / step).denominator == 1]
            value = low + step * self.random.randint(0, int((high - low) / step))
            if near and self.chance(0.5):
                value = self.random.choice(near)
            return {"value": int(value) if value.denominator == 1 else float(value)}
        if kind["is"] == "titre":
            low, high = (Fraction(end) for end in declared.get("possible", ("1", "10240")))
            near = [bound for bound in self.bounds if low <= bound <= high]
            value = self.random.choice(near) if near and self.chance(0.7) else low * 2 ** self.random.randint(0, 4)
            value = min(int(value), int(high))
            sign = self.random.choice(["<", ">", "<=", ">=", "> "]) if self.chance(0.2) and low < value < high else ""
            return self.random.choice([{"value": f"{sign}1:{value}"}, {"value": value, "unit": "{titer}"}])
        if kind["is"] == "quantity":
            value, unit = self.quantity(declared)
            result = {"value": value, "unit": unit}
            low, high = (Fraction(end) for end in declared.get("possible", ("0", "1000000")))
            factor, offset = way(kind, unit)
            if self.chance(0.1) and low < Fraction(repr(value)) * factor + offset < high:
                result["comparator"] = self.random.choice(["<", ">", "<=", ">="])
            return result
        if kind["is"] in ("ordinal", "coded"):
            return {"value": self.random.choice(kind.get("levels") or kind["values"])}
        if kind["is"] == "yes_no":
            return {"value": self.chance(0.5)}
        year = self.random.randint(1940, 2010)
        birth = f"{year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        return {"value": self.random.choice([self.date(), birth, birth[:4]])}

    def attributes(self, declared):
        listed = [attribute for attribute in declared.get("attributes", []) if self.chance(0.7)]
        return {attribute["name"]: self.value(attribute) for attribute in listed}

    def possible(self, declared, number, unit):
        """Whether a number in a unit is a value that the fact can have."""
        if "possible" not in declared:
            return True
        low, high = (Fraction(end) for end in declared["possible"])
        kind = declared["type"]
        factor, offset = way(kind, unit) if unit else (1, 0)
        return low <= Fraction(repr(number)) * factor + offset <= high

    def result(self, declared):
        result = self.value(declared)
        for limit in ("lln", "uln"):
            if declared.get(limit) and result["value"] and self.chance(0.8):
                factors = [0.3, 0.5] if limit == "lln" else [0.5, 0.5, 1, 2]
                near = float(f"{result['value'] * self.random.choice(factors):.5g}") or 1
                if self.possible(declared, near, result.get("unit")):
                    result[limit] = near
        if self.chance(0.7):
            result["at"] = self.date()
        return {**result, **self.attributes(declared)}

    def entry(self, kind):
        entry = {"start": self.date()} if self.chance(0.8) else {}
        how = self.random.random()
        if how < 0.3:
            entry["end"] = None
        elif how < 0.7:
            # A stretch ends after it starts, also where one end is coarse.
            days = sorted([entry.get("start", "2025-06")[:10], self.date()[:10]], key=lambda day: (day + "-99-99")[:10])
            entry["end"] = days[1]
            if "start" in entry:
                entry["start"] = days[0]
        if self.chance(0.1):
            entry["planned"] = self.chance(0.5)
        return {**entry, **self.attributes(kind)}

    def record(self, name):
        facts = {}
        for fact in self.tree["record"]["facts"]:
            if self.chance(0.75):
                facts[fact["name"]] = [self.result(fact) for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        for kind in self.tree["record"]["kinds"]:
            entries = [self.entry(kind) for _ in range(self.random.choice([1, 1, 2, 3]))]
            given = self.random.choice([[], [], [], False, True, None, None, None, entries, entries, entries])
            facts[kind["name"]] = given
        for group in self.tree["record"]["groups"]:
            if self.chance(0.3):
                for member in group["members"]:
                    facts.pop(member, None)
                facts[group["name"]] = []
        anchors = {}
        for anchor, day in zip(self.tree["anchors"], ANCHOR_DAYS):
            if self.chance(0.8):
                anchors[anchor["name"]] = self.random.choice([day, day, day, day + "T09:00", day[:7]])
        questions = [question["id"] for question in self.tree["questions"] if self.chance(0.8)]
        judgements = {question: self.chance(0.5) for question in questions}
        return {"id": name, "anchors": anchors, "facts": facts, "judgements": judgements}


def main(tree, seed, count):
    with open(tree, encoding="utf-8") as file:
        generator = Generator(json.load(file), int(seed))
    for number in range(int(count)):
        print(json.dumps(generator.record(str(number))))


if __name__ == "__main__":
    main(*sys.argv[1:])
