//! The elig blocks of README.md and docs/: each is a program that checks, or gives just the code it is tagged with,
//! and its examples pass.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test panics")]

use std::fs;
use std::path::{Path, PathBuf};

use eligc::driver::{Checked, check_text};
use eligc::eval::Evaluator;
use eligc::examples::unmet;
use eligc::explain::UnknownCause;
use eligc::lower::lower;
use eligc::typed::Example;

/// The project's own folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A fenced block of a page.
pub struct Block {
    /// `docs/language.md:120`
    pub place: String,
    /// What is behind the fence.
    pub tag: String,
    pub text: String,
}

pub fn blocks(path: &Path) -> Vec<Block> {
    let name = path.strip_prefix(root()).unwrap().display().to_string();
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (line, number) in fs::read_to_string(path).unwrap().lines().zip(1..) {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, Some(tag)) => {
                open = Some(Block { place: format!("{name}:{number}"), tag: tag.to_owned(), text: String::new() });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{name}: a block is never closed");
    found
}

/// README.md and every page under docs/; the pages of diagnostics have a test of their own.
pub fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("errors") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

pub fn is_elig(block: &Block) -> bool {
    block.tag == "elig" || block.tag.starts_with("elig,")
}

/// What the examples of a checked program expected and did not get, a line each.
pub fn failures(checked: &Checked) -> Vec<String> {
    let Some(program) = &checked.program else {
        return vec!["it has errors".to_owned()];
    };
    let evaluator = match Evaluator::new(lower(program, &checked.sources)) {
        Ok(evaluator) => evaluator,
        Err(error) => return vec![format!("the tree cannot be used: {error}")],
    };
    let of = |example: &Example| {
        let lines = unmet(&evaluator, program, &checked.sources, checked.main, example);
        lines.into_iter().map(|line| format!("{}: {line}", example.name)).collect::<Vec<_>>()
    };
    program.examples.iter().flat_map(of).collect()
}

#[test]
fn blocks_check_as_tagged() {
    let mut wrong = String::new();
    for block in pages().iter().flat_map(|page| blocks(page)).filter(is_elig) {
        let said: Vec<String> = check_text("page.elig", &block.text)
            .diagnostics
            .iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.title))
            .collect();
        let right = match block.tag.strip_prefix("elig,") {
            None => said.is_empty(),
            Some(code) => !said.is_empty() && said.iter().all(|line| line.starts_with(code)),
        };
        if !right {
            wrong += &format!("{}: tagged {}, gives {said:#?}\n", block.place, block.tag);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn examples_in_blocks_pass() {
    let mut wrong = String::new();
    for block in pages().iter().flat_map(|page| blocks(page)).filter(|block| block.tag == "elig") {
        for line in failures(&check_text("page.elig", &block.text)) {
            wrong += &format!("{}: {line}\n", block.place);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_reference_is_made_of_programs() {
    let found = blocks(&root().join("docs/language.md"));
    let count = found.iter().filter(|block| is_elig(block)).count();
    assert!(count >= 25, "docs/language.md has {count} elig blocks");
    let tags = |block: &Block| is_elig(block) || block.tag == "text" || block.tag == "sh";
    let odd: Vec<&str> = found.iter().filter(|block| !tags(block)).map(|block| block.place.as_str()).collect();
    assert!(odd.is_empty(), "no program and not said to be none: {odd:?}");
}

/// Links between pages, checked as far as files go.
#[test]
fn links_lead_somewhere() {
    let mut broken = String::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let folder = page.parent().unwrap();
        let inline = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let defined = definitions(&text, "[").into_iter().map(|(_, link)| link);
        for link in inline.chain(defined) {
            let file = link.split('#').next().unwrap();
            let outside = link.starts_with("http") || file.is_empty() || file.contains(' ');
            if !outside && !folder.join(file).exists() {
                broken += &format!("{}: {link}\n", page.strip_prefix(root()).unwrap().display());
            }
        }
    }
    assert!(broken.is_empty(), "{broken}");
}

/// The lines `[name]: link` of a text, each behind `mark`.
fn definitions<'t>(text: &'t str, mark: &str) -> Vec<(&'t str, &'t str)> {
    text.lines().filter_map(|line| line.strip_prefix(mark)?.split_once("]: ")).collect()
}

/// README is also the crate's page, which lies elsewhere: the same links lead from there.
#[test]
fn links_of_the_crate_page_lead_somewhere() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let page = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let inside = readme.split("](").skip(1).find(|rest| !rest.starts_with("http"));
    assert_eq!(inside.map(|rest| rest.split(')').next()), None, "README.md defines its links at its end");
    let here = |(name, link): (&'static str, &'static str)| (name, link.trim_start_matches("./"));
    let links: Vec<(&str, &str)> = definitions(readme.leak(), "[").into_iter().map(here).collect();
    let there: Vec<(&str, &str)> = definitions(&page, "//! [")
        .into_iter()
        .map(|(name, link)| (name, link.strip_prefix("../../../").unwrap_or("nowhere")))
        .collect();
    assert_eq!(links, there, "src/lib.rs has the links of README.md");
    assert!(links.len() > 15);
}

/// The reference lists every reserved word of the grammar, and every reason of unknown.
#[test]
fn the_reference_is_whole() {
    let page = fs::read_to_string(root().join("docs/language.md")).unwrap();
    let grammar = fs::read_to_string(root().join("grammar/elig.pest")).unwrap();
    let (reserved, _) = grammar.split_once("// Words that mean something in one place only").unwrap();
    let words: Vec<&str> =
        reserved.lines().filter(|line| line.starts_with("kw_")).filter_map(|line| line.split('"').nth(1)).collect();
    assert!(words.len() > 50, "{words:?}");
    let (_, list) = page.split_once("Reserved words may not be names.").unwrap();
    let list = list.split("\n\n").next().unwrap();
    let listed: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    let missing: Vec<&&str> = words.iter().filter(|word| !listed.contains(word)).collect();
    assert!(missing.is_empty(), "reserved and not listed: {missing:?}");
    let stray: Vec<&&str> = listed.iter().filter(|word| !words.contains(word)).collect();
    assert!(stray.is_empty(), "listed and not reserved: {stray:?}");
    for why in UnknownCause::ALL {
        let name = serde_json::to_value(why).unwrap();
        let row = format!("| `{}` |", name.as_str().unwrap());
        assert!(page.contains(&row), "no row for {row}");
    }
}

/// The crate's first page shows what an embedder needs: few enough names to read, and none under two names.
#[test]
fn the_interface_is_small() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let lists: Vec<&str> = text.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next()).collect();
    let count = |list: &&str| match list.split_once('{') {
        Some((_, names)) => names.split([',', '}']).filter(|name| !name.trim().is_empty()).count(),
        None => 1,
    };
    let names: usize = lists.iter().map(count).sum();
    assert!((30..=50).contains(&names), "{names} names");
    assert!(lists.iter().all(|list| !list.contains(" as ")), "{lists:?}");
    let lines: Vec<&str> = text.lines().collect();
    for pair in lines.windows(2).filter(|pair| pair[1].starts_with("pub mod")) {
        assert_eq!(pair[0], "#[doc(hidden)]", "{}", pair[1]);
    }
}
