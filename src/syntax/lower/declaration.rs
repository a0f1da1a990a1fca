//! Facts, kinds and groups: types, modifiers, attributes.

use super::clause::Separator;
use super::{Lower, Node};
use crate::ir::EntryKind;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Modifier, ModifierKind, Name, Number, StatementKind};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;

/// A number with its unit.
type Measured = (Option<Number>, Option<crate::syntax::ast::Unit>);

impl Lower<'_> {
    pub(super) fn fact(&mut self, node: Node<'_>) -> Option<StatementKind> {
        let mut name = None;
        let mut ty = None;
        let mut modifiers = Vec::new();
        let mut end = self.first_word(&node).range().end;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::name => name = Some(self.name(&child)),
                Rule::value_type => ty = self.value_type(child),
                Rule::unparsed => self.unparsed(&child, end),
                _ if self.wanted(&child) => {}
                _ => modifiers.extend(self.modifier(child, span)),
            }
            end = span.range().end;
        }
        let name = name?;
        match ty {
            Some(ty) => Some(StatementKind::Fact { name, ty, modifiers }),
            None => {
                self.broken.push(name);
                None
            }
        }
    }

    pub(super) fn entry_kind(&mut self, node: Node<'_>) -> Option<StatementKind> {
        let word = match node.as_str().get(..1) {
            Some("e") => EntryKind::Event,
            Some("c") => EntryKind::Condition,
            _ => EntryKind::Drug,
        };
        let mut name = None;
        let mut modifiers = Vec::new();
        let mut end = self.first_word(&node).range().end;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::kind_word => {}
                Rule::name => name = Some(self.name(&child)),
                Rule::unparsed => self.unparsed(&child, end),
                _ if self.wanted(&child) => {}
                _ => modifiers.extend(self.modifier(child, span)),
            }
            end = span.range().end;
        }
        name.map(|name| StatementKind::Kind { word, name, modifiers })
    }

    pub(super) fn group_statement(&mut self, node: Node<'_>) -> Option<StatementKind> {
        let end = self.first_word(&node).range().end;
        let (name, modifiers, members) = self.members_of_group(node, end)?;
        Some(StatementKind::Group { name, modifiers, members })
    }

    pub(super) fn extend_group(&mut self, node: Node<'_>) -> Option<StatementKind> {
        let extend = self.first_word(&node).range().end;
        let rest = self.slice(extend..self.span(&node).range().end);
        let end = extend + rest.find("group").map_or(0, |at| at + "group".len());
        let (name, modifiers, members) = self.members_of_group(node, end)?;
        Some(StatementKind::ExtendGroup { name, modifiers, members })
    }

    /// The name, the codes and the members of a group; `end` is where the words before the name end.
    fn members_of_group(&mut self, node: Node<'_>, mut end: usize) -> Option<(Name, Vec<Modifier>, Vec<Name>)> {
        let before = self.diagnostics.len();
        let mut name = None;
        let mut modifiers = Vec::new();
        let mut members: Option<Vec<Name>> = None;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::name => name = Some(self.name(&child)),
                Rule::name_set => members.get_or_insert_default().extend(self.name_set(child)),
                Rule::unparsed => self.unparsed(&child, end),
                _ if self.wanted(&child) => {}
                _ => modifiers.extend(self.modifier(child, span)),
            }
            end = span.range().end;
        }
        let name = name?;
        if members.is_none() && self.diagnostics.len() == before {
            self.diagnostics.push(errors::no_members(name.span, &name.text));
        }
        Some((name, modifiers, members.unwrap_or_default()))
    }

    /// `extend growth_factor { long_acting: yes_no }`
    pub(super) fn extend(&mut self, node: Node<'_>) -> Option<StatementKind> {
        let before = self.diagnostics.len();
        let mut name = None;
        let mut values = Vec::new();
        let mut modifiers = Vec::new();
        let mut end = self.first_word(&node).range().end;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::name => name = Some(self.name(&child)),
                Rule::value_type => values.extend(self.value_type(child)),
                Rule::unparsed => self.unparsed(&child, end),
                _ if self.wanted(&child) => {}
                _ => modifiers.extend(self.modifier(child, span)),
            }
            end = span.range().end;
        }
        let name = name?;
        if values.is_empty() && modifiers.is_empty() && self.diagnostics.len() == before {
            self.diagnostics.push(errors::nothing_added(name.span, &name.text));
        }
        Some(StatementKind::Extend { name, values, modifiers })
    }

    fn modifier(&mut self, node: Node<'_>, span: Span) -> Option<Modifier> {
        let kind = match node.as_rule() {
            Rule::possible | Rule::plausible => {
                let is_possible = node.as_rule() == Rule::possible;
                let mut range = None;
                for child in node.into_inner() {
                    if child.as_rule() == Rule::range {
                        range = self.range(child);
                    } else {
                        self.wanted(&child);
                    }
                }
                let (low, high) = range?;
                if is_possible { ModifierKind::Possible(low, high) } else { ModifierKind::Plausible(low, high) }
            }
            Rule::molar => match self.measured(node) {
                (Some(number), Some(unit)) => ModifierKind::Molar(number, unit),
                _ => return None,
            },
            Rule::half_life => match self.measured(node) {
                (Some(number), Some(unit)) => ModifierKind::HalfLife(number, unit),
                _ => return None,
            },
            Rule::limit_flag if node.as_str().starts_with("uln") => ModifierKind::Uln,
            Rule::limit_flag => ModifierKind::Lln,
            Rule::absent => {
                let missing = node.into_inner().any(|child| self.wanted(&child));
                if missing {
                    return None;
                }
                ModifierKind::AbsentMeansNo
            }
            Rule::timeless => ModifierKind::Timeless,
            Rule::results => ModifierKind::Results(self.results(node)?),
            Rule::bears_on => {
                let mut names = Vec::new();
                for child in node.into_inner() {
                    match child.as_rule() {
                        Rule::name => names.push(self.name(&child)),
                        Rule::name_set => names.extend(self.name_set(child)),
                        _ => {
                            self.wanted(&child);
                        }
                    }
                }
                if names.is_empty() {
                    return None;
                }
                ModifierKind::BearsOn(names)
            }
            Rule::otherwise => ModifierKind::Else(self.value_expression(node.into_inner().next()?)),
            Rule::second_scale => ModifierKind::Scale(Box::new(self.second_scale(node)?)),
            Rule::equivalent => ModifierKind::Equivalent(Box::new(self.equivalent(node)?)),
            Rule::equates => ModifierKind::Equates(self.bracketed_unit(node)?),
            Rule::codes => self.codes(node)?,
            Rule::attributes => ModifierKind::Attributes(self.attributes(node)),
            _ => return None,
        };
        Some(Modifier { span, kind })
    }

    fn measured(&mut self, node: Node<'_>) -> Measured {
        let mut number = None;
        let mut unit = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::signed_number => number = Some(self.number(&child)),
                Rule::unit => unit = Some(self.unit(&child)),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        (number, unit)
    }

    fn codes(&mut self, node: Node<'_>) -> Option<ModifierKind> {
        let mut system = None;
        let mut codes = Vec::new();
        let mut source = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::code_system => system = Some(self.name(&child)),
                Rule::text => codes.push(self.text(&child)),
                Rule::code_source => source = self.source(child),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        if codes.is_empty() {
            return None;
        }
        Some(ModifierKind::Codes { system: system?, codes, source })
    }

    fn attributes(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let opener = self.start(&node);
        let mut attributes = Vec::new();
        let mut separator = Separator::new(opener + 1);
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::attribute => {
                    self.separate(&mut separator, span);
                    attributes.extend(self.attribute(child));
                }
                Rule::comma => self.comma(&mut separator, span),
                Rule::no_close => self.unclosed(opener, &child),
                _ => self.stray(&mut separator, &child),
            }
        }
        attributes
    }

    fn attribute(&mut self, node: Node<'_>) -> Option<Attribute> {
        let doc = self.doc(self.start(&node));
        let mut nodes = node.into_inner();
        let key = nodes.next()?;
        let name = self.name(&key);
        let mut end = self.span(&key).range().end + 1;
        let mut ty = None;
        let mut missing = false;
        let mut modifiers = Vec::new();
        for child in nodes {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::value_type => ty = self.value_type(child),
                Rule::junk_attribute => self.unparsed(&child, end),
                _ if self.wanted(&child) => missing = true,
                _ => modifiers.extend(self.modifier(child, span)),
            }
            end = span.range().end;
        }
        match ty {
            Some(ty) if !missing => Some(Attribute { doc, name, ty, modifiers }),
            _ => {
                self.broken.push(name);
                None
            }
        }
    }
}
