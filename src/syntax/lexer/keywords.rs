//! The word lists that recovery and hints need, and how a word is told from its neighbours.

/// Words that begin a statement wherever they stand.
pub const STATEMENT_WORDS: &[&str] = &[
    "require",
    "exclude",
    "fact",
    "event",
    "condition",
    "drug",
    "group",
    "example",
    "define",
    "note",
    "anchor",
    "use",
    "unit",
    "trial",
    "vocabulary",
    "extend",
    "assert",
];

/// Reserved words that do not begin a statement, in the order of the alphabet.
pub(in crate::syntax) const OTHER_WORDS: &[&str] = &[
    "after", "all", "and", "any", "at", "before", "between", "by", "current", "distinct", "else", "every", "exactly",
    "except", "expect", "for", "highest", "if", "in", "is", "judged", "lasting", "latest", "least", "like", "lowest",
    "more", "most", "no", "none", "not", "of", "or", "planned", "prior", "than", "then", "todo", "unless", "when",
    "within",
];

/// Reserved words that are never codes, in the order of the alphabet; those that begin a statement are none either.
pub(in crate::syntax) const CONNECTIVES: &[&str] = &[
    "after", "and", "at", "before", "between", "by", "else", "except", "expect", "for", "in", "is", "lasting", "like",
    "not", "or", "then", "unless", "when", "within",
];

/// Words that say more about a declaration.
pub(in crate::syntax) const MODIFIER_WORDS: &[&str] = &[
    "possible",
    "plausible",
    "molar",
    "uln",
    "lln",
    "absent",
    "equates",
    "scale",
    "equivalent",
    "half_life",
    "timeless",
    "results",
    "bears",
    "source",
    "loinc",
    "snomed",
    "rxnorm",
    "atc",
    "omop",
    "ctcae",
];

/// Words that begin a type.
pub(in crate::syntax) const TYPE_WORDS: &[&str] =
    &["quantity", "score", "titre", "class", "grade", "ordinal", "one", "yes_no", "date"];

/// Whether `word` begins a statement.
pub(in crate::syntax) fn is_statement_word(word: &str) -> bool {
    sort_of(word.as_bytes()) == Sort::Statement
}

/// Whether `word` is reserved, statement words included.
pub fn is_reserved(word: &str) -> bool {
    sort_of(word.as_bytes()) != Sort::Free
}

/// Whether `word` is never a code.
pub fn is_connective(word: &str) -> bool {
    sort_of(word.as_bytes()).is_connective()
}

/// What a word may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A name or a code.
    Free,
    /// A code.
    Reserved,
    /// Neither.
    Connective,
    /// Neither; it begins a statement.
    Statement,
}

impl Sort {
    /// Whether a word of this sort is never a code.
    pub fn is_connective(self) -> bool {
        matches!(self, Sort::Connective | Sort::Statement)
    }
}

/// The sort of a word.
pub(super) fn sort_of(word: &[u8]) -> Sort {
    let letter = word.first().map_or(usize::MAX, |first| usize::from(first.wrapping_sub(b'a')));
    // Most names differ from every reserved word in length or first letter.
    let Some((first, behind)) = PLACES.get(word.len()).and_then(|places| places.get(letter)) else {
        return Sort::Free;
    };
    let alike = RESERVED.get(usize::from(*first)..usize::from(*behind)).unwrap_or_default();
    alike.iter().find(|(known, _)| known.as_bytes() == word).map_or(Sort::Free, |(_, sort)| *sort)
}

/// Every reserved word, those of one length and first letter together.
const RESERVED: [(&str, Sort); STATEMENT_WORDS.len() + OTHER_WORDS.len()] = {
    let mut sorted = [("", Sort::Free); STATEMENT_WORDS.len() + OTHER_WORDS.len()];
    insert(&mut sorted, STATEMENT_WORDS, Sort::Statement);
    insert(&mut sorted, OTHER_WORDS, Sort::Reserved);
    connect(&mut sorted, CONNECTIVES);
    sorted
};

/// Inserts words where their lengths and first letters belong; the free places come first.
#[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
const fn insert(sorted: &mut [(&str, Sort)], words: &[&'static str], sort: Sort) {
    let mut next = 0;
    while next < words.len() {
        let mut at = 0;
        while at + 1 < sorted.len() && order(sorted[at + 1].0) < order(words[next]) {
            sorted[at] = sorted[at + 1];
            at += 1;
        }
        sorted[at] = (words[next], sort);
        next += 1;
    }
}

/// By length, then by first letter.
#[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
const fn order(word: &str) -> usize {
    if word.is_empty() { 0 } else { word.len() << 8 | word.as_bytes()[0] as usize }
}

/// Makes connectives of words that are among them.
#[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
const fn connect(sorted: &mut [(&str, Sort)], words: &[&str]) {
    let mut next = 0;
    while next < words.len() {
        let mut at = 0;
        while at < sorted.len() {
            if same(sorted[at].0.as_bytes(), words[next].as_bytes()) {
                sorted[at].1 = Sort::Connective;
            }
            at += 1;
        }
        next += 1;
    }
}

/// Whether two words are the same.
const fn same(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([a, one @ ..], [b, other @ ..]) => *a == *b && same(one, other),
        (one, other) => one.is_empty() && other.is_empty(),
    }
}

/// For each length and first letter, where those words begin among the reserved ones, and what is behind them.
const PLACES: [[(u8, u8); 26]; 16] = {
    let mut places = [[(0, 0); 26]; 16];
    let mut at = 0;
    while at < RESERVED.len() {
        #[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
        {
            let word = RESERVED[at].0.as_bytes();
            let place = &mut places[word.len()][(word[0] - b'a') as usize];
            if place.1 == 0 {
                place.0 = at as u8;
            }
            place.1 = at as u8 + 1;
        }
        at += 1;
    }
    places
};

/// The statement word that people write `word` for.
pub(in crate::syntax) fn synonym(word: &str) -> Option<&'static str> {
    Some(match word {
        "include" | "includes" | "inclusion" | "must" | "needs" | "requires" | "required" => "require",
        "excludes" | "excluded" | "exclusion" | "bar" | "bars" => "exclude",
        "def" | "let" | "definition" | "defines" => "define",
        "import" | "imports" | "uses" | "using" => "use",
        "test" | "examples" | "patient" => "example",
        "lab" | "measurement" | "value" | "facts" => "fact",
        "study" | "protocol" => "trial",
        "medication" | "drugs" => "drug",
        "diagnosis" | "conditions" => "condition",
        "events" => "event",
        "vocab" => "vocabulary",
        _ => return None,
    })
}

/// Whether `byte` may be inside a name.
pub(in crate::syntax) fn is_word_byte(byte: u8) -> bool {
    WORD_BYTES.get(usize::from(byte)).is_some_and(|is| *is)
}

const WORD_BYTES: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
        {
            all[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        }
        byte += 1;
    }
    all
};
