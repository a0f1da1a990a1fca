//! A picture as an SVG image.

use std::fmt::Write as _;

use super::layout::{self, Layout, Place, ROW};
use super::{Answer, Edge, Picture, Role};
use crate::narrate::render::html::escaped;

const STYLE: &str = "text{font:12px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#1b2126}.head{font-weight:700;font-size:14px}.box{fill:#fff;stroke:#55606a;stroke-width:1.4}.pass{fill:#e3f4e6;stroke:#1c6b2c}.fail{fill:#fdecea;stroke:#a3160c;stroke-width:2.4}.unknown{fill:#fff6dd;stroke:#8a6200;stroke-dasharray:5 3}.line{fill:none;stroke:#55606a;stroke-width:1.5}.a-no{stroke-dasharray:8 4;stroke:#a3160c}.a-unknown{stroke-dasharray:2 4;stroke:#8a6200}.a-yes{stroke:#1c6b2c}.word{font-size:11px;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}.tip{fill:#55606a}.ground{fill:#fff}";

pub(super) fn written(picture: &Picture) -> String {
    let layout = layout::layout(picture);
    let (width, height) = (layout.width, layout.height);
    let title = escaped(&picture.title);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"Decisions of {title}\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n<style>{STYLE}</style>\n<rect class=\"ground\" width=\"{width:.0}\" height=\"{height:.0}\"/>\n<text class=\"head\" x=\"20\" y=\"24\">{title}</text>\n"
    );
    let mut words = String::new();
    for (at, edge) in picture.edges.iter().enumerate() {
        line(&mut out, &mut words, picture, &layout, at, edge);
    }
    for place in &layout.places {
        if let Some(node) = place.node.and_then(|at| picture.nodes.get(at)) {
            shape(&mut out, place, node.role, &node.text);
        }
    }
    out.push_str(&words);
    out.push_str("</svg>\n");
    out
}

/// The ways out of a box, from left to right by where they lead.
fn exit(picture: &Picture, layout: &Layout, at: usize, edge: &Edge) -> f64 {
    let first = |at: usize| {
        let next = layout.routes.get(at).and_then(|route| route.get(1)).and_then(|next| layout.places.get(*next));
        next.map_or(0.0, |place| place.x)
    };
    let mut ways: Vec<usize> =
        picture.edges.iter().enumerate().filter(|(_, other)| other.from == edge.from).map(|(at, _)| at).collect();
    ways.sort_by(|a, b| first(*a).total_cmp(&first(*b)).then(a.cmp(b)));
    let place = ways.iter().position(|way| *way == at).unwrap_or(0);
    let share = |count: usize| u32::try_from(count).map_or(0.0, f64::from);
    (share(place) + 0.5) / share(ways.len().max(1)) - 0.5
}

fn line(out: &mut String, words: &mut String, picture: &Picture, layout: &Layout, at: usize, edge: &Edge) {
    let Some(route) = layout.routes.get(at) else {
        return;
    };
    let places: Vec<&Place> = route.iter().filter_map(|at| layout.places.get(*at)).collect();
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return;
    };
    let start = (first.x + exit(picture, layout, at, edge) * first.width * 0.86, first.y + first.height);
    let mut path = format!("M{:.1} {:.1}", start.0, start.1);
    let mut from = start;
    // Below its word a line may turn.
    let down = (start.0, start.1 + 20.0);
    let _ = write!(path, "L{:.1} {:.1}", down.0, down.1);
    from.1 = down.1;
    for place in places.iter().skip(1) {
        let to = (place.x, place.y - if place.node.is_some() { 7.0 } else { 0.0 });
        let middle = (from.1 + to.1) / 2.0;
        let _ = write!(path, "C{:.1} {middle:.1} {:.1} {middle:.1} {:.1} {:.1}", from.0, to.0, to.0, to.1);
        from = to;
        if place.node.is_none() {
            from.1 += place.height;
            let _ = write!(path, "V{:.1}", from.1);
        }
    }
    let class = match edge.answers.first() {
        Some(Answer::Yes) | None => "a-yes",
        Some(Answer::No) => "a-no",
        Some(Answer::Unknown) => "a-unknown",
    };
    let _ = writeln!(out, "<path class=\"line {class}\" d=\"{path}\"/>");
    let (x, y) = (last.x, last.y);
    let _ = writeln!(out, "<path class=\"tip\" d=\"M{x:.1} {y:.1}l-4.5 -8h9z\"/>");
    let _ = writeln!(
        words,
        "<text class=\"word\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
        start.0,
        start.1 + 14.0,
        edge.text()
    );
}

fn shape(out: &mut String, place: &Place, role: Role, whole: &str) {
    let (left, width, height) = (place.x - place.width / 2.0, place.width, place.height);
    let (class, round) = match role {
        Role::Test => ("box", 3.0),
        Role::Pass => ("box pass", height / 2.0),
        Role::Fail => ("box fail", 0.0),
        Role::Unknown => ("box unknown", height / 2.0),
    };
    let _ = writeln!(
        out,
        "<g><title>{}</title><rect class=\"{class}\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round:.1}\"/>",
        escaped(whole),
        place.y
    );
    let mut y = place.y + 8.0 + 12.0;
    for line in &place.lines {
        let _ =
            writeln!(out, "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>", place.x, escaped(line));
        y += ROW;
    }
    out.push_str("</g>\n");
}
