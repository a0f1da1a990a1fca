//! Settings of docs/editors.md and the files beside them, as far as a parser is at hand.
