//! A line on each word of the language.

/// A word of the language, and what an editor says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// How it is written with what belongs to it.
    pub form: &'static str,
    /// What it does.
    pub text: &'static str,
}

/// What is said of a word.
pub fn word(word: &str) -> Option<&'static Word> {
    WORDS.iter().find(|known| known.word == word)
}

/// What a word says in an example that is no keyword: an answer, an outcome, a key of every entry.
pub fn in_example(word: &str) -> Option<&'static Word> {
    IN_EXAMPLES.iter().find(|known| known.word == word)
}

/// What a sign or a limit of normal says.
pub fn sign(sign: &str) -> Option<&'static Word> {
    SIGNS.iter().find(|known| known.word == sign)
}

static SIGNS: &[Word] = &[
    Word { word: ">=", form: "a >= 7", text: "At least: the bound itself counts." },
    Word { word: "<=", form: "a <= 7", text: "At most: the bound itself counts." },
    Word { word: ">", form: "a > 7", text: "More than: the bound itself does not count." },
    Word { word: "<", form: "a < 7", text: "Less than: the bound itself does not count." },
    Word { word: "==", form: "a == 7", text: "Just that value." },
    Word { word: "!=", form: "a != 7", text: "Any other value." },
    Word {
        word: "ULN",
        form: "alt <= 2.5 x ULN",
        text: "So many times the upper limit of normal of the laboratory, which each result carries.",
    },
    Word {
        word: "LLN",
        form: "c3 < 1 x LLN",
        text: "So many times the lower limit of normal of the laboratory, which each result carries.",
    },
];

static IN_EXAMPLES: &[Word] = &[
    Word { word: "kind", form: "biologic: [{ kind: rituximab }]", text: "Which of the group the entry is." },
    Word { word: "yes", form: "pregnant: yes", text: "Known to be so." },
    Word {
        word: "unknown",
        form: "platelets: unknown, expect I1 unknown",
        text: "Not known: as if the record said nothing of it. Expected of a criterion: it stays open.",
    },
    Word { word: "start", form: "stroke: { start: 2025-03 }", text: "When the entry began." },
    Word { word: "end", form: "car_t: { start: 2025-03-01, end: running }", text: "When it ended, or `running`." },
    Word { word: "running", form: "end: running", text: "It has not ended." },
    Word { word: "pass", form: "expect I1 pass", text: "The criterion lets the patient in." },
    Word { word: "fail", form: "expect I1 fail", text: "The criterion keeps the patient out." },
    Word { word: "eligible", form: "expect verdict eligible", text: "Every criterion passes." },
    Word { word: "ineligible", form: "expect verdict ineligible", text: "A criterion fails." },
    Word { word: "undetermined", form: "expect verdict undetermined", text: "No criterion fails, and one stays open." },
];

/// Every keyword of the grammar: first those that are never names, then those that may be.
pub static WORDS: &[Word] = &[
    Word {
        word: "require",
        form: "require [I1] CONDITION",
        text: "A criterion that must hold: a patient for whom it is false is kept out.",
    },
    Word {
        word: "exclude",
        form: "exclude [E1] CONDITION",
        text: "A criterion that must not hold: a patient for whom it is true is kept out.",
    },
    Word {
        word: "note",
        form: "note [N1] \"text\"",
        text: "An instruction of the protocol that excludes no patient: kept and shown, never evaluated.",
    },
    Word {
        word: "define",
        form: "define NAME = ..",
        text: "A name for a condition or a quantity, checked like its definition.",
    },
    Word {
        word: "example",
        form: "example \"name\" { .. } expect ..",
        text: "A patient and what must come out. `eligc test` runs it.",
    },
    Word {
        word: "trial",
        form: "trial ID \"title\" { .. }",
        text: "The trial. `anchor NAME` in it names the date that a window means when it names none.",
    },
    Word {
        word: "use",
        form: "use sle, use \"./site.elig\"",
        text: "Where names come from: a shipped vocabulary, or a file in the folder of this one.",
    },
    Word {
        word: "vocabulary",
        form: "vocabulary NAME \"title\"",
        text: "The first line of a file that only declares.",
    },
    Word {
        word: "fact",
        form: "fact NAME: TYPE",
        text: "Declares a value that records carry: a quantity, a score, a titre, a level, a word, yes or no, a date.",
    },
    Word {
        word: "event",
        form: "event NAME",
        text: "Declares a kind of entry that happens at one moment unless it is given an end.",
    },
    Word {
        word: "condition",
        form: "condition NAME",
        text: "Declares a kind of entry that lasts; one without an end may still run.",
    },
    Word {
        word: "drug",
        form: "drug NAME",
        text: "Declares a treatment; each course is an entry that may still run when it has no end.",
    },
    Word { word: "group", form: "group NAME { a, b }", text: "A name for several kinds of entry." },
    Word {
        word: "extend",
        form: "extend NAME { attribute: yes_no }",
        text: "Adds attributes, codes or values to what is declared elsewhere, or members: `extend group NAME { a }`.",
    },
    Word {
        word: "assert",
        form: "assert [C1] \"text\": CONDITION",
        text: "What is so in every record. Where a record surely says otherwise, what the condition names is in conflict \
               and unknown.",
    },
    Word {
        word: "anchor",
        form: "anchor NAME after OTHER",
        text: "A date that every record carries and that windows are counted from.",
    },
    Word { word: "unit", form: "unit \"spelling\" = UNIT", text: "A spelling of a unit of the author's own." },
    Word { word: "and", form: "a and b", text: "Yes when both are, no when one is no. Binds tighter than `or`." },
    Word { word: "or", form: "a or b", text: "Yes when one is, no when both are no." },
    Word { word: "not", form: "not a", text: "Yes becomes no, no becomes yes, unknown stays unknown." },
    Word {
        word: "any",
        form: "any of { a, b }, any K",
        text: "At least one of them; of a fact with several results, at least one result.",
    },
    Word { word: "all", form: "all of { a, b }", text: "Each of them." },
    Word { word: "none", form: "none of { a, b }", text: "Not one of them. In an example: known to have no entry." },
    Word {
        word: "at",
        form: "at least 2 of { .. }, at A",
        text: "`at least`, `at most` count; `at A` is the day of the anchor.",
    },
    Word {
        word: "least",
        form: "at least 2 of { .. }",
        text: "So many or more; unknown ones are counted both ways before answering.",
    },
    Word {
        word: "most",
        form: "at most 2 of { .. }",
        text: "So many or fewer; unknown ones are counted both ways before answering.",
    },
    Word { word: "exactly", form: "exactly 2 of { .. }", text: "Neither more nor fewer." },
    Word { word: "distinct", form: "at least 2 distinct prior G", text: "Counts kinds, not entries." },
    Word {
        word: "prior",
        form: "prior K",
        text: "An entry that began before the anchor's day; one of that very day is not prior.",
    },
    Word {
        word: "current",
        form: "current K",
        text: "An entry that began by the anchor's day and has not ended before it.",
    },
    Word {
        word: "planned",
        form: "planned K",
        text: "An entry marked `planned: yes`, or one without that mark that starts after the anchor's day. No other form counts what is so marked.",
    },
    Word { word: "no", form: "no K", text: "No entry at all. In an example: the answer no." },
    Word {
        word: "latest",
        form: "latest x, latest K by organ (FILTER)",
        text: "The latest result or entry, with `by` of each value of an attribute; without a window, at or before the day of the default anchor.",
    },
    Word {
        word: "highest",
        form: "highest x <= 480 ms, 0.95 * highest x",
        text: "The highest result is compared with the bound; in a formula, its value.",
    },
    Word {
        word: "lowest",
        form: "lowest x >= 92 %, 1.2 * lowest x",
        text: "The lowest result is compared with the bound; in a formula, its value.",
    },
    Word {
        word: "every",
        form: "every x >= 40 %",
        text: "Every result is compared with the bound, and there is at least one.",
    },
    Word {
        word: "within",
        form: "within 6 months before A",
        text: "From so long before the anchor up to it; both ends count.",
    },
    Word {
        word: "before",
        form: "before A, within 6 months before A",
        text: "Earlier than the anchor's day; in a window, on that side of it.",
    },
    Word {
        word: "after",
        form: "after A, within 6 months after A",
        text: "Later than the anchor's day; in a window, on that side of it.",
    },
    Word {
        word: "of",
        form: "within 7 days of A",
        text: "In a window: on both sides of the anchor. Behind `any`, `all`, `none`: the list follows.",
    },
    Word {
        word: "more",
        form: "more than 6 months before A",
        text: "Longer ago than that; that day itself does not count.",
    },
    Word {
        word: "than",
        form: "more than 6 months before A",
        text: "Longer ago than that; that day itself does not count.",
    },
    Word {
        word: "for",
        form: "for at least 2 months before A",
        text: "Without a break through that time up to the anchor.",
    },
    Word { word: "lasting", form: "lasting at least 14 days", text: "Only courses that last so long." },
    Word { word: "unless", form: "require C unless D", text: "Where D holds, the criterion excludes no patient." },
    Word { word: "when", form: "require C when D", text: "The criterion is asked only where D holds." },
    Word { word: "except", form: "K except (FILTER)", text: "Leaves out the entries that meet the filter." },
    Word { word: "between", form: "x between 18 and 70 years", text: "From the one to the other, both ends included." },
    Word { word: "is", form: "x is positive", text: "The coded value is that one." },
    Word {
        word: "in",
        form: "x in { a, b }, x in kg",
        text: "The coded value is one of these; of a quantity, its number in that unit.",
    },
    Word {
        word: "judged",
        form: "judged \"text\" by sponsor",
        text: "A person answers yes or no: the investigator when unsaid. Every report asks it.",
    },
    Word { word: "todo", form: "todo \"text\"", text: "A condition not written yet: always unknown, with a warning." },
    Word {
        word: "by",
        form: "judged \"text\" by sponsor, latest K by organ",
        text: "Who answers. Behind entries or results: the attribute by which they are told apart.",
    },
    Word { word: "if", form: "if C then a else b", text: "One of two quantities." },
    Word { word: "then", form: "if C then a else b", text: "The quantity where the condition holds." },
    Word {
        word: "else",
        form: "if C then a else b",
        text: "The quantity where it does not; of a fact, what is used when a record does not give it.",
    },
    Word {
        word: "like",
        form: "example \"b\" like \"a\" { .. }",
        text: "Begins with the fields of the other example.",
    },
    Word { word: "expect", form: "expect I1 pass, verdict eligible", text: "What must come out of the example." },
    // Words that mean something in one place and may be names elsewhere.
    Word {
        word: "quantity",
        form: "fact NAME: quantity [mg/dL]",
        text: "A number with a unit: the one the fact is kept in. Every unit that converts exactly may be written.",
    },
    Word {
        word: "with",
        form: "with gaps of up to 7 days",
        text: "So many days may lie between two entries of one course.",
    },
    Word {
        word: "gaps",
        form: "with gaps of up to 7 days",
        text: "So many days may lie between two entries of one course.",
    },
    Word { word: "up", form: "with gaps of up to 7 days", text: "At most so many days." },
    Word { word: "to", form: "with gaps of up to 7 days", text: "At most so many days." },
    Word {
        word: "entry",
        form: "in one entry",
        text: "Each entry by itself must be so long, not a course of several.",
    },
    Word { word: "score", form: "fact NAME: score 0..105 step 1", text: "A plain number between two ends." },
    Word { word: "titre", form: "fact NAME: titre 1:10..1:10240", text: "A dilution; 1:160 is more than 1:80." },
    Word { word: "step", form: "score 0..10 step 0.5", text: "The smallest difference of a score; 1 when unsaid." },
    Word { word: "one", form: "fact NAME: one of { a, b }", text: "One of some words." },
    Word { word: "yes_no", form: "fact NAME: yes_no", text: "Yes or no." },
    Word { word: "date", form: "fact NAME: date", text: "A calendar date." },
    Word {
        word: "class",
        form: "class I < II < III, >= class III",
        text: "Ordered levels, the lowest first; in a bound, one of them.",
    },
    Word { word: "grade", form: "grade 0..5, >= grade 2", text: "Ordered levels by number; in a bound, one of them." },
    Word { word: "ordinal", form: "ordinal mild < moderate < severe", text: "Ordered levels, the lowest first." },
    Word {
        word: "possible",
        form: "possible 0..5000",
        text: "What can be recorded at all: a bound outside it is an error.",
    },
    Word {
        word: "plausible",
        form: "plausible 5..2000",
        text: "What a bound is likely to be: one outside it draws a warning.",
    },
    Word {
        word: "molar",
        form: "molar 113.12 g/mol",
        text: "The molar mass: with it, mass and amount of substance convert.",
    },
    Word {
        word: "scale",
        form: "scale [%] = 0.09148 x [mmol/mol] + 2.152 source \"..\"",
        text: "A second scale of the fact: how a value on the one becomes a value on the other.",
    },
    Word {
        word: "equivalent",
        form: "equivalent 1.25 x prednisone source \"..\"",
        text: "A milligram of the drug is as much as so many milligrams of another one, for `daily dose of`.",
    },
    Word { word: "equates", form: "equates [[iU]/L]", text: "An arbitrary unit taken as the fact's own, one to one." },
    Word {
        word: "bears",
        form: "bears on NAME",
        text: "Evidence for or against that fact: reports name it where it is recorded and no criterion reads it.",
    },
    Word {
        word: "on",
        form: "bears on NAME",
        text: "Evidence for or against that fact: reports name it where it is recorded and no criterion reads it.",
    },
    Word {
        word: "uln",
        form: "fact NAME: quantity [U/L] uln, 90 U/L uln 40",
        text: "Results carry an upper limit of normal, for `x ULN`; in an example, that limit.",
    },
    Word {
        word: "lln",
        form: "fact NAME: quantity [g/L] lln, 90 g/L lln 120",
        text: "Results carry a lower limit of normal, for `x LLN`; in an example, that limit.",
    },
    Word { word: "absent", form: "absent means no", text: "What a record does not hold is no; without it, unknown." },
    Word { word: "means", form: "absent means no", text: "What a record does not hold is no; without it, unknown." },
    Word {
        word: "half_life",
        form: "half_life 11 d",
        text: "How long the body takes to lose half of the drug, for windows in `half_lives`.",
    },
    Word {
        word: "last",
        form: "after last stroke, after end of last stroke",
        text: "Behind `before`, `after`, `of` or `at`: the day on which the last of these entries began, of those begun by the default anchor's day.",
    },
    Word { word: "timeless", form: "timeless", text: "Has no date: the same at every time." },
    Word {
        word: "results",
        form: "results count for 28 days, results count at any age",
        text: "How old a result may be that is read without a window: of a trial, behind a criterion, or of a fact.",
    },
    Word {
        word: "count",
        form: "results count for 28 days",
        text: "How old a result may be and still answer, where a condition has no window.",
    },
    Word {
        word: "source",
        form: "loinc \"..\" source \"where it was read\"",
        text: "Where the codes before it were read; in a trial's block, where the trial's text is from.",
    },
    Word {
        word: "incomplete",
        form: "trial .. { incomplete \"why\" }",
        text: "Some criteria of the protocol are not here, so no verdict is eligible; every report says why.",
    },
    Word { word: "loinc", form: "loinc \"777-3\" source \"..\"", text: "Codes of LOINC, for tests and measurements." },
    Word { word: "snomed", form: "snomed \"..\" source \"..\"", text: "Codes of SNOMED CT." },
    Word { word: "rxnorm", form: "rxnorm \"..\" source \"..\"", text: "Codes of RxNorm, for drugs." },
    Word { word: "atc", form: "atc \"..\" source \"..\"", text: "Codes of the ATC classification, for drugs." },
    Word { word: "omop", form: "omop \"..\" source \"..\"", text: "Concept ids of the OMOP vocabularies." },
    Word { word: "ctcae", form: "ctcae \"..\" source \"..\"", text: "Terms of CTCAE, for adverse events." },
    Word { word: "as", form: "source \"..\" as of 2024-03", text: "The date of the text that was read." },
    Word {
        word: "verdict",
        form: "expect verdict eligible",
        text: "What must come out of all criteria: eligible, ineligible or undetermined.",
    },
    Word {
        word: "first",
        form: "first x >= 8",
        text: "The earliest result; without a window, of those up to the day of the default anchor.",
    },
    Word {
        word: "consecutive",
        form: "at least 2 consecutive x <= 400 {copies}/mL",
        text: "So many results that meet it, with no other result between them.",
    },
    Word {
        word: "apart",
        form: "at least 2 x is positive at least 12 weeks apart",
        text: "So many results that meet it, each so long after the one before.",
    },
    Word { word: "min", form: "min(a, b, ..)", text: "The least of them." },
    Word { word: "max", form: "max(a, b, ..)", text: "The greatest of them." },
    Word {
        word: "daily",
        form: "daily dose of glucocorticoid (route is oral) <= 30 mg/day",
        text: "What all courses that run on a day come to together, per day.",
    },
    Word {
        word: "dose",
        form: "daily dose of glucocorticoid as prednisone at screening",
        text: "What all courses that run on a day come to together, per day.",
    },
];
