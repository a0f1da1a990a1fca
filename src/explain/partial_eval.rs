//! What a criterion or filter still depends on once the known tests are known: its decision graph with the known
//! tests followed and the unknown ones left as two-way branches, equal branches joined.

use std::collections::{BTreeSet, HashMap};

use crate::eval::code::{CheckId, Target};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::kleene::Tri;

/// What is left of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Left {
    Answer(Tri),
    Branch(usize),
}

/// The tests on the way from a node to its end, each once, with their answers.
pub(crate) struct Path {
    root: Target,
    pub(crate) checks: Vec<(CheckId, Tri)>,
    pub(crate) end: Tri,
}

impl<'a> Run<'a> {
    /// The nodes that `root` can reach, ascending: every branch leads to a lower one or to an answer.
    pub(crate) fn reachable(self, root: Target) -> Vec<Target> {
        let nodes = &self.evaluator.nodes;
        let mut found = BTreeSet::new();
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            if let Some(node) = nodes.get(at.0 as usize)
                && found.insert(at)
            {
                open.extend([node.yes, node.no, node.unknown]);
            }
        }
        found.into_iter().collect()
    }

    /// The tests whose unknown answers keep `root` from being known, in the order they are asked. Nothing when every
    /// way of answering them leads to the same end, or when the end is known.
    pub(crate) fn open_checks(self, root: Target, here: EvalScope<'a>) -> Vec<CheckId> {
        let mut left: HashMap<Target, Left> = HashMap::new();
        let mut branches: Vec<(CheckId, Left, Left)> = Vec::new();
        let mut known: HashMap<(CheckId, Left, Left), usize> = HashMap::new();
        let mut answers: HashMap<CheckId, Tri> = HashMap::new();
        let of = |left: &HashMap<Target, Left>, target: Target| {
            left.get(&target).copied().unwrap_or(Left::Answer(target.answer()))
        };
        for at in self.reachable(root) {
            let Some(node) = self.evaluator.nodes.get(at.0 as usize) else {
                continue;
            };
            let answer = *answers.entry(node.check).or_insert_with(|| self.check(node.check, here));
            let (yes, no) = (of(&left, node.yes), of(&left, node.no));
            let rest = match answer {
                Tri::Yes => yes,
                Tri::No => no,
                Tri::Unknown if yes == no => yes,
                Tri::Unknown => {
                    let next = branches.len();
                    let place = *known.entry((node.check, yes, no)).or_insert(next);
                    if place == next {
                        branches.push((node.check, yes, no));
                    }
                    Left::Branch(place)
                }
            };
            left.insert(at, rest);
        }
        let mut checks = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![of(&left, root)];
        while let Some(at) = open.pop() {
            let Left::Branch(place) = at else { continue };
            if !seen.insert(place) {
                continue;
            }
            if let Some((check, yes, no)) = branches.get(place) {
                if !checks.contains(check) {
                    checks.push(*check);
                }
                open.extend([*no, *yes]);
            }
        }
        checks
    }

    /// The way from `root` to its end.
    pub(crate) fn path(self, root: Target, here: EvalScope<'a>) -> Path {
        let mut checks: Vec<(CheckId, Tri)> = Vec::new();
        let mut at = root;
        while let Some(node) = self.evaluator.nodes.get(at.0 as usize) {
            let answer = self.check(node.check, here);
            if !checks.iter().any(|(check, _)| *check == node.check) {
                checks.push((node.check, answer));
            }
            at = node.next(answer);
        }
        Path { root, checks, end: at.answer() }
    }

    /// A smallest part of a path that is enough: leave out any more and the end is unknown.
    pub(crate) fn sufficient(self, path: Path) -> Vec<(CheckId, bool)> {
        let Path { root, checks, end } = path;
        let mut kept: Vec<(CheckId, bool)> =
            checks.into_iter().filter_map(|(check, answer)| Some((check, answer.known()?))).collect();
        let mut place = 0;
        while let Some(dropped) = kept.get(place).copied() {
            kept.remove(place);
            if self.follow_pinned(root, &kept) != end {
                kept.insert(place, dropped);
                place += 1;
            }
        }
        kept
    }

    /// The end when only the tests given are known.
    fn follow_pinned(self, root: Target, pins: &[(CheckId, bool)]) -> Tri {
        let mut at = root;
        while let Some(node) = self.evaluator.nodes.get(at.0 as usize) {
            at = match pins.iter().find(|(check, _)| *check == node.check) {
                Some((_, true)) => node.yes,
                Some((_, false)) => node.no,
                None => node.unknown,
            };
        }
        at.answer()
    }
}
