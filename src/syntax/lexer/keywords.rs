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
    let first = word.first().copied().filter(u8::is_ascii_lowercase).map_or(0, |first| 1 << (first - b'a'));
    // Most names differ from every reserved word in length or first letter.
    if FIRST_LETTERS.get(word.len()).is_none_or(|letters| letters & first == 0) {
        return Sort::Free;
    }
    RESERVED
        .binary_search_by_key(&packed(word), |(word, _)| *word)
        .map_or(Sort::Free, |at| RESERVED.get(at).map_or(Sort::Free, |(_, sort)| *sort))
}

/// A word of at most sixteen bytes as a number.
const fn packed(word: &[u8]) -> u128 {
    let mut number = 0;
    let mut rest = word;
    while let [first, behind @ ..] = rest {
        number = number << 8 | *first as u128;
        rest = behind;
    }
    number
}

/// Every reserved word as a number, in the order of the numbers.
const RESERVED: [(u128, Sort); STATEMENT_WORDS.len() + OTHER_WORDS.len()] = {
    let mut sorted = [(0, Sort::Free); STATEMENT_WORDS.len() + OTHER_WORDS.len()];
    insert(&mut sorted, STATEMENT_WORDS, Sort::Statement);
    insert(&mut sorted, OTHER_WORDS, Sort::Reserved);
    connect(&mut sorted, CONNECTIVES);
    sorted
};

/// Inserts words where their numbers belong; the free places come first.
#[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
const fn insert(sorted: &mut [(u128, Sort)], words: &[&str], sort: Sort) {
    let mut next = 0;
    while next < words.len() {
        let number = packed(words[next].as_bytes());
        let mut at = 0;
        while at + 1 < sorted.len() && sorted[at + 1].0 < number {
            sorted[at] = sorted[at + 1];
            at += 1;
        }
        sorted[at] = (number, sort);
        next += 1;
    }
}

/// Makes connectives of words that are among them.
#[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
const fn connect(sorted: &mut [(u128, Sort)], words: &[&str]) {
    let mut next = 0;
    while next < words.len() {
        let number = packed(words[next].as_bytes());
        let mut at = 0;
        while at < sorted.len() {
            if sorted[at].0 == number {
                sorted[at].1 = Sort::Connective;
            }
            at += 1;
        }
        next += 1;
    }
}

/// For each length, the first letters of the reserved words that long, as bits from `a` up.
const FIRST_LETTERS: [u32; 16] = {
    let mut letters = [0; 16];
    add_letters(&mut letters, STATEMENT_WORDS);
    add_letters(&mut letters, OTHER_WORDS);
    letters
};

#[expect(clippy::indexing_slicing, reason = "worked out when the compiler is built")]
const fn add_letters(letters: &mut [u32; 16], words: &[&str]) {
    let mut at = 0;
    while at < words.len() {
        let word = words[at].as_bytes();
        letters[word.len()] |= 1 << (word[0] - b'a');
        at += 1;
    }
}

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
