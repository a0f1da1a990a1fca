//! Comments in the middle of phrases.

use super::lawful;

#[track_caller]
fn stays(text: &str) {
    assert_eq!(lawful(text), Ok(text.to_owned()));
}

#[track_caller]
fn becomes(before: &str, after: &str) {
    assert_eq!(lawful(before), Ok(after.to_owned()));
}

#[test]
fn behind_a_condition_in_brackets() {
    becomes(
        "exclude fever (severity <= grade 1) # how\n  within 2 weeks before screening\n",
        "exclude fever (severity <= grade 1)  # how\n  within 2 weeks before screening\n",
    );
}

#[test]
fn before_a_condition_in_brackets() {
    becomes(
        "exclude any of {\n fever # how\n (severity <= grade 1) within 2 weeks before screening,\n}\n",
        "exclude any of {\n  fever  # how\n    (severity <= grade 1) within 2 weeks before screening,\n}\n",
    );
    stays("exclude any of {\n  fever\n    # how\n    (severity <= grade 1) within 2 weeks before screening,\n}\n");
}

#[test]
fn between_note_and_its_text() {
    becomes("note # why\n\"text\"\n", "note  # why\n  \"text\"\n");
}

#[test]
fn between_a_number_and_its_limit() {
    becomes(
        "exclude alt >= 2.5 # how many\n x # of what\n ULN\n",
        "exclude alt >= 2.5  # how many\n  x  # of what\n  ULN\n",
    );
}

#[test]
fn between_an_entry_of_the_trial_and_its_value() {
    becomes(
        "trial T1 \"a\" {\n  phase\n# own\n1\n  anchor screening\n}\n",
        "trial T1 \"a\" {\n  phase\n    # own\n    1\n  anchor screening\n}\n",
    );
}

/// A blank copied from a word processor makes no difference to a text for people.
#[test]
fn behind_a_blank_that_does_not_break() {
    becomes("# ---\n\t\u{a0} ## Text.\nfact a: yes_no\n", "# ---\n## Text.\nfact a: yes_no\n");
}
