"""What the programs and records are about."""
from fractions import Fraction

ANCHORS = ["consent", "screening", "infusion"]
KINDS = {"zap": "event", "zip": "event", "ache": "condition", "pill": "drug", "tonic": "drug", "brew": "drug"}
GROUPS = {"zaps": ["zap", "zip"], "pills": ["pill", "tonic"], "doses": ["pill", "tonic", "brew"]}
# In a record a group is given instead of its members: by one name only.
RECORDED_GROUPS = ["zaps", "pills"]
HALF_LIVES = {"tonic": 10}
# One of it is as much as so much prednisone.
EQUIVALENTS = {"pill": Fraction(5, 4), "tonic": Fraction(1, 2)}
SITES, METHODS, WORDS = ["s1", "s2", "s3"], ["wet", "dry", "other"], ["aa", "bb", "cc"]
# What entries and results can be told apart by, and the values.
VALUES_OF = {"site": SITES, "level": list(range(6)), "cured": [True, False], "method": METHODS}
ATTRIBUTES = "{ level: grade 0..5, site: one of {s1, s2, s3}, cured: yes_no, seen: date, size: score 0..20 }"
METHOD = "{ method: one of {wet, dry, other}, drawn: date }"
# Facts whose results have attributes.
ATTRIBUTED = ("mass", "word", "dilution")
VALUES = {"mass": [1, 2, 3, 5, 10, 40], "count": [1, 20, 50, 100], "points": [4, 6, 8, 12],
          "dilution": [20, 40, 80, 160]}
LEAST = {"dilution": 10}
MOST = {"mass": 1000, "count": 1000, "points": 100, "dilution": 1280, "total": 5000}
# How a unit is written in a program and in a record, and what leads from it to the fact's own.
UNITS = {
    "mass": [("mg/dL", "mg/dL", Fraction(1)), ("g/L", "g/L", Fraction(100)), ("µmol/L", "umol/L", Fraction(1, 100))],
    "count": [("x10^9/L", "10*9/L", Fraction(1)), ("/uL", "/uL", Fraction(1, 1000))],
    "points": [("", None, Fraction(1))],
    "dilution": [("", None, Fraction(1))],
    "total": [("mg/day", "mg/d", Fraction(1))],
}


def declarations(ages):
    """The declarations; `ages` says of some facts how long their results count."""
    age = lambda fact: f" {ages[fact]}" if fact in ages else ""
    return f"""
fact mass: quantity [mg/dL] possible 0..1000 molar 100 g/mol uln lln{age("mass")} {METHOD}
fact count: quantity [10*9/L] possible 0..1000{age("count")}
fact points: score 0..100{age("points")}
fact dilution: titre 1:10..1:1280{age("dilution")} {METHOD}
fact word: one of {{aa, bb, cc}}{age("word")} {METHOD}
fact rank: grade 0..5{age("rank")}
fact total: quantity [mg/d] possible 0..5000 else daily dose of doses
fact asked: yes_no
fact told: yes_no absent means no
event zap {ATTRIBUTES}
event zip {ATTRIBUTES}
condition ache {ATTRIBUTES}
drug pill equivalent 1.25 x prednisone source "none" {ATTRIBUTES}
drug tonic half_life 10 d equivalent 1/2 x prednisone source "none" {ATTRIBUTES}
drug brew {ATTRIBUTES}
group zaps {{ zap, zip }}
group pills {{ pill, tonic }}
group doses {{ pill, tonic, brew }}
"""
