//! Where the nodes of a picture stand: in layers by their longest way from the start, ordered so that few lines cross.

use super::{Picture, Role};
use crate::legible;

/// Letters on a line of a box.
const LINE: usize = 34;
/// Lines of a box; what is longer is cut, and whole in the node's title.
const LINES: usize = 9;
/// Width of a letter of the monospaced font, in pixels.
pub(super) const LETTER: f64 = 7.3;
/// Height of a line.
pub(super) const ROW: f64 = 16.0;
const SIDE: f64 = 14.0;
const GAP: f64 = 34.0;
const BETWEEN: f64 = 64.0;
const SWEEPS: usize = 12;

/// A box, or a bend of a long line.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The picture's node; nothing for a bend.
    pub node: Option<usize>,
    pub lines: Vec<String>,
    /// The middle.
    pub x: f64,
    /// The top.
    pub y: f64,
    pub width: f64,
    pub height: f64,
    layer: usize,
}

/// A whole layout.
pub(super) struct Layout {
    pub places: Vec<Place>,
    /// For each edge of the picture, the places it goes through.
    pub routes: Vec<Vec<usize>>,
    pub width: f64,
    pub height: f64,
}

/// A text in lines of a box.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let flush = |line: &mut String, lines: &mut Vec<String>| {
        if !line.is_empty() {
            lines.push(std::mem::take(line));
        }
    };
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().filter(|letter| !legible::hidden(*letter)).collect();
        if !line.is_empty() && width_of(&line) + 1 + rest.len() > LINE {
            flush(&mut line, &mut lines);
        }
        // A word longer than a line is broken.
        while rest.len() > LINE {
            let tail = rest.split_off(LINE);
            flush(&mut line, &mut lines);
            lines.push(rest.into_iter().collect());
            rest = tail;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(rest);
    }
    flush(&mut line, &mut lines);
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push_str(" ..");
        }
    }
    lines
}

/// Columns of a monospaced font: letters beyond Latin take two.
fn width_of(text: &str) -> usize {
    text.chars().map(|letter| if u32::from(letter) > 0x2e80 { 2 } else { 1 }).sum()
}

fn spread(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

pub(super) fn layout(picture: &Picture) -> Layout {
    let layers = layers(picture);
    let mut places: Vec<Place> = picture
        .nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            let lines = wrapped(&node.text);
            let columns = lines.iter().map(|line| width_of(line)).max().unwrap_or(0);
            let least = if node.role == Role::Test { 190.0 } else { 96.0 };
            Place {
                node: Some(at),
                width: (spread(columns) * LETTER + 2.0 * SIDE).max(least),
                height: spread(lines.len().max(1)) * ROW + 16.0,
                lines,
                x: 0.0,
                y: 0.0,
                layer: layers.get(at).copied().unwrap_or(0),
            }
        })
        .collect();
    let mut routes = Vec::new();
    for edge in &picture.edges {
        let from = layers.get(edge.from).copied().unwrap_or(0);
        let to = layers.get(edge.to).copied().unwrap_or(0);
        let mut route = vec![edge.from];
        for layer in from + 1..to {
            route.push(places.len());
            places.push(Place { node: None, lines: Vec::new(), x: 0.0, y: 0.0, width: 10.0, height: 0.0, layer });
        }
        route.push(edge.to);
        routes.push(route);
    }
    let mut near: Vec<(Vec<usize>, Vec<usize>)> = vec![(Vec::new(), Vec::new()); places.len()];
    for route in &routes {
        for pair in route.windows(2) {
            if let [above, below] = pair {
                if let Some(own) = near.get_mut(*below) {
                    own.0.push(*above);
                }
                if let Some(own) = near.get_mut(*above) {
                    own.1.push(*below);
                }
            }
        }
    }
    let depth = places.iter().map(|place| place.layer).max().unwrap_or(0) + 1;
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); depth];
    for (at, place) in places.iter().enumerate() {
        if let Some(row) = rows.get_mut(place.layer) {
            row.push(at);
        }
    }
    for row in &rows {
        pack(&mut places, row);
    }
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let order: Vec<usize> = if down { (0..depth).collect() } else { (0..depth).rev().collect() };
        for layer in order {
            if let Some(row) = rows.get_mut(layer) {
                settle(&mut places, row, &near, down, sweep + 4 < SWEEPS);
            }
        }
    }
    // Every row under the tallest box of the one above.
    let mut y = 44.0;
    for row in &rows {
        let tallest = row.iter().filter_map(|at| places.get(*at)).map(|place| place.height).fold(0.0, f64::max);
        for at in row {
            if let Some(place) = places.get_mut(*at) {
                place.y = y;
                // A line goes straight down between the boxes of a row.
                if place.node.is_none() {
                    place.height = tallest;
                }
            }
        }
        y += tallest + BETWEEN;
    }
    let left = places.iter().map(|place| place.x - place.width / 2.0).fold(f64::INFINITY, f64::min);
    for place in &mut places {
        place.x += 20.0 - left;
    }
    let right = places.iter().map(|place| place.x + place.width / 2.0).fold(0.0, f64::max);
    Layout { places, routes, width: right + 20.0, height: y - BETWEEN + 20.0 }
}

/// The longest way from the start; answers stand together in the last row.
fn layers(picture: &Picture) -> Vec<usize> {
    let mut waits = vec![0_usize; picture.nodes.len()];
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); picture.nodes.len()];
    for edge in &picture.edges {
        if let Some(count) = waits.get_mut(edge.to) {
            *count += 1;
        }
        if let Some(own) = out.get_mut(edge.from) {
            own.push(edge.to);
        }
    }
    let mut layer = vec![0_usize; picture.nodes.len()];
    let mut ready: Vec<usize> = waits.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
    while let Some(at) = ready.pop() {
        let own = layer.get(at).copied().unwrap_or(0);
        for to in out.get(at).cloned().unwrap_or_default() {
            if let Some(below) = layer.get_mut(to) {
                *below = (*below).max(own + 1);
            }
            if let Some(count) = waits.get_mut(to) {
                *count -= 1;
                if *count == 0 {
                    ready.push(to);
                }
            }
        }
    }
    let last = layer.iter().copied().max().unwrap_or(0);
    for (at, node) in picture.nodes.iter().enumerate() {
        if node.role != Role::Test
            && let Some(own) = layer.get_mut(at)
        {
            *own = last;
        }
    }
    layer
}

/// A row from left to right, as close as it may stand.
fn pack(places: &mut [Place], row: &[usize]) {
    let mut x = 0.0;
    for at in row {
        if let Some(place) = places.get_mut(*at) {
            place.x = x + place.width / 2.0;
            x += place.width + GAP;
        }
    }
}

/// Moves each place of a row towards what it is joined to, in the order that this gives.
fn settle(places: &mut [Place], row: &mut Vec<usize>, near: &[(Vec<usize>, Vec<usize>)], down: bool, reorder: bool) {
    let mut wanted: Vec<(f64, usize)> = row
        .iter()
        .map(|at| {
            let own = places.get(*at).map_or(0.0, |place| place.x);
            let joined = near.get(*at).map(|near| if down { &near.0 } else { &near.1 });
            let xs: Vec<f64> =
                joined.into_iter().flatten().filter_map(|at| places.get(*at)).map(|place| place.x).collect();
            (if xs.is_empty() { own } else { xs.iter().sum::<f64>() / spread(xs.len()) }, *at)
        })
        .collect();
    if reorder {
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        *row = wanted.iter().map(|(_, at)| *at).collect();
    }
    // From the left no two overlap; then the whole row moves back by what it drifted.
    let mut edge = f64::NEG_INFINITY;
    let mut drift = 0.0;
    for (x, at) in &wanted {
        if let Some(place) = places.get_mut(*at) {
            place.x = x.max(edge + GAP + place.width / 2.0);
            edge = place.x + place.width / 2.0;
            drift += place.x - x;
        }
    }
    let drift = if wanted.is_empty() { 0.0 } else { drift / spread(wanted.len()) };
    for (_, at) in &wanted {
        if let Some(place) = places.get_mut(*at) {
            place.x -= drift;
        }
    }
}
