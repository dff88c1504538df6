use crate::lexicon::plain::NameVerdict;
use crate::rule::{Check, Draft, Subject, Verdict, declare_rule, of_all, offered, quoted_list};

declare_rule! {
    /// Field names are hard to read.
    ///
    /// ## Why it matters
    /// A plain name saves every reader a trip to the dictionary, even where a description is there.
    ///
    /// ## How to mend it
    /// Give the field a display name in plain words; the name that software uses can stay.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "insp", "title": "Inspections", "columns": [{"name": "DT_OF_INSP"}, {"name": "Column12"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "insp", "title": "Inspections", "columns": [{"name": "inspection_date"}, {"name": "Inspector"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: plain-English field names.
    rule {
        id: "cryptic-field-name",
        code: "M5-02",
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
    let dataset = subject.dataset;
    let columns = dataset.columns.listed();
    let cryptic = |verdict| {
        matches!(
            verdict,
            NameVerdict::Abbreviated | NameVerdict::Cryptic | NameVerdict::Generic
        )
    };
    let found: Vec<_> = subject
        .judged
        .judged_columns()
        .filter(|(_, column)| cryptic(column.name))
        .filter_map(|(index, _)| Some((index, columns.get(index)?)))
        // What has no name has none that could be hard to read.
        .filter(|(_, column)| !column.shown_name().trim().is_empty())
        .collect();
    if found.is_empty() {
        return Verdict::Pass;
    }
    let judged = subject.judged.judged_columns().count();
    let names = quoted_list(found.iter().map(|(_, column)| column.shown_name()));
    let verb = if found.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{} {verb} hard to read: {names}",
        of_all(found.len(), judged, "field name", "field names")
    );
    let offers = offered(found.iter().filter_map(|(index, column)| {
        // A name that could be read in two ways is not offered: the steward knows, and a guess misleads.
        let offer = subject.judged.expansion(dataset, *index)?;
        offer.complete.then_some((column.shown_name(), offer.text))
    }));
    let mut draft = Draft::new("columns.name", message)
        .at_all(found.iter().filter_map(|(_, column)| column.name_at()))
        .of(found.len(), judged);
    if let Some(offers) = offers {
        draft = draft.mend(format!("Names that would help: {offers}."));
    }
    Verdict::fail(draft)
}
