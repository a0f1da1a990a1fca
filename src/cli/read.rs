//! `eligc read FILE`

use super::args::{ReadArgs, ReadFormat, TreeKind};
use super::checked::checked;
use super::io::{self, Failure, Out};
use super::{CLEAN, FINDINGS};
use crate::diag::{level, suggest};
use crate::diagram::{self, Picture};
use crate::lower::lower;
use crate::narrate::{self, render};
use crate::tree::DecisionTree;

/// What puzzles people in a picture.
const TWICE: &str = "Start at the top and follow the answer. A question that appears twice is asked once where everything before it is known, and once where something before it is not.";

/// The width of a page that is no terminal.
const PAGE: usize = 100;

pub(super) fn run(args: &ReadArgs, out: &mut Out) -> Result<u8, Failure> {
    let checked = checked(&args.file, &level::Levels::default())?;
    let Some(program) = &checked.program else {
        let text = io::rendered(&checked, out.error_color);
        out.error(&text)?;
        return Ok(FINDINGS);
    };
    let text = match args.tree {
        Some(kind) => drawn(kind, &lower(program, &checked.sources), args.only.as_deref())?,
        None => {
            let mut reading = narrate::trial(program);
            if let Some(only) = &args.only {
                let ids: Vec<String> = reading.numbers().map(str::to_owned).collect();
                known(only, &ids, "criterion or note")?;
                reading = reading.only(only).unwrap_or(reading);
            }
            match args.format {
                ReadFormat::Text => render::text::trial(&reading, width(args)),
                ReadFormat::Markdown => render::markdown::trial(&reading),
                ReadFormat::Html => render::html::trial(&reading),
            }
        }
    };
    match &args.output {
        Some(path) if !io::is_stdin(path) => io::write_output(path, &text, io::files_read(&checked))?,
        _ => out.text(&text)?,
    }
    Ok(CLEAN)
}

fn width(args: &ReadArgs) -> usize {
    if args.output.is_some() { PAGE } else { io::terminal_width().unwrap_or(PAGE).min(PAGE) }
}

/// The number must be one of the trial's.
fn known(only: &str, ids: &[String], what: &str) -> Result<(), Failure> {
    if ids.iter().any(|id| id == only) {
        return Ok(());
    }
    let near = suggest::nearest(only, ids.iter().map(String::as_str), 3);
    let hint = suggest::did_you_mean(&near).map_or(String::new(), |hint| format!("; {hint}"));
    Err(Failure(format!("`--only {only}`: the trial has no {what} of that number{hint}")))
}

/// The decisions of one criterion, or of all.
fn drawn(kind: TreeKind, tree: &DecisionTree, only: Option<&str>) -> Result<String, Failure> {
    let mut pictures = diagram::criteria(tree);
    if let Some(only) = only {
        let ids: Vec<String> = pictures.iter().map(|picture| picture.title.clone()).collect();
        known(only, &ids, "criterion")?;
        pictures.retain(|picture| picture.title == only);
    }
    let alone = only.is_some();
    Ok(match kind {
        TreeKind::Dot => pictures.iter().map(Picture::dot).collect(),
        TreeKind::Mermaid if alone => pictures.iter().map(Picture::mermaid).collect(),
        TreeKind::Mermaid => {
            pictures.iter().map(|own| format!("## {}\n\n```mermaid\n{}```\n\n", own.title, own.mermaid())).collect()
        }
        TreeKind::Svg if alone => pictures.iter().map(Picture::svg).collect(),
        TreeKind::Svg => {
            let title = tree.trial.title.as_deref().unwrap_or(&tree.trial.id);
            let mut body =
                format!("<h1>{}</h1>\n<p class=\"about\">{TWICE}</p>\n<main>\n", render::html::escaped(title));
            for own in &pictures {
                let name = render::html::escaped(&own.title);
                body += &format!("<section>\n<h2>{name}</h2>\n<figure>{}</figure>\n</section>\n", own.svg());
            }
            body += "</main>\n";
            render::html::page(title, &body)
        }
    })
}
