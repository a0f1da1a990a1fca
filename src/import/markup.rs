//! Tags and entities of web pages, as they get into the text of records: `&lt;`, `<br>`, `<sup>9</sup>`.

use super::phrase::beginning;

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

/// The text with what begins with a sign read by `read`, which is given what was written before and the text behind the
/// sign, writes what that comes to, and answers what follows it; with nothing from it the sign stays.
fn rewritten<'t>(text: &'t str, sign: char, read: impl Fn(&mut String, &'t str) -> Option<&'t str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(sign) {
        out.push_str(before);
        rest = read(&mut out, behind).unwrap_or_else(|| {
            out.push(sign);
            behind
        });
    }
    out.push_str(rest);
    out
}

/// `&lt;`, `&#8805;`, `&#x2265;`; what is none stays.
fn entities(text: &str) -> String {
    rewritten(text, '&', |out, behind| {
        let end = beginning(behind, 9).find(';')?;
        let (name, after) = (behind.get(..end)?, behind.get(end + 1..)?);
        match ENTITIES.iter().find(|(known, _)| *known == name) {
            Some((_, letters)) => out.push_str(letters),
            None => out.push(numbered(name)?),
        }
        Some(after)
    })
}

fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    if code == 160 { Some(' ') } else { char::from_u32(code) }
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

/// No tag is longer, in bytes.
const LONGEST: usize = 4000;

/// Tags inside a line.
const INLINE: &[&str] = &["b", "i", "u", "em", "strong", "span", "sub", "a", "font", "td", "th", "small", "mark"];

fn tags(text: &str) -> String {
    rewritten(text, '<', |out, behind| {
        let (name, opens, after) = tag(behind)?;
        match name.as_str() {
            "li" if opens => out.push_str("\n* "),
            "sup" if opens && out.ends_with("10") && after.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                out.push('^');
            }
            "td" | "th" => out.push(' '),
            // One line end, not two.
            "br" if after.starts_with(['\n', '\r']) => {}
            name if BLOCKS.contains(&name) => out.push('\n'),
            _ => {}
        }
        Some(after)
    })
}

/// The name of a tag, whether it opens, and what follows it; nothing for `<` as a sign.
fn tag(behind: &str) -> Option<(String, bool, &str)> {
    let end = beginning(behind, LONGEST).find('>')?;
    let (inside, after) = (behind.get(..end)?, behind.get(end + 1..)?);
    let opens = !inside.starts_with('/');
    let inside = inside.trim_start_matches('/').trim_end_matches('/').trim_end();
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let name = name.to_ascii_lowercase();
    let known = name == "sup" || BLOCKS.contains(&name.as_str()) || INLINE.contains(&name.as_str());
    let plain = attributes.trim().is_empty() || attributes.contains('=') && !attributes.contains('<');
    (known && plain).then_some((name, opens, after))
}
