//! Every number that a rule uses, with the evidence for it.

/// A description below this many characters of own text cannot tell what the data is (rule `description-too-short`).
/// In well-kept catalogues 2 % of descriptions are shorter, elsewhere 6 to 16 %.
pub const SHORT_DESCRIPTION_CHARACTERS: usize = 50;

/// Age, in multiples of what the promised rate allows, from which an overdue dataset is an error.
pub const FAR_OVERDUE: u32 = 2;

/// From this share of unexplained fields on, and this many of them, a table cannot be used at all.
pub const UNUSABLE_SHARE: f64 = 0.5;
/// See [`UNUSABLE_SHARE`].
pub const UNUSABLE_FIELDS: usize = 3;

/// Fewer rows show no pattern.
pub const FEW_ROWS: u64 = 12;
/// Fewer rows show little; from here on a mean and a spread can be told.
pub const ENOUGH_ROWS: u64 = 30;
/// A short but wide table shows enough from this many numbers on.
pub const ENOUGH_NUMBERS: u64 = 200;

/// A table cut into slices has at least so many.
pub const SLICES: usize = 3;
/// Slices share at least this share of their columns (Jaccard similarity to the widest one).
pub const SLICE_SIMILARITY: f64 = 0.8;
/// Below this similarity tables with like titles are different tables.
pub const DRIFT_SIMILARITY: f64 = 0.5;

/// Evidence quoted from a record is cut in the middle beyond this many characters.
pub const EVIDENCE_CHARACTERS: usize = 200;
/// How many examples a message names before "and N more".
pub const EXAMPLES: usize = 3;
