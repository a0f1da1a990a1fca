//! Tags and entities of web pages, as they get into the text of records: `&lt;`, `<br>`, `<sup>9</sup>`.

/// The text with entities read, tags that end a line as line ends, and other known tags taken away. What is no known tag
/// stays: `<5 mg` is text.
pub(super) fn plain(text: &str) -> String {
    let text = if text.contains('&') { entities(&entities(text)) } else { text.to_owned() };
    if text.contains('<') { tags(&text) } else { text }
}

const ENTITIES: &[(&str, &str)] = &[
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("le", "≤"),
    ("ge", "≥"),
    ("ne", "≠"),
    ("plusmn", "±"),
    ("times", "×"),
    ("micro", "µ"),
    ("mu", "μ"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("kappa", "κ"),
    ("deg", "°"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("frac12", "½"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("reg", "®"),
    ("trade", "™"),
];

/// `&lt;`, `&#8805;`, `&#x2265;`; what is none stays.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let found = behind.split_once(';').filter(|(name, _)| name.len() <= 8).and_then(|(name, after)| {
            let named = ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
            named.or_else(|| numbered(name)).map(|text| (text, after))
        });
        match found {
            Some((letters, after)) => {
                out.push_str(&letters);
                rest = after;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

fn numbered(name: &str) -> Option<String> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let letter = if code == 160 { ' ' } else { char::from_u32(code)? };
    Some(letter.to_string())
}

/// Tags that end a line.
const BLOCKS: &[&str] = &[
    "br",
    "p",
    "li",
    "ul",
    "ol",
    "div",
    "tr",
    "table",
    "tbody",
    "thead",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "hr",
    "section",
    "textblock",
    "criteria",
];

/// Tags inside a line.
const INLINE: &[&str] = &["b", "i", "u", "em", "strong", "span", "sub", "a", "font", "td", "th", "small", "mark"];

fn tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        match tag(behind) {
            Some((name, opens, after)) => {
                if name == "li" && opens {
                    out.push_str("\n* ");
                } else if BLOCKS.contains(&name.as_str()) {
                    out.push('\n');
                } else if name == "sup" && opens {
                    let number = after.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
                    let ten = out.ends_with("10");
                    out.push_str(if number && ten { "^" } else { "" });
                } else if matches!(name.as_str(), "td" | "th") {
                    out.push(' ');
                }
                rest = after;
            }
            None => {
                out.push('<');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The name of a tag, whether it opens, and what follows it; nothing for `<` as a sign.
fn tag(behind: &str) -> Option<(String, bool, &str)> {
    let (inside, after) = behind.split_once('>')?;
    let opens = !inside.starts_with('/');
    let inside = inside.trim_start_matches('/').trim_end_matches('/').trim_end();
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let name = name.to_ascii_lowercase();
    let known = name == "sup" || BLOCKS.contains(&name.as_str()) || INLINE.contains(&name.as_str());
    let plain = attributes.trim().is_empty() || attributes.contains('=') && !attributes.contains('<');
    (known && plain).then_some((name, opens, after))
}
