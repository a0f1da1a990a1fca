//! The units that the values of examples are written in, each with its way to the canonical unit.

use std::rc::Rc;

use foldhash::HashMap;

use crate::units;
use crate::vocab::Type;

/// A unit as written for a value of some type.
pub(super) struct Conversion {
    pub(super) written: String,
    /// From a value in it to the canonical one.
    pub(super) to_own: units::Conversion,
    /// The spelling that is in the record, in which its limits of normal are too: one that the tree lists, or UCUM.
    pub(super) spelling: String,
}

/// The conversions worked out, by the type (as declared in the vocabulary, so by its place) they are for.
pub(super) type Conversions = HashMap<*const Type, Vec<Rc<Conversion>>>;
