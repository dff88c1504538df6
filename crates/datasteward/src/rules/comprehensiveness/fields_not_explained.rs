use crate::judgement::TextVerdict;
use crate::limits;
use crate::model::Columns;
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule, offered, quoted_list};

declare_rule! {
    /// Fields have neither a plain name nor a description.
    ///
    /// ## Why it matters
    /// Someone new to the data cannot use these columns, or guesses and gets them wrong.
    ///
    /// ## How to mend it
    /// Describe each field in a few words, give it a plain name, or link a data dictionary.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "crime", "title": "Crime", "columns": [{"name": "DR_NO"}, {"name": "PREMIS_CD"}, {"name": "VICT_DSCNT"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "crime", "title": "Crime", "columns": [{"name": "date_reported"},
    ///  {"name": "PREMIS_CD", "description": "Code of the kind of place where it happened; the codes are on the portal"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: plain-English field names, field descriptions or a data dictionary.
    rule {
        id: "fields-not-explained",
        code: "M5-01",
        item: M5,
        severity: Error,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if subject.judged.has_dictionary(dataset) {
        return Verdict::Pass;
    }
    if matches!(dataset.columns, Columns::Referenced(_)) {
        return Verdict::Pass;
    }
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let judged = subject.judged.judged_columns().count();
    let unexplained = subject.judged.unexplained(dataset);
    if unexplained.is_empty() {
        return Verdict::Pass;
    }
    let bad = unexplained.len();
    let columns = dataset.columns.listed();
    let names = unexplained.iter().filter_map(|at| columns.get(*at));
    let bare = subject
        .judged
        .judged_columns()
        .filter(|(_, column)| column.description == TextVerdict::Missing)
        .count();
    let fields = if judged == 1 {
        "field has"
    } else {
        "fields have"
    };
    let mut message = if bare == judged && bad < judged {
        format!(
            "None of the {judged} fields is described, and {bad} of their names cannot be read without a description: {}",
            quoted_list(names.clone().map(|column| column.shown_name()))
        )
    } else {
        format!(
            "{bad} of {judged} {fields} neither a plain name nor a description: {}",
            quoted_list(names.clone().map(|column| column.shown_name()))
        )
    };
    if bad == 1 && judged > 1 {
        message = format!(
            "1 of {judged} fields has neither a plain name nor a description: {}",
            quoted_list(names.clone().map(|column| column.shown_name()))
        );
    }
    let offers = offered(unexplained.iter().filter_map(|at| {
        let column = columns.get(*at)?;
        let offer = subject.judged.expansion(dataset, *at)?;
        offer.complete.then_some((column.shown_name(), offer.text))
    }));
    #[expect(clippy::cast_precision_loss, reason = "counts of columns are small")]
    let share = bad as f64 / judged as f64;
    let unusable = share >= limits::UNUSABLE_SHARE && bad >= limits::UNUSABLE_FIELDS;
    let mut draft = Draft::new("columns", message)
        .at_all(names.filter_map(|column| column.name_at()))
        .of(bad, judged)
        .weighing(if unusable {
            Severity::Error
        } else {
            Severity::Warning
        });
    if let Some(offers) = offers {
        draft = draft.mend(format!(
            "Describe each field in a few words, or link a data dictionary. Names that would help: {offers}."
        ));
    }
    Verdict::fail(draft)
}
