//! `eligc read FILE`

use super::check::{Denied, checked};
use super::io::{self, Failure, Out};
use super::{CLEAN, FINDINGS, ReadArgs, ReadFormat};
use crate::read::{self, Reading, render};

/// The width of a page that is no terminal.
const PAGE: usize = 100;

pub(super) fn run(args: &ReadArgs, out: &mut Out) -> Result<u8, Failure> {
    let checked = checked(&args.file, &Denied::none())?;
    let Some(program) = &checked.program else {
        let text = io::rendered(&checked, false, out.error_color);
        out.error(&text)?;
        return Ok(FINDINGS);
    };
    let mut reading = read::trial(program);
    if let Some(only) = &args.only {
        keep_only(&mut reading, only)?;
    }
    let text = match args.format {
        ReadFormat::Text => render::text::trial(&reading, width(args)),
        ReadFormat::Markdown => render::markdown::trial(&reading),
        ReadFormat::Html => render::html::trial(&reading),
    };
    match &args.output {
        Some(path) if !io::is_stdin(path) => io::write_file(path, &text)?,
        _ => out.text(&text)?,
    }
    Ok(CLEAN)
}

fn width(args: &ReadArgs) -> usize {
    if args.output.is_some() { PAGE } else { io::terminal_width().unwrap_or(PAGE).min(PAGE) }
}

/// Leaves one numbered criterion or note.
fn keep_only(reading: &mut Reading, only: &str) -> Result<(), Failure> {
    let ids: Vec<String> = reading
        .sections
        .iter()
        .filter(|section| numbered(&section.heading))
        .flat_map(|section| section.entries.iter().map(|entry| entry.label.clone()))
        .collect();
    if !ids.iter().any(|id| id == only) {
        let near = crate::diag::suggest::nearest(only, ids.iter().map(String::as_str), 3);
        let hint = crate::diag::suggest::did_you_mean(&near).map_or(String::new(), |hint| format!("; {hint}"));
        return Err(Failure::Message(format!("`--only {only}`: the trial has no criterion or note of that number{hint}")));
    }
    reading.rules.clear();
    reading.details.clear();
    reading.sections.retain_mut(|section| {
        section.entries.retain(|entry| entry.label == only);
        numbered(&section.heading) && !section.entries.is_empty()
    });
    Ok(())
}

fn numbered(heading: &str) -> bool {
    matches!(heading, "Inclusion criteria" | "Exclusion criteria" | "Notes")
}
