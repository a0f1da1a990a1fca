"""Daily doses: what all courses that run on a day come to."""
from fractions import Fraction

from amounts import compare, exactly, extreme, hull, interval, plus, times
from days import EVER, INF, before, days, lasting, moved, up_to
from logic import both, no
from results import candidates
from world import EQUIVALENTS, GROUPS

ANY = (Fraction(0), False, INF, False)
EARLIEST = days("1800")[0]
NOTHING = exactly(Fraction(0))


def dose_of(kind, given, by_itself):
    """What an entry adds on a day on which it runs, and the first day of which that is known."""
    factor = EQUIVALENTS.get(kind)
    dose, equivalent = (Fraction(str(given[name]["value"])) if name in given else None for name in ("dose", "prednisone_dose"))
    if by_itself:
        ways = [dose, equivalent / factor if equivalent is not None and factor else None]
    else:
        ways = [dose * factor if dose is not None and factor else None, equivalent]
    known = [exactly(way) for way in ways if way is not None]
    if given.get("stable") is True:
        since = -INF
    elif "dose_since" in given:
        since = days(given["dose_since"])[1]
    else:
        since = INF if given.get("stable") is False else -INF
    return hull(known) if known else ANY, since


def course_of_doses(patient, kinds, meets, by_itself):
    """Parts of time with one dose each: first day, last day, dose."""
    entries = [(it, meets(patient, it), *dose_of(kind, it["given"], by_itself))
               for kind in kinds for it in patient["entries"][kind][0] if it["planned"] is not True]
    entries = [one for one in entries if one[1] is not False]
    complete = all(patient["entries"][kind][1] for kind in kinds)
    changes = {day for it, _, _, since in entries
               for day in (*it["start"], it["start"][1] + 1, it["end"][0] + 1, it["end"][1] + 1, since) if abs(day) != INF}
    starts = [-INF, *sorted(changes)]
    parts = []
    for first, following in zip(starts, [*starts[1:], INF]):
        # Any day of the part, which may have no first one.
        day = first if first != -INF else following - 1 if following != INF else 0
        total = NOTHING if complete else ANY
        for it, member, dose, since in entries:
            dose = dose if day >= since else ANY
            if member and it["start"][1] <= day <= it["end"][0]:
                total = plus(total, dose)
            elif it["start"][0] <= day <= it["end"][1]:
                total = plus(total, hull([NOTHING, dose]))
        parts.append((first, following - 1, total))
    return parts


def stretches(parts, asked):
    """Days in a row, as many as there are, on which the answer is yes, and on which it is not no.

    `since` is the day from which on it is yes on each of them, `ways` how long those may be that are surely so: up to
    their last day, or without one where they may go on.
    """
    sure, possible = [], []
    for first, last, dose in parts:
        answer = asked(dose)
        for rows, fits in ((sure, answer is True), (possible, answer is not False)):
            if fits and rows and rows[-1]["last"] + 1 == first:
                rows[-1]["last"] = last
            elif fits:
                rows.append({"first": first, "last": last, "since": first})
            if fits and answer is not True:
                rows[-1]["since"] = last + 1
    for row in sure:
        goes_on = any(one["last"] == INF and one["first"] <= row["first"] for one in possible)
        row["ways"] = [looked_at(row), looked_at({**row, "last": INF})] if goes_on else [looked_at(row)]
    return [row["ways"] for row in sure], [looked_at(row) for row in possible]


def looked_at(row):
    """Days in a row as an entry is looked at. No record knows of days before 1800."""
    return {**lasting(max(row["first"], EARLIEST), row["last"]), "since": row["since"]}


class Doses:
    def total(self):
        """A recorded total of a day, or what the courses of that day come to."""
        kinds = GROUPS["doses"]
        self.named |= {"total", *kinds}
        self.count("recorded total")
        op, bound = self.pick([">=", "<=", ">", "<"]), Fraction(self.pick([5, 10, 20, 40, 60]))

        def answer(patient):
            first, last = there = patient["anchors"].get("screening", EVER)
            parts = course_of_doses(patient, kinds, lambda patient, it: True, False)
            worked_out = hull([dose for start, end, dose in parts if start <= last and end >= first])
            listed = patient["facts"].get("total") or []
            if not listed:
                return compare(worked_out, op, bound)
            results = [(one, self.young_enough(patient, "total", days(one["at"]) if "at" in one else None)) for one in listed]
            meant = candidates(results, "latest")
            values = [interval("total", one, None) for one in meant]
            if not any(member is True for _, member in results) or None in values:
                return None
            recorded = hull(values)
            if is_contradicted(patient, kinds, meant, there, recorded, worked_out):
                recorded = hull([recorded, worked_out])
            return compare(recorded, op, bound)
        return f"total {op} {bound} mg/day", 3, answer

    def daily_dose(self):
        names, by_itself = self.pick([(["pill"], True), (["tonic"], True), (["brew"], True), (["pills"], False),
                                      (["doses"], False), (["pill", "tonic"], False), (["pill"], False)])
        kinds = sorted({kind for name in names for kind in GROUPS.get(name, [name])})
        self.named.update(kinds)
        text = "daily dose of " + (names[0] if len(names) == 1 else "{ " + ", ".join(names) + " }")
        inner = None
        if self.chance(0.4):
            words, _, inner = self.filter("entry", 1, kinds)
            text += f" ({words})"
        if len(kinds) == 1 and not by_itself:
            text += " as prednisone"
        meets = lambda patient, it: inner is None or inner({**patient, "entry": it["given"], "stretch": it})
        parts = lambda patient: course_of_doses(patient, kinds, meets, by_itself)
        op, bound = self.pick([">=", "<=", ">", "<"]), Fraction(self.pick([5, 10, 20, 40, 60]))
        predicate = f"{op} {bound} mg/day"
        which = self.pick(["at", "at", "any", "every", "for", "lasting", "highest", "lowest"])
        self.count(f"daily dose: {which}")
        if which == "at":
            return self.dose_at(text, parts, op, bound)
        if which in ("for", "lasting"):
            return self.dose_for(which, text, parts, op, bound)
        within = self.within_anchor()
        text = f"{which} {self.put(text, None if which in ('highest', 'lowest') else predicate, [within[0]])}"
        if which in ("highest", "lowest"):
            return f"{text} {predicate}", 3, lambda patient: self.of_extreme(patient, which, parts(patient), within, op, bound)

        def answer(patient):
            turn = no if which == "every" else lambda asked: asked
            asked = lambda dose: turn(compare(dose, op, bound))
            in_time = lambda it: both([up_to(it["start"], within[2](patient)), up_to(within[1](patient), it["end"])])
            return turn(decided(stretches(parts(patient), asked), in_time))
        return text, 3, answer

    def within_anchor(self):
        """`within N before A`: its words, and its first and last day."""
        behind, about, _ = self.anchor(True, False)
        length, side = self.length(), self.pick(["before", "before", "after", "of"])
        first = lambda patient: about(patient)[0] if side == "after" else moved(about(patient)[0], -1, length)
        last = lambda patient: about(patient)[0] if side == "before" else moved(about(patient)[0], 1, length)
        return f"within {length[0]} {length[1]} {side}{behind}", first, last, about

    def dose_at(self, text, parts, op, bound):
        name = self.pick([None, None, "consent", "screening", "infusion"])
        if name:
            self.named.add(name)
            text += f" at {name}"

        def answer(patient):
            first, last = patient["anchors"].get(name or "screening", EVER)
            dose = hull([dose for start, end, dose in parts(patient) if start <= last and end >= first])
            return both(compare(dose, *one) for one in asked)
        asked = [(op, bound)]
        if self.chance(0.2):
            asked = [(">=", bound), ("<=", 2 * bound)]
            return f"{text} between {bound} and {2 * bound} mg/day", 3, answer
        return f"{text} {op} {bound} mg/day", 3, answer

    def dose_for(self, which, text, parts, op, bound):
        length, strict = self.length(), self.chance(0.5)
        within = self.within_anchor() if which == "lasting" and self.chance(0.7) else None
        if which == "for":
            behind, about, _ = self.anchor(True, False)
            tails = [f"for at least {length[0]} {length[1]} before{behind}"]
        else:
            about = lambda patient: [patient["anchors"].get("screening", EVER)]
            tails = [f"lasting {'more than' if strict else 'at least'} {length[0]} {length[1]}"]
            if within:
                tails.append(within[0])

        def in_time(patient, it):
            day = about(patient)[0]
            if which == "for":
                first, last = day
                reach = (first, max(first, min(last, it["end"][1])))
                if up_to(it["start"], moved(reach, -1, length)) is False:
                    return False
                return both([up_to(it["start"], moved(day, -1, length)), up_to(day, it["end"])])
            if within:
                day = within[3](patient)[0]
            end = it["end"]
            if end[0] == INF:
                # What surely goes on from the anchor's day has lasted up to it; of other days no one knows how long.
                end = day if it["since"] <= day[0] else (it["start"][0], INF)
            answers = [(before if strict else up_to)(moved(it["start"], 1, length), end)]
            if within:
                answers += [up_to(it["start"], within[2](patient)), up_to(within[1](patient), it["end"])]
            return both(answers)

        def answer(patient):
            found = stretches(parts(patient), lambda dose: compare(dose, op, bound))
            return decided(found, lambda it: in_time(patient, it))
        return self.put(text, f"{op} {bound} mg/day", tails), 3, answer

    def of_extreme(self, patient, which, parts, within, op, bound):
        """The highest or lowest dose of a time of which the ends may not be known."""
        first, last = within[1](patient), within[2](patient)
        doses = lambda low, high: [dose for start, end, dose in parts if start <= high and end >= low]
        possible = doses(first[0], last[1])
        sure = doses(first[1], last[0]) if first[1] <= last[0] else []
        number = hull([extreme(which, sure), extreme(which, possible)]) if sure else hull(possible)
        return compare(number, op, bound)


def is_contradicted(patient, kinds, results, there, recorded, worked_out):
    """Whether a total is older than the last change of a course, or is of any day and not what they come to."""
    dated = [days(one["at"])[0] for one in results if "at" in one]
    if dated and any(day[1] > min(dated) and day[0] <= there[1] for day in changes_of(patient, kinds)):
        return True
    apart = compare(recorded, "==", worked_out) is False
    return apart and any("at" not in one for one in results)


def changes_of(patient, kinds):
    """The starts, ends and changes of the courses; one of dose 0 changes nothing."""
    for kind in kinds:
        for it in patient["entries"][kind][0]:
            if it["planned"] is True or dose_of(kind, it["given"], False) == (NOTHING, -INF):
                continue
            yield from (days(it["given"][date]) for date in ("start", "end", "dose_since") if it["given"].get(date))


def decided(found, in_time):
    """Yes by days on which it is sure, no if no days on which it may be are long enough."""
    sure, possible = found
    if any(all(in_time(it) is True for it in ways) for ways in sure):
        return True
    return False if all(in_time(it) is False for it in possible) else None
