"""Entries: filters, times, counts, and the latest of them."""
from courses import course
from days import EVER, INF, before, moved, point, up_to
from logic import agree, both, counted, no
from results import OPS
from world import ANCHORS, GROUPS, HALF_LIVES, KINDS, SITES, VALUES_OF

DRUGS = [kind for kind, word in KINDS.items() if word == "drug"]


class Entries:
    # Filters.
    def of_entry(self):
        op, n = self.pick(list(OPS)), self.random.randint(1, 4)
        forms = ["level", "size", "site", "cured", "seen", "start", "end"]
        if all(kind in DRUGS for kind in self.kinds):
            forms += ["dose", "dose", "stable", "dose_since"]
        form = self.pick(forms)
        if form in ("level", "size"):
            return f"{form} {op} {n}", 3, self.attribute("entry", form, lambda _, value: OPS[op](value, n))
        if form == "dose":
            bound = self.pick([10, 20, 40])
            return f"dose {op} {bound} mg/day", 3, self.attribute("entry", "dose", lambda _, value: OPS[op](value["value"], bound))
        if form == "site":
            text, question = self.among(SITES)
            return f"site {text}", 3, self.attribute("entry", "site", lambda _, value: question(value))
        if form in ("cured", "stable"):
            return form, 3, self.attribute("entry", form, lambda _, value: value)
        window = self.window()
        if form in ("seen", "dose_since"):
            return f"{form} {window.text}", 3, self.dated(window, lambda patient: patient["entry"].get(form))

        def answer(patient):
            # One that is not given is any day.
            return window.holds(patient, point(patient["stretch"]["dates"][form] or EVER))
        return f"{form} {window.text}", 3, answer

    def entries(self):
        names = self.pick([["zap"], ["zip"], ["ache"], ["pill"], ["tonic"], ["zaps"], ["pills"], ["pills"], ["zap", "ache"]])
        kinds = sorted({kind for name in names for kind in GROUPS.get(name, [name])})
        self.named.update(kinds)
        lasts = all(KINDS[kind] != "event" for kind in kinds)
        n = self.random.randint(1, 3)
        words, holds = self.pick([
            ("", lambda number: number > 0), ("any", lambda number: number > 0), ("no", lambda number: number == 0),
            (f"at least {n}", lambda number: number >= n), (f"at most {n}", lambda number: number <= n),
            (f"exactly {n}", lambda number: number == n)])
        many = counts = words[:1] in ("a", "e") and words != "any"
        distinct = n < len(kinds) and counts and self.chance(0.4)
        time = self.pick(["", "", "prior", "planned"] + lasts * ["current"])
        latest = not distinct and words in ("", "no") and self.chance(0.4)
        by = None
        if not distinct and (latest or counts) and self.chance(0.5):
            by = self.pick(["site", "site", "level", "cured"])
            counts = counts and n < len(VALUES_OF[by])
            latest = latest or (counts and self.chance(0.5))
            by = by if latest or counts else None
        if latest and time == "planned":
            time = "prior"
        if latest or by:
            self.count(f"{'latest' * latest}{' by' * bool(by)}".strip())
        named = names[0] if len(names) == 1 else "{ " + ", ".join(names) + " }"
        # Values are counted with `distinct`, which may be left out where the latest are counted.
        told = distinct or (by and counts and not (latest and self.chance(0.3)))
        head = " ".join(part for part in [words, "distinct" if told else "", "latest" * latest, time, named] if part)
        head += f" by {by}" * bool(by)
        tails, asked, chosen = [], [], []
        if self.chance(0.5):
            text, _, inner = self.filter("entry", 2, kinds)
            head += f" ({text})"
            asked.append(lambda patient, it: inner({**patient, "entry": it["given"], "stretch": it}))
        long = lasts and not latest and not by and self.chance(0.4)
        one_entry = not long or self.chance(0.3) or (many and not distinct)
        windows = [self.window(lasts, one_entry and all(kind in HALF_LIVES for kind in kinds), one_entry)
                   for _ in range(self.pick([0, 1, 1]))]
        if long and not windows and self.chance(0.5):
            windows = [self.window(True, False, one_entry)]
        tails += [window.text for window in windows]
        if time == "planned" and windows:
            # As of which anchor it is asked what is planned; an entry is no anchor.
            self.named.update(("planned", name) for name in ANCHORS if windows[0].text.endswith(f" {name}"))
        about = windows[0].about if windows else lambda patient: [patient["anchors"].get("screening", EVER)]
        lengths = []
        if long or self.chance(0.1):
            length, strict = self.length(), self.chance(0.5)
            tails.append(f"lasting {'more than' if strict else 'at least'} {length[0]} {length[1]}")

            def lasting(it, day):
                if it["point"]:
                    return False
                end = it["end"]
                if end == (INF, INF):
                    # What runs has lasted up to that day, or to a later start or end in the course.
                    end = (max(day[0], *it["ends"]),) * 2 if it.get("ends") else day
                return (before if strict else up_to)(moved(it["start"], 1, length), end)
            lengths.append(lasting)
        gap = 0
        has_length = bool(lengths) or any(window.form == "for" for window in windows)
        can_be_course = not latest and not by and (distinct or not many) and not any(window.of_entry for window in windows)
        as_course = has_length and can_be_course and not (one_entry and self.chance(0.7)) \
            and not any("half_lives" in window.text for window in windows)
        if has_length and not as_course:
            tails.append("in one entry")
        elif as_course:
            self.count("course")
            gap = self.pick([0, 0, 1, 2, 7])
            if gap:
                self.count("course with gaps")
                tails.append(f"with gaps of up to {gap} days")
        if self.chance(0.2):
            text, _, outer = self.filter("entry", 1, kinds)
            tails.append(f"except ({text})")
            asked.append(lambda patient, it: no(outer({**patient, "entry": it["given"], "stretch": it})))

        def in_time(patient, it):
            """What windows, times and lengths say, of an entry or of a course."""
            there = about(patient)
            at_day = lambda holds: agree(False if day is None else holds(day) for day in there)
            times = {"": [], "prior": [at_day(lambda day: before(it["start"], day))],
                     "current": [at_day(lambda day: both([up_to(it["start"], day), up_to(day, it["end"])]))],
                     "planned": [at_day(lambda day: before(day, it["start"]) if it["planned"] is None else it["planned"])]}
            answers = times[time] + [at_day(lambda day, holds=holds: holds(it, day)) for holds in lengths]
            for window in windows:
                # `prior K at infusion` names the day that `prior` is about.
                if not time or window.form != "at":
                    answers.append(window.holds(patient, it))
            if latest and not windows and not time and not lengths:
                answers.append(up_to(it["start"], patient["anchors"].get("screening", EVER)))
            return both(answers)

        # What is marked as planned has not begun: it answers `planned` and nothing else.
        is_asked = lambda it: it["planned"] is not True or time == "planned"
        meets = lambda patient, it: is_asked(it) and both(part(patient, it) for part in asked)

        def answer(patient):
            if as_course:
                of = lambda some: course(patient, some, meets, in_time, gap, windows)
                if not distinct:
                    found = of(kinds)
                    return no(found) if words == "no" else counted(found is True, found is not False, holds)
                found = [of([kind]) for kind in kinds]
                return counted(found.count(True), len(kinds) - found.count(False), holds)
            listed = {kind: [(it, is_asked(it) and in_time(patient, it), meets(patient, it))
                             for it in patient["entries"][kind][0]] for kind in kinds}
            complete = {kind: patient["entries"][kind][1] for kind in kinds}
            if latest or by:
                return counted(*of_values([one for kind in kinds for one in listed[kind]], all(complete.values()), by, latest), holds)
            sure = possible = 0
            for kind in kinds:
                answers = [both([chosen, met]) for _, chosen, met in listed[kind]]
                if distinct:
                    sure += True in answers
                    possible += True in answers or None in answers or not complete[kind]
                else:
                    sure += answers.count(True)
                    possible += len(answers) - answers.count(False) + (0 if complete[kind] else 9)
            return counted(sure, possible, holds)
        return self.put(head, None, tails), 3, answer


def of_values(entries, complete, by, latest):
    """How many values of an attribute have an entry that counts, at least and at most; without one there is one value."""
    values = VALUES_OF[by] if by else ["all"]
    of = lambda it: it["given"].get(by) if by else "all"
    may_be_one = lambda a, b: None in (of(a), of(b)) or of(a) == of(b)
    later = lambda a, b: a["dates"]["start"][0] > b["dates"]["start"][1]
    sure, unsure, possible = set(), False, []
    for it, chosen, met in entries:
        if chosen is False or met is False:
            continue
        rivals = [one for one in entries if one[0] is not it and latest]
        others_agree = all(met is True for other, chosen, met in rivals
                           if chosen is not False and may_be_one(other, it) and not later(it, other))
        if chosen is True and met is True and others_agree:
            sure.add(of(it))
        hidden = any(chosen is True and of(other) is not None and of(other) == of(it) and later(other, it)
                     for other, chosen, _ in rivals)
        if not hidden:
            possible.append(of(it))
    unsure = None in sure
    low = len(sure - {None}) or int(unsure)
    high = len(set(possible) - {None}) + possible.count(None)
    if not complete:
        # An entry that is not on record may be later than each, and of any value.
        low, high = 0 if latest else low, len(values)
    return low, min(high, len(values))
