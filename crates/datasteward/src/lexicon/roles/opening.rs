//! How a description opens.

use std::sync::LazyLock;

use crate::lexicon::fold::without_accent;
use crate::lexicon::lists;

/// What a description may say of the values of its field, as `data/description_phrases.tsv` has it.
#[derive(Clone, Copy)]
pub(super) enum Said {
    FlagOpens,
    FlagHolds,
    RateTells,
    RateCounts,
    StatisticOpens,
    CodeAsks,
    ScoreOpens,
}

impl Said {
    pub(super) fn phrases(self) -> &'static [&'static str] {
        static PHRASES: LazyLock<[Vec<&'static str>; 7]> = LazyLock::new(|| {
            let kinds = [
                "flag-opens",
                "flag-holds",
                "rate-tells",
                "rate-counts",
                "statistic-opens",
                "code-asks",
                "score-opens",
            ];
            let file = include_str!("../../../data/description_phrases.tsv");
            kinds.map(|kind| lists::of(file, kind, '|'))
        });
        PHRASES.get(self as usize).map_or(&[], Vec::as_slice)
    }
}

/// The first letters of a description, folded.
pub(super) struct Opening(String);

impl Opening {
    pub(super) fn of(description: &str) -> Self {
        Self(description.chars().take(40).map(without_accent).collect())
    }

    pub(super) fn starts(&self, phrases: &[&str]) -> bool {
        let mut text = self.0.as_str();
        // "The average annual share of …" is a share.
        while let Some((first, rest)) = text.split_once(' ')
            && matches!(
                first,
                "the"
                    | "total"
                    | "average"
                    | "mean"
                    | "median"
                    | "estimated"
                    | "overall"
                    | "maximum"
                    | "minimum"
                    | "equal"
                    | "annual"
                    | "yearly"
                    | "quarterly"
                    | "monthly"
                    | "weekly"
                    | "daily"
            )
        {
            text = rest;
        }
        phrases.iter().any(|phrase| text.starts_with(phrase))
    }

    /// "Nombre de logements"; in Spanish `nombre` is a name.
    pub(super) fn counts_in_french(&self) -> bool {
        let counted = self
            .0
            .strip_prefix("nombre de ")
            .or(self.0.strip_prefix("nombre d'"));
        counted
            .and_then(|rest| rest.split(' ').next())
            .is_some_and(|what| what.len() > 4 && what.ends_with('s'))
    }
}
