"""Windows: their words, and whether a day or an entry is in one."""
from days import EVER, INF, before, moved, up_to
from logic import agree, both
from world import ANCHORS, GROUPS, KINDS


class Window:
    """`text`, its first word (`form`), the days that it may be about, and its relation to one of these."""

    def __init__(self, text, form, about, relation, of_entry):
        self.text, self.form, self.about, self.relation, self.of_entry = text, form, about, relation, of_entry

    def holds(self, patient, it):
        """Known where it is the same for each day that it may be about; where there is none, no window holds."""
        return agree(False if day is None else self.relation(it, day) for day in self.about(patient))

    def holds_undated(self, patient):
        return False if self.about(patient) == [None] else None


class Windows:
    def length(self, half_lives=False):
        if half_lives and self.chance(0.3):
            return self.pick([1, 2, 5]), "half_lives"
        return self.pick([(7, "days"), (30, "days"), (2, "weeks"), (1, "months"), (6, "months"), (1, "years"), (2, "years")])

    def anchor(self, may_be_default, entries):
        """What a window is about: its words, each of the days that it may be (None for no day), and the kind of it."""
        if entries and self.chance(0.2):
            text, about = self.entry_point()
            return f" {text}", about, True
        name = "screening" if may_be_default and self.chance(0.3) else self.pick(ANCHORS)
        named = not may_be_default or name != "screening" or self.chance(0.5)
        if named:
            self.named.add(name)
        return f" {name}" if named else "", lambda patient: [patient["anchors"].get(name, EVER)], False

    def entry_point(self):
        """`first K`, `end of last { K, L } (filter)`."""
        which, end = self.pick(["first", "last", "last"]), self.chance(0.3)
        self.count(f"{which} of entries")
        names = self.pick([["zap"], ["zip"], ["ache"], ["pill"], ["zaps"], ["pills"], ["zip", "ache"]])
        kinds = sorted({kind for name in names for kind in GROUPS.get(name, [name])})
        self.named.update(kinds)
        text = f"{'end of ' * end}{which} " + (names[0] if len(names) == 1 else "{ " + ", ".join(names) + " }")
        counts = []
        if self.chance(0.4):
            outer, self.within_point = self.within_point, True
            words, _, inner = self.filter("entry", 1, kinds)
            self.within_point = outer
            text += f" ({words})"
            counts.append(lambda patient, it: inner({**patient, "entry": it["given"], "stretch": it}))
        if which == "last":
            counts.append(lambda patient, it: up_to(it["start"], patient["anchors"].get("screening", EVER)))

        def about(patient):
            sure, possible, complete = [], [], True
            for kind in kinds:
                listed, all_listed = patient["entries"][kind]
                complete = complete and all_listed
                for it in listed:
                    answer = False if it["planned"] is True else both(part(patient, it) for part in counts)
                    sure += [it] * (answer is True)
                    possible += [it] * (answer is not False)
            if not complete:
                possible.append({"start": EVER, "end": EVER})
            # The last one begins no earlier than any that is sure to count, the first one no later.
            if which == "last":
                bound = max((it["start"][0] for it in sure), default=-INF)
                possible = [it for it in possible if it["start"][1] >= bound]
                cut = lambda when: (max(when[0], bound), max(when[1], bound))
            else:
                bound = min((it["start"][1] for it in sure), default=INF)
                possible = [it for it in possible if it["start"][0] <= bound]
                cut = lambda when: when if end else (min(when[0], bound), min(when[1], bound))
            return [cut(it["end" if end else "start"]) for it in possible] + [None] * (not sure)
        return text, about

    def window(self, lasts=False, half_lives=False, entries=True):
        form = self.pick(["within", "within", "within", "before", "after", "at", "beyond", "beyond"] + lasts * ["for"])
        behind, about, of_entry = self.anchor(form in ("within", "beyond", "for"), entries and not self.within_point)
        length = self.length(half_lives)
        text = f"{length[0]} {length[1]}"
        side = self.pick(["before", "after", "of"] if form == "within" else ["before", "after"])
        strict = self.chance(0.5)

        def within(it, there):
            low = there if side == "after" else moved(there, -1, length, it["half_life"])
            high = there if side == "before" else moved(there, 1, length, it["half_life"])
            return both([up_to(it["start"], high), up_to(low, it["end"])])

        def beyond(it, there):
            end = moved(there, -1 if side == "before" else 1, length, it["half_life"])
            near, far = (it["start"], end) if side == "before" else (end, it["start"])
            return before(near, far) if strict else up_to(near, far)

        def throughout(it, there):
            if it["point"]:
                return False
            first, last = there
            reach = (first, max(first, min(last, it["end"][1])))
            if up_to(it["start"], moved(reach, -1, length, it["half_life"])) is False:
                return False
            since = moved(there, -1, length, it["half_life"])
            return both([up_to(it["start"], since), up_to(there, it["end"])])

        texts = {"within": f"within {text} {side}", "for": f"for at least {text} before",
                 "beyond": f"{'more than' if strict else 'at least'} {text} {side}"}
        relations = {
            "within": within, "beyond": beyond, "for": throughout,
            "before": lambda it, there: before(it["start"], there),
            "after": lambda it, there: before(there, it["start"]),
            "at": lambda it, there: both([up_to(it["start"], there), up_to(there, it["start"])]),
        }
        return Window(texts.get(form, form) + behind, form, about, relations[form], of_entry)
