//! Roles that the opening of a description gives.

use std::sync::LazyLock;

use super::Role;
use super::head::Head;
use super::names::role_by_name;
use crate::lexicon::field::Field;
use crate::lexicon::fold::without_accent;
use crate::lexicon::lists;
use crate::lexicon::name_parts::NameParts;

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
    fn counts_in_french(&self) -> bool {
        let counted = self
            .0
            .strip_prefix("nombre de ")
            .or(self.0.strip_prefix("nombre d'"));
        counted
            .and_then(|rest| rest.split(' ').next())
            .is_some_and(|what| what.len() > 4 && what.ends_with('s'))
    }
}

/// A short description is a better name: `pclass`, "Passenger class".
fn role_by_longer_name(field: &Field<'_>) -> Option<Role> {
    let clause = field
        .description
        .split(['.', ',', ';', '(', ':'])
        .next()?
        .trim();
    let words = clause.split(' ').count();
    if clause == field.name || !(2..=4).contains(&words) {
        return None;
    }
    let longer = Field {
        name: clause,
        description: "",
        ..*field
    };
    let parts = NameParts::of(clause);
    let head = Head::of(&parts);
    // "Pay period 6", "Period 4": what was paid then.
    if field.datatype.is_numeric()
        && parts
            .words()
            .iter()
            .any(|word| parts.text(word) == "period")
    {
        return None;
    }
    role_by_name(&longer, &parts, head, None, false)
}

pub(super) fn role_by_description(field: &Field<'_>) -> Option<Role> {
    if field.description.is_empty() {
        return None;
    }
    let opening = Opening::of(field.description);
    let kinds: [(&[&str], Role); 6] = [
        (Said::ScoreOpens.phrases(), Role::Score),
        (
            &[
                "number of",
                "count of",
                "cantidad de",
                "numero de",
                "total de",
                "anzahl",
            ],
            Role::Count,
        ),
        (
            &[
                "percent ",
                "percentage",
                "porcentaje",
                "proportion of",
                "share of",
            ],
            Role::Percent,
        ),
        (
            &["identificador", "identifier", "unique id"],
            Role::Identifier,
        ),
        (&["codigo", "code"], Role::Code),
        (
            &["year", "ano ", "date", "fecha", "month", "mes "],
            Role::Date,
        ),
    ];
    let opens = kinds.iter().find(|(phrases, _)| opening.starts(phrases));
    opens
        .map(|(_, role)| *role)
        .or(opening.counts_in_french().then_some(Role::Count))
        .or_else(|| role_by_longer_name(field))
}
