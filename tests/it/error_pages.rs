//! The page of every code: its wrong example gives exactly that code, its right one no error.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use eligc::diag::{Code, Severity};
use eligc::driver::check_text;

/// A fenced block: what is behind the fence, and its text.
struct Block {
    tag: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, Some(tag)) => open = Some(Block { tag: tag.to_owned(), text: String::new() }),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed:\n{page}");
    found
}

#[test]
fn pages_have_one_shape() {
    for code in Code::ALL {
        let page = code.page();
        let title = page.lines().next().unwrap().replace('-', " ");
        let name = code.name().replace('-', " ");
        assert_eq!(title, format!("# {}: {name}", code.id()));
        for part in ["\nWhy it matters: ", "\nWrong", "\nRight"] {
            assert!(page.contains(part), "{code} has no part {part:?}");
        }
        let blocks = blocks(page);
        // A file that is too large, or is not text, cannot be shown in a page.
        if *code != Code::E0104 {
            let wrong = format!("elig,{code}");
            assert_eq!(blocks.iter().filter(|block| block.tag == wrong).count(), 1, "{code}");
        }
        assert!(blocks.iter().any(|block| block.tag == "elig"), "{code}");
        let tags = ["elig".to_owned(), format!("elig,{code}"), "text".to_owned()];
        assert!(blocks.iter().all(|block| tags.contains(&block.tag)), "{code}");
    }
}

#[test]
fn wrong_examples_give_their_code_and_no_other() {
    let mut unlike = String::new();
    for code in Code::ALL {
        for block in blocks(code.page()).iter().filter(|block| block.tag.contains(',')) {
            let checked = check_text("page.elig", &block.text);
            let asked = if code.is_on_request() { checked.on_request() } else { Vec::new() };
            let mut given: Vec<String> = checked
                .diagnostics
                .iter()
                .chain(&asked)
                // A file that cannot be taken apart at all has no criterion either.
                .filter(|diagnostic| *code != Code::E0103 || diagnostic.code != Code::W0705)
                .map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.title))
                .collect();
            given.sort();
            if given.is_empty() || given.iter().any(|said| !said.starts_with(code.id())) {
                unlike += &format!("{code} gives {given:#?}\n");
            }
        }
    }
    assert!(unlike.is_empty(), "{unlike}");
}

#[test]
fn right_examples_are_clean() {
    let mut unclean = String::new();
    for code in Code::ALL {
        for block in blocks(code.page()).iter().filter(|block| block.tag == "elig") {
            let checked = check_text("page.elig", &block.text);
            let asked = if code.is_on_request() { checked.on_request() } else { Vec::new() };
            for diagnostic in checked.diagnostics.iter().chain(&asked) {
                // Warnings of another kind than the page's own are let pass.
                if diagnostic.severity == Severity::Error || diagnostic.code == *code {
                    unclean += &format!("{code}: {}: {}\n", diagnostic.code, diagnostic.title);
                }
            }
        }
    }
    assert!(unclean.is_empty(), "{unclean}");
}
