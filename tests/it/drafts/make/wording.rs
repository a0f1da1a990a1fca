//! Criteria, headings and parts of studies as registries word them.

/// Criteria as protocols write them, many with what looks like a marker, a heading or the end of a list.
pub const CRITERIA: &[&str] = &[
    "Age of 18 to 70 years at consent, with {k}",
    "History of {k} in the last 6 months before screening",
    "Platelets of at least 20 x10^9/L and {k} of at least 1.5 x ULN",
    "Exclusion of {k} by chest X-ray within 12 weeks",
    "Inclusion in a study of {k} within the last 30 days",
    "Meets the 2019 classification criteria of {k} disease",
    "Treated with {k} for at least 3 months, of which about 6 months with two treatments",
    "Has {k}, e.g. by biopsy; or by imaging in 2 of 3 readings",
    "Heart failure of NYHA class III or IV, or {k}",
    "Is able to follow the plan of {k} (see section 5.1)",
    "Does not fulfil the exclusion criteria of the {k} register",
    "Prior {k} with a wash-out of less than 5 half-lives before inclusion",
    "Any {k} that needs treatment at doses above 10 mg/day within 28 days",
    "Oral {k} at a stable dose for 4 weeks; no change is planned",
    "Pregnant, lactating or willing to use {k} in study locations",
    "Grade 2 or higher {k} results in the central laboratory",
    "{k} A, B or C of moderate or high activity",
    "Score of at least 6 on the {k} index at screening and at visit 2",
    "Is well and without {k} (see Exclusion Criteria: 3)",
    "Has {k} [no exclusion criteria of the register apply]",
];

/// Headings of the lists.
pub(super) const INCLUSION: &[&str] = &[
    "Inclusion Criteria:",
    "Inclusion Criteria",
    "INCLUSION CRITERIA:",
    "Inclusion criteria",
    "Key Inclusion Criteria:",
    "Main inclusion criteria:",
    "Inclusions:",
    "Inclusion:",
    "Criteria: Inclusion Criteria:",
    "Inclusion Criteria.",
    "Patient's inclusion criteria",
    "Inclusion Criteria for patients:",
    "Inclusion criteria are as follows:",
    "**Inclusion Criteria**",
    "Criteria for inclusion:",
    "Inclusion Criteria Include:",
    "Patients must meet all of the following inclusion criteria:",
    "Inclusion Criteria (see also the exclusion criteria):",
    "Inclusion Criteria (patients to whom none of the exclusion criteria apply)",
];

pub(super) const EXCLUSION: &[&str] = &[
    "Exclusion Criteria:",
    "Exclusion Criteria",
    "EXCLUSION CRITERIA:",
    "Exclusion criteria",
    "Key Exclusion Criteria:",
    "Main exclusion criteria:",
    "Exclusions:",
    "Exclusion:",
    "Criteria: Exclusion Criteria:",
    "Exclusion Criteria.",
    "Patient's exclusion criteria",
    "Exclusion Criteria for patients:",
    "Exclusion criteria are as follows:",
    "**Exclusion Criteria**",
    "Non-inclusion Criteria:",
    "Non-Inclusion Criteria",
    "Non inclusion criteria:",
    "Criteria for non-inclusion:",
    "Patients with any of the following exclusion criteria will be excluded:",
    "Exclusion Criteria (beside the inclusion criteria):",
    "Exclusion criteria [of those who meet the inclusion criteria]:",
];

/// Behind a heading: which people it is for.
pub(super) const TAILS: &[&str] =
    &["- Part {k}:", "for cohort {k}:", "(group {k}):", "- Phase 2 ({k})", "for part {k}"];

/// Whom the list is for, on a line of its own right below the heading.
pub(super) const TAIL_LINES: &[&str] =
    &["- Part 1", "for cohort B", "(group 2)", "for patients of part 2:", "(all parts)", "Phase 2"];
