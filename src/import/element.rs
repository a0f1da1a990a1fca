//! The parts and the text of an XML element.

use roxmltree::Node;

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name(name))
}

pub(super) fn value(study: Node<'_, '_>, path: &[&str]) -> Option<String> {
    let node = path.iter().try_fold(study, |node, name| child(node, name))?;
    Some(words(node).trim().to_owned()).filter(|text| !text.is_empty())
}

/// The text of an element; tags inside it stay as tags.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    for part in node.children() {
        if let Some(text) = part.text().filter(|_| part.is_text()) {
            out.push_str(text);
        } else if part.is_element() {
            let name = part.tag_name().name();
            out.push_str(&format!("<{name}>{}</{name}>", words(part)));
        }
    }
    out
}
