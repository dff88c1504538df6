use crate::judgement::TextVerdict;
use crate::lexicon::plain;
use crate::limits;
use crate::model::{At, BlankKind, Column, Columns, Slot};
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, none_of, quoted_list};

declare_rule! {
    /// Many fields have no description.
    ///
    /// ## Why it matters
    /// A plain name says what a field is about, not how it is counted, which values it may have or what an empty cell means.
    ///
    /// ## How to mend it
    /// Describe each field in one sentence, or link a data dictionary; begin with the fields that need the most explaining.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "columns": [{"name": "Species"}, {"name": "Planting season"}, {"name": "Condition"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "columns": [
    ///  {"name": "Species", "description": "Botanical name as the planting crew wrote it down"},
    ///  {"name": "Condition", "description": "Judged from the street: good, fair or poor"}, {"name": "Street name"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: plain-English field names, field descriptions or a data dictionary.
    rule {
        id: "missing-field-description",
        code: "M5-03",
        item: M5,
        severity: Info,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if subject.judged.has_dictionary(dataset) || matches!(dataset.columns, Columns::Referenced(_)) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    // Where names need explaining, `fields-not-explained` has said so, and counted.
    if !subject.judged.unexplained(dataset).is_empty() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let columns = dataset.columns.listed();
    let asked: Vec<_> = subject
        .judged
        .judged_columns()
        .filter_map(|(index, judged)| Some((columns.get(index)?, judged)))
        .filter(|(column, _)| {
            !matches!(
                column.description,
                Slot::NotInFormat(_) | Slot::NotInExport(_)
            )
        })
        .collect();
    if asked.is_empty() {
        return Verdict::Unknown(Reason::NoSlot);
    }
    let bare: Vec<_> = asked
        .iter()
        .filter(|(column, judged)| {
            // What stands in the place of a description is told as that.
            judged.description == TextVerdict::Missing
                && column.values.is_empty()
                && !has_telling_label(column)
                && !plain::is_self_evident(column.shown_name())
        })
        .map(|(column, _)| column)
        .collect();
    let few = bare.len() * limits::UNDESCRIBED_ONE_IN <= asked.len();
    if bare.is_empty() || few {
        return Verdict::Pass;
    }
    let names = quoted_list(bare.iter().map(|column| column.shown_name()));
    let described = asked.iter().any(|(column, judged)| {
        has_telling_label(column)
            || !matches!(
                judged.description,
                TextVerdict::Missing | TextVerdict::Placeholder
            )
    });
    let message = match (bare.len(), described) {
        (1, _) => format!("The field {names} has no description"),
        (_, false) => format!("{} has a description", none_of(asked.len(), "fields")),
        (bad, true) => format!(
            "{bad} of {} fields have no description: {names}",
            asked.len()
        ),
    };
    let draft = Draft::new("columns.description", message)
        .at_all(bare.iter().filter_map(|column| place(column)))
        .of(bare.len(), asked.len());
    Verdict::fail(draft)
}

/// Whether the name for readers is a sentence beside a short name for software: `langadmin`, "Language in which the interview
/// was held". It describes the field. A longer name for software is the heading itself, as a portal writes it.
fn has_telling_label(column: &Column<'_>) -> bool {
    let (Some(label), Some(key)) = (column.name.value(), column.machine_name.value()) else {
        return false;
    };
    let words = key
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty());
    label.split_whitespace().count() >= limits::TELLING_LABEL && words.count() <= SHORT_NAME
}

/// A name for software of so many words is a name and no heading.
const SHORT_NAME: usize = 2;

/// Where an empty description stands, or the name where there is none at all.
fn place(column: &Column<'_>) -> Option<At> {
    let emptied = match column.description {
        Slot::Blank {
            kind: BlankKind::Absent,
            ..
        } => None,
        ref slot => slot.at(),
    };
    emptied.or(column.name.at()).or(column.machine_name.at())
}

#[cfg(test)]
mod tests {
    use crate::check::rules_told;

    #[test]
    fn a_long_label_beside_a_machine_name_describes_the_field() {
        let is_told = |key: &str, label: &str| {
            let text = format!(
                r#"{{"name": "wells", "title": "Wells", "resources": [{{"name": "wells", "path": "wells.csv", "schema": {{"fields": [
                    {{"name": "{key}", "title": "{label}"}}, {{"name": "{key}_2", "title": "{label} again"}}]}}}}]}}"#
            );
            rules_told("datapackage.json", &text)
                .iter()
                .any(|it| it == "missing-field-description")
        };
        assert!(is_told("depth", "Depth of well"));
        assert!(!is_told(
            "depth",
            "How deep the well was when it was drilled"
        ));
        // The portal has made a name of the heading.
        assert!(is_told(
            "how_deep_the_well",
            "How deep the well was when it was drilled"
        ));
    }
}
