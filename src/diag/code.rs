//! The registry of diagnostic codes. A code is never renumbered or reused; one that was split is [`Retired`].

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The program has no meaning until this is corrected.
    Error,
    /// The program has a meaning, likely not the one wanted.
    Warning,
}

impl Severity {
    /// `"error"` or `"warning"`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($code:ident $severity:ident $name:literal $summary:literal;)*) => {
        /// A diagnostic code. `E01` syntax, `E02` names, `E03` types and units, `E04` time, `E05` input, `W07` analysis.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $summary] $code,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// `"E0301"`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$code => stringify!($code),)* }
            }

            /// A short name in words, `"wrong-dimension"`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)* }
            }

            /// One line on what it means.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$code => $summary,)* }
            }

            /// Its severity unless the user asks otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }

            /// Its page: what it means, why it matters in a trial, a wrong example and a right one.
            pub fn page(self) -> &'static str {
                match self { $(Code::$code => include_str!(concat!("../../docs/errors/", stringify!($code), ".md")),)* }
            }
        }
    };
}

codes! {
    E0102 Error "unclosed" "a brace, parenthesis, bracket or string is never closed";
    E0103 Error "nested-too-deep" "brackets are nested more than 64 deep";
    E0104 Error "file-too-large" "a source file is over 16 MiB or is not UTF-8 text";
    E0105 Error "misspelt-statement" "a statement begins with a word that is not a statement word";
    E0106 Error "misspelt-operator" "an operator is written in a way that elig does not have";
    E0107 Error "bad-number" "a number or date is not written as elig reads it";
    E0108 Error "hidden-character" "a character makes the text look otherwise than it is read";
    E0109 Error "lost-superscript" "a power of ten has lost its superscript";
    E0111 Error "missing-part" "a part that the grammar needs is missing";
    E0112 Error "unjoined" "conditions or words side by side, not joined by `and` or `or`";
    E0113 Error "out-of-place" "a word, a sign or a declaration where it has no meaning";
    E0114 Error "nothing-compared" "a comparison or a window does not name what it is about";
    E0115 Error "bound-in-words" "a comparison, a range or a number is written as protocols write it";
    E0116 Error "window-in-words" "a time is written as protocols write it";
    E0117 Error "condition-in-words" "what is asked is written as protocols write it";
    E0118 Error "wrong-quotes" "a text without its double quotes, or quotes around what is no text";
    E0119 Error "missing-brackets" "missing brackets, braces or parentheses";
    E0120 Error "misspelt-word" "a word of the language is misspelt or in capitals";
    E0121 Error "said-twice" "a part that a statement has once is given twice, or in two orders";
    E0122 Error "unfinished-window" "a window lacks its length, its side or its anchor";
    E0201 Error "unknown-name" "a name is declared nowhere";
    E0202 Error "duplicate-name" "a name is declared twice";
    E0203 Error "duplicate-criterion" "two criteria carry the same number";
    E0204 Error "unknown-anchor" "an anchor is declared nowhere";
    E0205 Error "unknown-vocabulary" "a vocabulary cannot be found or read";
    E0206 Error "unknown-attribute" "a kind has no such attribute";
    E0207 Error "unknown-value" "a coded fact has no such value";
    E0208 Error "circular-definition" "a definition depends on itself";
    E0209 Error "unknown-example-target" "an example names a criterion or example that does not exist";
    E0210 Error "misplaced-statement" "a statement where it has no meaning";
    E0211 Error "attribute-of-some" "an attribute that not all the kinds of a filter have alike";
    E0213 Error "nothing-to-extend" "`extend` names nothing that can be extended so";
    E0214 Error "attribute-differs" "an extension declares an attribute that is there already as another";
    E0215 Error "already-there" "an extension adds a member or value that is there already";
    E0216 Error "circle-of-groups" "a group is a member of itself";
    E0217 Error "not-an-addition" "an extension says what would change a declaration";
    E0301 Error "wrong-dimension" "two quantities of different dimensions are compared or added";
    E0302 Error "missing-unit" "a quantity has no unit";
    E0303 Error "unneeded-unit" "a unit where none belongs";
    E0304 Error "unknown-unit" "a unit cannot be read";
    E0305 Error "impossible-bound" "a bound lies outside what the fact can be";
    E0307 Error "no-reference-limit" "a fact has no such reference limit";
    E0308 Error "wrong-type" "a value of one type where another is needed";
    E0309 Error "bad-declaration" "a declaration contradicts itself";
    E0310 Error "empty-range" "a range or a count that nothing can meet";
    E0311 Error "bad-code" "a code fails its own check digit";
    E0312 Error "large-exponent" "an exponent is larger than any formula has";
    E0314 Error "sum-across-scales" "values on two scales that begin at different places are added or subtracted";
    E0315 Error "bad-scale" "a second scale that says nothing of its fact";
    E0316 Error "converts-twice" "a unit that a fact converts in two ways";
    E0317 Error "fraction-of-age" "an age is compared with what is no whole number of units";
    E0318 Error "nothing-asked" "a value where a condition is needed: it is not compared with anything";
    E0319 Error "not-a-number" "a condition or entries where a number is needed";
    E0320 Error "wrong-comparison" "a fact is compared in a way that its type does not have";
    E0321 Error "which-result" "the choice of results does not fit the comparison or the formula";
    E0322 Error "word-does-not-apply" "a prefix, a window or a filter does not apply to what it is written with";
    E0323 Error "asked-in-filter" "a filter asks what is not of one entry";
    E0324 Error "limit-alone" "a multiple of ULN or LLN without a result to compare";
    E0325 Error "words-clash" "two words before one name, or a word and its window, contradict each other";
    E0326 Error "no-course-asked" "`with gaps of up to` or `in one entry` without one length of time that entries must have";
    E0327 Error "courses-counted" "a count of courses of a length";
    E0328 Error "course-in-half-lives" "half-lives of a course, which may have several entries";
    E0329 Error "bad-gap" "a gap of a course that is no number of days";
    E0330 Error "bad-equivalent" "a drug is given as an equivalent of what it cannot be measured by";
    E0331 Error "dose-of-no-drug" "a daily dose of what has none";
    E0332 Error "no-common-measure" "the doses of several drugs are added without a common measure";
    E0333 Error "which-days" "a daily dose does not say the days it is asked for";
    E0336 Error "by-without-choice" "`by` does not say which entry or result of each value counts";
    E0337 Error "not-told-apart" "`by` names no attribute whose values can be told apart";
    E0338 Error "latest-of-each" "the latest result of each value, without `any` or `every`";
    E0339 Error "results-not-counted" "`consecutive` or `apart` where no results are counted";
    E0340 Error "one-latest" "a count or a word that does not fit the latest entry";
    E0341 Error "extreme-of-age" "the first or highest of an age, which is counted for a day";
    E0342 Error "bears-on-no-evidence" "`bears on` names what is no fact, kind or group, or the fact itself";
    E0343 Error "duplicate-check" "two edit checks carry the same number";
    E0344 Error "check-asks-a-person" "an edit check asks what no record says";
    E0345 Error "check-of-nothing" "an edit check names nothing that a record gives";
    E0348 Error "bad-results-count" "`results count` of what has no results that grow old";
    E0350 Error "computed-for-entry" "what is worked out for an anchor is asked for at an entry";
    E0351 Error "course-about-entry" "a course of several entries is compared with an entry";
    E0352 Error "titre-and-number" "a titre is compared with a number, or a number with a titre";
    E0353 Error "bad-titre" "a titre is not written as a dilution";
    E0401 Error "no-date" "a window on something that has no date";
    E0402 Error "no-direction" "a window does not say before, after or of";
    E0403 Error "no-half-life" "a window in half-lives on a kind that has none";
    E0404 Error "not-a-time-unit" "a window whose length is not a time";
    E0405 Error "point-in-time" "a duration of something that happens at one moment";
    E0501 Error "bad-example-value" "an example gives a value that its fact cannot have";
    E0502 Error "verdict-of-nothing" "an example expects a verdict where no criterion takes part in one";
    E0503 Error "bad-incomplete" "`incomplete` of a trial gives no reason, or is misspelt";
    W0701 Warning "implausible-bound" "a bound outside the plausible range, likely a wrong unit or exponent";
    W0702 Warning "unnumbered-criterion" "a criterion has no protocol number";
    W0703 Warning "not-encoded" "a criterion is still a todo";
    W0704 Warning "unused-definition" "a definition is used nowhere";
    W0705 Warning "no-criteria" "a trial has no criterion";
    W0706 Warning "filter-asks-nothing" "a filter that every entry or result passes";
    W0707 Warning "anchors-out-of-order" "windows that leave no day when anchors come in the order declared";
    W0708 Warning "window-of-last" "a window behind the last of several joined kinds is about that one only";
    W0709 Warning "bounds-without-choice" "two bounds of one value that no value meets, or that every value meets";
    W0710 Warning "word-of-first" "a word before the first of several joined kinds is about that one only";
    W0711 Warning "exclusion-of-none" "an exclusion keeps out every patient without what it names";
    W0712 Warning "lost-day" "an exclusion of what is prior lets through what happens on the very day";
    W0714 Warning "no-for-at-least" "`no` before a length of time that denies less than it seems to";
    W0715 Warning "not-of-first" "`not` before the first of several joined conditions is about that one only";
    W0716 Warning "waived-by-another" "one entry lets in a patient whom another entry of the same kind bars";
    W0717 Warning "count-of-courses" "a count of entries that one drug taken twice meets";
    W0718 Warning "stable-since-start" "`stable` together with a length of time, which it does not look at";
    W0719 Warning "of-any-time" "a condition or drug without a word on time, which is of any time";
    W0720 Warning "looks-both-ways" "a window on both sides of a day that is still to come";
    W0721 Warning "dose-of-several" "one bound on the dose of drugs of different strength";
    W0722 Warning "and-before-or" "`and` joins one of a list that reads as a whole";
    W0723 Warning "either-bound" "one value within its bound is enough where each is meant to be";
    W0724 Warning "either-absence" "the absence of one is enough where neither is meant to be there";
    W0725 Warning "both-at-once" "only who is in two states at once is kept out";
    W0726 Warning "either-result" "one result is enough where each test is meant to have it";
    W0734 Warning "latest-without-filter" "the latest entry has no condition";
    W0736 Warning "one-place-of-two" "criteria read a fact and none reads what the vocabulary says bears on it";
    W0739 Warning "result-of-any-age" "a result of any age can answer a criterion of the trial";
    W0740 Warning "between-dilutions" "a bound lies between two dilutions of a titre";
}

impl Code {
    /// Whether the same words at several places of a file are one mistake, repeated: people read it once.
    pub fn is_one_mistake(self) -> bool {
        matches!(
            self,
            Code::E0201
                | Code::E0204
                | Code::E0206
                | Code::E0207
                | Code::E0208
                | Code::E0304
                | Code::W0702
                | Code::W0703
        )
    }

    /// Whether it is reported only where a user asks for it, with `--warn` or `--deny`.
    pub fn is_on_request(self) -> bool {
        self == Code::W0736
    }

    /// Whether a statement with it does not follow the grammar, whatever the words; once all of these were E0101.
    pub fn is_of_grammar(self) -> bool {
        (Code::E0111..=Code::E0122).contains(&self)
    }

    /// Whether a value or a kind is asked in a way that does not fit it; once all of these were E0306.
    pub fn is_of_question(self) -> bool {
        (Code::E0318..=Code::E0325).contains(&self)
    }

    /// Where it comes among the findings of one place: what is torn before what is misread.
    pub(super) fn order(self) -> (bool, Code) {
        (!self.is_of_grammar(), if self.is_of_question() { Code::E0307 } else { self })
    }

    /// Whether it is of form: what such an error is in was not read as it was meant.
    pub fn is_of_form(self) -> bool {
        self < Code::E0201
    }

    /// Where its page is in the project: `"docs/errors/E0301.md"`.
    pub fn page_path(self) -> String {
        format!("docs/errors/{}.md", self.id())
    }
}

/// A code of earlier versions. It is not reported any more and its number is not used again; its page leads on.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retired {
    /// `"E0101"`.
    pub id: &'static str,
    /// Its short name.
    pub name: &'static str,
    /// Its page: which codes say it now.
    pub page: &'static str,
    /// The codes that say it now.
    pub now: &'static [Code],
}

impl Retired {
    /// Every retired code, in order.
    pub const ALL: &'static [Retired] = &[
        Retired {
            id: "E0101",
            name: "syntax",
            page: include_str!("../../docs/errors/E0101.md"),
            now: &[
                Code::E0111,
                Code::E0112,
                Code::E0113,
                Code::E0114,
                Code::E0115,
                Code::E0116,
                Code::E0117,
                Code::E0118,
                Code::E0119,
                Code::E0120,
                Code::E0121,
                Code::E0122,
            ],
        },
        Retired {
            id: "E0306",
            name: "wrong-kind-of-condition",
            page: include_str!("../../docs/errors/E0306.md"),
            now: &[
                Code::E0318,
                Code::E0319,
                Code::E0320,
                Code::E0321,
                Code::E0322,
                Code::E0323,
                Code::E0324,
                Code::E0325,
            ],
        },
    ];

    /// The retired code of this number or name.
    pub fn find(text: &str) -> Option<&'static Retired> {
        Retired::ALL.iter().find(|retired| retired.id.eq_ignore_ascii_case(text) || retired.name == text)
    }

    /// "E0101 is E0111 to E0121 now"
    pub fn leads_on(&self) -> String {
        match self.now {
            [first, .., last] => format!("{} is {first} to {last} now", self.id),
            [one] => format!("{} is {one} now", self.id),
            [] => format!("{} is not reported any more", self.id),
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl std::str::FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Code, ()> {
        let upper = text.to_uppercase();
        Code::ALL.iter().copied().find(|code| code.id() == upper || code.name() == text).ok_or(())
    }
}
