//! A criterion of a decision tree in, a picture of its decisions out: Mermaid, DOT or SVG.

mod dot;
mod draw;
mod label;
mod layout;
mod mermaid;
mod picture;
mod svg;

pub use draw::criteria;
pub use picture::{Answer, Edge, Node, Picture, Role};

impl Picture {
    /// As a Mermaid flowchart.
    pub fn mermaid(&self) -> String {
        mermaid::written(self)
    }

    /// As a DOT graph.
    pub fn dot(&self) -> String {
        dot::written(self)
    }

    /// As an SVG image.
    pub fn svg(&self) -> String {
        svg::written(self)
    }
}
