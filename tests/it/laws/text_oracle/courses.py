"""Courses: entries that touch are one, and it is the course that has to be so long.

What is not known exactly is every day it may be, so records are filled in, in many ways, and each way is looked at day by
day. What is the same of all is known; where something is filled in, the evaluator may know less than that and never
another answer (`loose`).
"""
from random import Random

from days import EVER, INF, lasting, moved
from logic import agree
from world import ANCHORS

WAYS = 60
UNITS = [(7, "days"), (30, "days"), (2, "weeks"), (1, "months"), (6, "months"), (1, "years"), (2, "years")]


def course(patient, kinds, meets, in_time, gap, windows):
    """Whether some course of entries that meet what is asked is in time; True, False or None."""
    listed = [(it, meets(patient, it)) for kind in kinds for it in patient["entries"][kind][0]]
    listed = [(it, member) for it, member in listed if member is not False]
    complete = all(patient["entries"][kind][1] for kind in kinds)
    random = Random(len(listed))
    pool = days_of_interest(patient, [it for it, _ in listed], gap)
    dates = [it[side] for it, _ in listed for side in ("start", "end")]
    dates += [patient["anchors"].get(name, EVER) for name in ANCHORS]
    exact = complete and all(first == last for first, last in dates) and all(member for _, member in listed)
    # Where two entries start a course on one day, either is its first.
    starts = [it["start"] for it, _ in listed]
    exact = exact and len(set(starts)) == len(starts)
    found = set()
    for _ in range(1 if exact else WAYS):
        days = {name: one_day(random, patient["anchors"].get(name, EVER), pool) for name in ANCHORS}
        world = {**patient, "anchors": {name: (day, day) for name, day in days.items()}}
        entries = [filled_in(random, it, pool) for it, member in listed if member or random.random() < 0.5]
        if not complete:
            entries += [unlisted(random, pool) for _ in range(random.choice([0, 0, 1, 2]))]
        found.add(any(in_time(world, one) for one in joined(random, entries, gap)))
        if len(found) == 2:
            break
    if not exact:
        patient["loose"].append("course")
    return agree(found)


def days_of_interest(patient, entries, gap):
    """Days on which something may change."""
    ends = [day for it in entries for side in ("start", "end") for day in it[side]]
    ends += [day for when in patient["anchors"].values() for day in when]
    known = {day for day in ends if abs(day) != INF} or {739_000}
    near = {day + step for day in known for step in (0, 1, -1, gap + 1, -gap - 1)}
    return sorted(near | {moved((day, day), sign, length)[0] for day in known for sign in (1, -1) for length in UNITS})


def one_day(random, when, pool):
    first, last = when
    if first == last:
        return first
    inside = [day for day in pool if first <= day <= last]
    ends = [day for day in when if abs(day) != INF]
    return random.choice(inside + ends) if inside + ends else pool[0]


def filled_in(random, it, pool):
    start = one_day(random, it["start"], pool)
    if it["point"]:
        end = start
    elif it["end"] == (INF, INF):
        end = INF
    else:
        first, last = it["end"]
        # With no end on record it may still be running.
        end = INF if last == INF and random.random() < 0.3 else one_day(random, (max(first, start), max(last, start)), pool)
    return start, end, it["planned"]


def unlisted(random, pool):
    start = random.choice(pool)
    return start, random.choice([INF, start] + [day for day in pool if day >= start]), None


def joined(random, entries, gap):
    """The courses, as an entry is looked at; `ends` are those of its entries."""
    random.shuffle(entries)
    entries.sort(key=lambda entry: entry[0])
    groups = []
    for entry in entries:
        if groups and entry[0] <= max(end for _, end, _ in groups[-1]) + gap + 1:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    for group in groups:
        one = lasting(group[0][0], max(end for _, end, _ in group))
        one["planned"] = group[0][2]
        one["ends"] = [start if end == INF else end for start, end, _ in group]
        yield one
