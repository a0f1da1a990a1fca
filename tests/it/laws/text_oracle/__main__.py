"""Random criteria as text, with what they mean by docs/language.md: `python3 text_oracle SEED PROGRAMS RECORDS`.

Prints a line for each program, as JSON: its text, how often it has each form, records, and each record's outcomes. The
meaning is worked out from what is written, word by word, with no other part of the project: a criterion is made together
with a function that answers it (True, False or None) of a patient.
"""
import json
import sys

from author import Author
from clinic import Clinic, patient_of


def programs(seed, count, records):
    for number in range(seed, seed + count):
        author = Author(number)
        text, outcomes, incomplete = author.program()
        clinic = Clinic(number)
        cases = []
        for name in range(records):
            record = clinic.record(name)
            patient = patient_of(record)
            expected = outcomes(patient)
            if expected is None:
                continue
            found, in_conflict = expected
            cases.append({"record": record, "outcomes": ["unknown"] * incomplete + found,
                          "loose": bool(patient["loose"]), "in_conflict": in_conflict})
        yield {"text": text, "forms": author.forms, "cases": cases}


if __name__ == "__main__":
    for program in programs(*(int(argument) for argument in sys.argv[1:])):
        print(json.dumps(program))
