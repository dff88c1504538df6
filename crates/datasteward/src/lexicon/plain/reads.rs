//! What a token of a name can turn out to be.

/// How one token reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// Digits, an index, a grade letter: says nothing either way.
    Neutral,
    /// A word of four letters or more, which lends its plainness to mild abbreviations beside it.
    Plain,
    /// A proper name that the word list has.
    Proper,
    /// A short word or an abbreviation that everyone knows.
    Short,
    Mild,
    /// An abbreviation that is also a word.
    AlsoWord,
    RunTogether,
    Unknown,
    /// A short word of another language (`de`, `el`).
    Foreign,
    Abbreviated,
    Cryptic,
}
