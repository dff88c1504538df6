//! Roles that the opening of a description gives.

use super::Role;
use super::head::Head;
use super::names::role_by_name;
use super::opening::{Opening, Said};
use crate::lexicon::field::Field;
use crate::lexicon::name_parts::NameParts;

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
