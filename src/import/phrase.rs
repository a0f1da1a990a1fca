//! Where a text names a list: `Inclusion Criteria`, `criteria for exclusion`, `non-inclusion`, and in other languages.

use super::item::Side;

/// The words that name a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its bytes.
    pub start: usize,
    pub end: usize,
    /// Which list; nothing where it names both, or neither.
    pub side: Option<Side>,
    /// It says that they are criteria; `Inclusion` alone does not.
    pub full: bool,
}

/// A word and its bytes.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// In small letters.
    pub small: String,
}

/// The words of a text: letters and digits.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match found.last_mut() {
            Some(word) if word.end == at => {
                word.end = end;
                word.small.extend(letter.to_lowercase());
            }
            _ => found.push(Word { start: at, end, small: letter.to_lowercase().collect() }),
        }
    }
    found
}

/// The end of a text, about so many bytes of it.
pub(super) fn ending(text: &str, bytes: usize) -> &str {
    let from = (text.len().saturating_sub(bytes)..text.len()).find(|at| text.is_char_boundary(*at));
    from.and_then(|from| text.get(from..)).unwrap_or_default()
}

/// The beginning of a text, about so many bytes of it.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (bytes.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

const INCLUSION: &[&str] =
    &["inclusion", "inclusions", "inclusión", "inclusão", "inclusione", "einschluss", "inclusie", "eligibility"];
const EXCLUSION: &[&str] =
    &["exclusion", "exclusions", "exclusión", "exclusão", "esclusione", "ausschluss", "exclusie", "ineligibility"];
const CRITERIA: &[&str] = &[
    "criteria",
    "criterion",
    "criterias",
    "criterium",
    "criterios",
    "critérios",
    "critères",
    "criteres",
    "criteri",
    "kriterien",
    "requirements",
];

/// Words that are a phrase by themselves.
const WHOLE: &[(&str, Side)] = &[
    ("einschlusskriterien", Side::Inclusion),
    ("ausschlusskriterien", Side::Exclusion),
    ("inclusiecriteria", Side::Inclusion),
    ("exclusiecriteria", Side::Exclusion),
    ("入选标准", Side::Inclusion),
    ("入组标准", Side::Inclusion),
    ("纳入标准", Side::Inclusion),
    ("排除标准", Side::Exclusion),
    ("選択基準", Side::Inclusion),
    ("適格基準", Side::Inclusion),
    ("除外基準", Side::Exclusion),
    ("선정기준", Side::Inclusion),
    ("제외기준", Side::Exclusion),
];

/// The first phrase at or behind a place, in a text of these words.
pub(super) fn phrase_in(text: &str, words: &[Word], from: usize) -> Option<Phrase> {
    let small = |at: usize| words.get(at).map(|word| word.small.as_str());
    let skipped = words.partition_point(|word| word.start < from);
    for (at, word) in words.iter().enumerate().skip(skipped) {
        if let Some((known, side)) = WHOLE.iter().find(|(known, _)| word.small.starts_with(known)) {
            // Letters of these scripts keep their length.
            let end = if word.small == *known { word.end } else { word.start + known.len() };
            return Some(Phrase { start: word.start, end, side: Some(*side), full: true });
        }
        let negative = word.small.strip_prefix("non").unwrap_or(&word.small);
        let (mut side, glued) = match (side_of(&word.small), side_of(negative)) {
            (Some(side), _) => (side, false),
            (None, Some(side)) => (side, true),
            (None, None) => continue,
        };
        let bare = word.small.ends_with("eligibility") && !CRITERIA.contains(&small(at + 1).unwrap_or_default());
        if bare {
            continue;
        }
        let mut first = at;
        // `non-inclusion`, `no inclusión`
        let denied = at.checked_sub(1).and_then(small).is_some_and(|before| match before {
            "non" | "not" => true,
            "no" => at.checked_sub(2).and_then(small) == Some("de"),
            _ => false,
        });
        if denied {
            first -= 1;
        }
        if denied || glued {
            // What is no exclusion is not for sure an inclusion.
            side = if side == Some(Side::Inclusion) { Some(Side::Exclusion) } else { None };
        }
        let mut last = at;
        // `inclusion and exclusion`, `inclusion/exclusion`
        let other = match small(at + 1) {
            Some("and" | "or" | "und" | "et" | "y" | "e") => at + 2,
            _ => at + 1,
        };
        let next = small(other).map(|next| next.strip_prefix("non").unwrap_or(next)).and_then(side_of);
        let between = gap(text, words, at, other);
        // `.. before inclusion Exclusion Criteria:`
        let capital = |at: usize| {
            words
                .get(at)
                .and_then(|word| text.get(word.start..))
                .is_some_and(|text| text.starts_with(char::is_uppercase))
        };
        let apart = other == at + 1 && between.trim().is_empty() && !capital(at) && capital(other);
        if next.is_some() && !apart && between.len() <= 8 && !between.contains(['.', ';', ':', '!', '?', '\t', '•']) {
            side = None;
            last = other;
        }
        let mut full = false;
        if small(last + 1).is_some_and(|next| CRITERIA.contains(&next)) {
            last += 1;
            full = true;
        } else {
            // `criteria for inclusion`, `critères d'inclusion`
            let mut back = first;
            while back.checked_sub(1).and_then(small).is_some_and(|before| {
                matches!(before, "for" | "of" | "de" | "d" | "di" | "da" | "the") && first - back < 2
            }) {
                back -= 1;
            }
            if back < first && back.checked_sub(1).and_then(small).is_some_and(|before| CRITERIA.contains(&before)) {
                first = back - 1;
                full = true;
            }
        }
        let (start, end) = (words.get(first)?.start, words.get(last)?.end);
        return Some(Phrase { start, end, side, full });
    }
    None
}

/// Where a bracket opens that the phrase is in, behind other words: `Is well (see the exclusion criteria)`. The bracket
/// closes behind the phrase, in the same sentence.
pub(super) fn bracket_around(text: &str, found: &Phrase) -> Option<usize> {
    let before = ending(text.get(..found.start)?, 160);
    let mut depth = 0;
    let inside = before.char_indices().rev().find_map(|(at, letter)| match letter {
        ')' | ']' | '）' => {
            depth += 1;
            None
        }
        '(' | '[' | '（' if depth > 0 => {
            depth -= 1;
            None
        }
        '(' | '[' | '（' => Some(at),
        _ => None,
    })?;
    let opens = found.start - (before.len() - inside);
    let sentence = |text: &str| text.contains([';', '；', '。']) || text.contains(". ");
    // `(Exclusion Criteria)` is a heading.
    let bare = text.get(opens..found.start)?.chars().count() == 1 && text.get(..opens)?.trim().is_empty();
    if bare || sentence(before.get(inside..)?) {
        return None;
    }
    let behind = beginning(text.get(found.end..)?, 200);
    let closes = closing(behind, 1)?;
    let rest = behind.get(..closes)?;
    // `Exclusion Criteria: 1) Is ill`
    (!sentence(rest) && !is_first(rest.trim_start_matches([':', '：']))).then_some(opens)
}

/// Whether a text before a bracket is the marker of the first item of a list.
pub(super) fn is_first(text: &str) -> bool {
    matches!(text.trim(), "1" | "a" | "A" | "i")
}

/// The byte of the bracket that closes so many open ones.
pub(super) fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = open;
    text.char_indices().find_map(|(at, letter)| {
        match letter {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => return None,
        }
        (depth == 0).then_some(at)
    })
}

/// Whether a text has opened a bracket and not closed it.
pub(super) fn in_brackets(text: &str) -> bool {
    let open = ending(text, 600).chars().fold(0_usize, |open, letter| match letter {
        '(' | '[' | '（' => open + 1,
        ')' | ']' | '）' => open.saturating_sub(1),
        _ => open,
    });
    open > 0
}

/// Which list a word names; inside, nothing for a word that stands over both.
fn side_of(word: &str) -> Option<Option<Side>> {
    match word {
        "eligibility" => Some(None),
        _ if INCLUSION.contains(&word) => Some(Some(Side::Inclusion)),
        _ if EXCLUSION.contains(&word) => Some(Some(Side::Exclusion)),
        _ => None,
    }
}

/// What is between two words.
fn gap<'t>(text: &'t str, words: &[Word], one: usize, other: usize) -> &'t str {
    let place = |at: usize| words.get(at);
    match (place(one), place(other)) {
        (Some(one), Some(other)) => text.get(one.end..other.start).unwrap_or_default(),
        _ => "",
    }
}

/// Where a line closes a bracket that it has not opened.
pub(super) fn closes(text: &str) -> usize {
    // `Exclusion Criteria: 1) Is ill`
    let list = |at: &usize| text.get(..*at).and_then(|text| text.rsplit([' ', ':', '：']).next()).is_some_and(is_first);
    closing(beginning(text, 200), 1).filter(|at| !list(at)).unwrap_or(0)
}
