//! What is wrong with a record's structure, whatever its words say.

use super::At;

/// A key or a value that breaks the rules of the record's own format, or of a schema that the steward asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub at: At,
    /// What is wrong, in one sentence without jargon and without its full stop.
    pub message: String,
    /// The steward's own words.
    pub evidence: Option<String>,
    /// What to do, where it can be said.
    pub how: Option<String>,
    /// What sort of fault it is.
    pub kind: FaultKind,
}

/// What sort of fault it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A value of a kind that the format never has there: a list for a text.
    Type,
    /// A value that every reader understands, though the format has it otherwise.
    Note,
    /// A key that is a slip for this one.
    Slip(String),
    /// Anything else that a schema asks for.
    Schema,
}
