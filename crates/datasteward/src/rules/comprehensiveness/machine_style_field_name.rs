use crate::lexicon::plain::NameVerdict;
use crate::lexicon::spoken::spoken;
use crate::model::Slot;
use crate::rule::{
    Check, Draft, Reason, Subject, Verdict, declare_rule, of_all, offered, quoted_list,
};

declare_rule! {
    /// Readers are shown the names that software uses.
    ///
    /// ## Why it matters
    /// `date_of_inspection` can be read, but a table headed so looks like the inside of a machine, and its words cannot be found by a search.
    ///
    /// ## How to mend it
    /// Give the field a display name with blanks between its words; the name that software uses can stay.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "insp", "title": "Inspections", "columns": [{"name": "inspection_date"}, {"name": "buildingOwner"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "insp", "title": "Inspections", "columns": [{"name": "inspection_date", "plain_name": "Inspection date"}, {"name": "Owner"}]}
    /// ```
    rule {
        id: "machine-style-field-name",
        code: "M5-06",
        item: M5,
        severity: Info,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = subject.dataset.columns.listed();
    let asked: Vec<_> = subject
        .judged
        .judged_columns()
        .filter_map(|(index, judged)| Some((columns.get(index)?, judged)))
        .filter(|(column, _)| !matches!(column.name, Slot::NotInFormat(_) | Slot::NotInExport(_)))
        .collect();
    if asked.is_empty() {
        return Verdict::Unknown(Reason::NoSlot);
    }
    let language = subject.judged.language;
    // Names that cannot be read are another rule's matter.
    let found: Vec<_> = asked
        .iter()
        .filter(|(_, judged)| matches!(judged.name, NameVerdict::Plain | NameVerdict::RunTogether))
        .filter_map(|(column, _)| Some((column, spoken(column.shown_name(), language)?)))
        .collect();
    let Some(((first, spoken), more)) = found.split_first() else {
        return Verdict::Pass;
    };
    let name = first.shown_name();
    let message = if more.is_empty() {
        format!(
            "The field name `{name}` is written for software; readers would rather see `{spoken}`"
        )
    } else {
        format!(
            "{} are written for software, not for people: {}",
            of_all(found.len(), asked.len(), "field name", "field names"),
            quoted_list(found.iter().map(|(column, _)| column.shown_name()))
        )
    };
    let offers = offered(
        found
            .iter()
            .map(|(column, spoken)| (column.shown_name(), spoken.clone())),
    );
    let draft = Draft::new("columns.name", message)
        .at_all(found.iter().filter_map(|(column, _)| column.name_at()))
        .of(found.len(), asked.len())
        .mend(if more.is_empty() {
            format!("Give it the display name `{spoken}`; the name that software uses can stay.")
        } else {
            format!(
                "Give them display names, for example: {}.",
                offers.unwrap_or_default()
            )
        });
    Verdict::fail(draft)
}
