//! What a careful reader would say of a dataset and its fields, before any rule speaks.
//!
//! The judgements are made once a record; rules turn them into findings, and `inspect` shows them as they are. The
//! words in which they are given are those of [`Judged::answers`] and [`ColumnJudgement`].

mod beside;
mod column;
mod dataset;

pub use column::ColumnJudgement;
pub use dataset::Judged;

/// How good a description is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextVerdict {
    /// There is none.
    Missing,
    /// Something stands there that says nothing: "n/a", "test", a template.
    Placeholder,
    /// The name or title again.
    Restates,
    /// Something new, but not enough to work with.
    Thin,
    /// It helps.
    Good,
}

impl TextVerdict {
    /// The word used by `inspect`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "none",
            Self::Placeholder => "placeholder",
            Self::Restates => "restates",
            Self::Thin => "thin",
            Self::Good => "good",
        }
    }
}

impl From<crate::lexicon::restate::DescriptionVerdict> for TextVerdict {
    fn from(verdict: crate::lexicon::restate::DescriptionVerdict) -> Self {
        use crate::lexicon::restate::DescriptionVerdict as Verdict;
        match verdict {
            Verdict::Missing => Self::Missing,
            Verdict::Restates => Self::Restates,
            Verdict::Thin => Self::Thin,
            Verdict::Good => Self::Good,
        }
    }
}

/// Yes or no.
fn word(answer: bool) -> &'static str {
    if answer { "yes" } else { "no" }
}
