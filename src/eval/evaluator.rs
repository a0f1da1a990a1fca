//! A decision tree made ready to run.

use crate::ir::Table;
use crate::record::schema::{Schema, Scope, attribute_named};
use crate::record::{RawRecord, ReadOptions, Record, RecordError};
use crate::tree::{AnchorId, AttributeId, DecisionTree, KindId, TestId};

use super::code::{CheckId, Node, Target, Test};
use super::compile::{Compiled, EvaluatorError, compile};
use super::edit_checks::EditChecks;
use super::fast_path::{self, FastTest, Instr};
use super::unread::Unread;
use super::uses::Uses;

/// A decision tree made ready to run: made once, used from any number of threads.
///
/// [`Evaluator::read`] makes a [`Record`] of a patient's JSON (docs/records.md), [`Evaluator::screen`] says its verdict,
/// [`Evaluator::evaluate`] everything there is to say of it.
///
/// ```
/// use eligc::{DecisionTree, Evaluator, ReadOptions, Record, RecordError, Verdict};
/// # let json = eligc::compile("demo.elig", "require [I1] sledai2k >= 8")?.to_json();
///
/// // What `eligc compile` writes.
/// let evaluator = Evaluator::new(DecisionTree::from_json(&json)?)?;
/// let lines = [
///     r#"{"id": "P-1", "facts": {"sledai2k": 8}}"#,
///     r#"{"id": "P-2", "facts": {"sledai2k": 7}}"#,
///     r#"{"id": "P-3", "facts": {}}"#,
/// ];
/// let screen = |lines: &[&str]| {
///     // One record's memory serves for all.
///     let (mut record, options) = (Record::default(), ReadOptions::default());
///     let mut verdict = |line: &&str| {
///         evaluator.read_into(line.as_bytes(), &options, &mut record)?;
///         Ok(evaluator.screen(&record))
///     };
///     lines.iter().map(|line| verdict(line)).collect::<Result<Vec<_>, RecordError>>()
/// };
/// let (first, last) = std::thread::scope(|scope| {
///     let other = scope.spawn(|| screen(&lines[2..]));
///     (screen(&lines[..2]), other.join().expect("no panic"))
/// });
/// assert_eq!(first?, [Verdict::Eligible, Verdict::Ineligible]);
/// assert_eq!(last?, [Verdict::Undetermined]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Evaluator {
    /// What records are read by, with the tree itself.
    pub(crate) schema: Schema,
    /// For each kind, its attribute `half_life`.
    pub(crate) half_lives: Table<KindId, Option<AttributeId>>,
    pub(crate) nodes: Vec<Node>,
    /// The nodes again, in the same order, for following.
    pub(crate) steps: Vec<Instr>,
    pub(crate) generals: Table<CheckId, Test>,
    /// For each check, the test and the scope it was compiled for.
    pub(crate) origins: Table<CheckId, (TestId, Scope)>,
    pub(crate) roots: Vec<Target>,
    /// The edit checks.
    pub(crate) edits: EditChecks,
    /// What its tests look at, once it is asked for.
    pub(crate) uses: std::sync::OnceLock<Uses>,
    /// What bears on criteria that do not read it, by place of what they read, once it is asked for.
    pub(crate) unread: std::sync::OnceLock<Vec<Unread>>,
}

impl Evaluator {
    /// Makes a tree ready, which takes longer than many records take.
    ///
    /// # Errors
    /// A tree that [`DecisionTree::validate`] refuses: one put together by hand. What the compiler and
    /// [`DecisionTree::from_json`] give is never refused.
    pub fn new(tree: DecisionTree) -> Result<Evaluator, EvaluatorError> {
        let Compiled { nodes, checks, generals, origins, roots, edit_roots } = compile(&tree)?;
        let step = |node: &Node| Instr::new(node, checks.get(node.check).copied().unwrap_or(FastTest::General));
        let half_lives = tree
            .kinds
            .iter()
            .map(|kind| attribute_named(&kind.attributes, "half_life").map(|(index, _)| index))
            .collect();
        let bounds = fast_path::bounds(&checks, tree.facts.len());
        Ok(Evaluator {
            edits: EditChecks::new(&nodes, &generals, edit_roots, step),
            steps: nodes.iter().map(step).collect(),
            half_lives,
            nodes,
            generals,
            origins,
            roots,
            uses: std::sync::OnceLock::new(),
            unread: std::sync::OnceLock::new(),
            schema: Schema::new(tree, bounds),
        })
    }

    /// The tree it was made of.
    pub fn tree(&self) -> &DecisionTree {
        &self.schema.tree
    }

    /// What its records are read by: each form of records has its own functions there.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The place of an anchor among the trial's, in time order, for [`EvalOptions`](crate::EvalOptions) and
    /// [`Evaluator::screen_at`]; `None` where the trial has no anchor of that name.
    pub fn anchor(&self, name: &str) -> Option<AnchorId> {
        self.schema.anchor(name)
    }

    /// The kinds a name means: one, or a group's. `None` for a name that is neither; nothing for a name that no
    /// test reads.
    pub fn kinds_named(&self, name: &str) -> Option<Vec<KindId>> {
        self.schema.kinds_named(name)
    }

    /// The anchors that some criterion has as its stage, in time order.
    pub fn stages(&self) -> Vec<AnchorId> {
        let mut stages: Vec<AnchorId> = self.tree().criteria.iter().map(|criterion| criterion.stage).collect();
        stages.sort_unstable();
        stages.dedup();
        stages
    }

    /// Reads one record from JSON: `id`, `anchors` (dates), `facts`, `judgements`. Quantities carry their UCUM unit and are brought
    /// to the fact's canonical one; dates are `2026-03-01`, or a month or year of them.
    ///
    /// # Errors
    /// Every problem of the record at once, in the order of the text; it then has no verdict.
    pub fn read(&self, json: &[u8], options: &ReadOptions) -> Result<Record, RecordError> {
        self.schema.read(json, options)
    }

    /// Reads one record of a stream.
    ///
    /// # Errors
    /// As [`Evaluator::read`], with the record's line.
    pub fn read_raw(&self, raw: &RawRecord<'_>, options: &ReadOptions) -> Result<Record, RecordError> {
        self.schema.read_raw(raw, options)
    }

    /// [`Evaluator::read`] into a record that is overwritten, so that its memory serves again. After an error it holds
    /// nothing of use.
    ///
    /// # Errors
    /// As [`Evaluator::read`].
    pub fn read_into(&self, json: &[u8], options: &ReadOptions, record: &mut Record) -> Result<(), RecordError> {
        self.schema.read_into(json, options, record)
    }
}
