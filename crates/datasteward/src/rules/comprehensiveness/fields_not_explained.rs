use crate::judgement::TextVerdict;
use crate::lexicon::plain::is_words_but_one;
use crate::limits;
use crate::model::Columns;
use crate::rule::{
    Check, Draft, Severity, Subject, Verdict, declare_rule, none_of, of_all, offered, quoted_list,
};

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
    let list = quoted_list(names.clone().map(|column| column.shown_name()));
    let message = if bare == judged && 1 < bad && bad < judged {
        format!(
            "{} is described, and {bad} of their names cannot be read without a description: {list}",
            none_of(judged, "fields")
        )
    } else {
        let verb = if bad == 1 { "has" } else { "have" };
        format!(
            "{} {verb} neither a plain name nor a description: {list}",
            of_all(bad, judged, "field", "fields")
        )
    };
    let offers = offered(unexplained.iter().filter_map(|at| {
        let column = columns.get(*at)?;
        let offer = subject.judged.expansion(dataset, *at)?;
        offer.complete.then_some((column.shown_name(), offer.text))
    }));
    // Of a name such as `Elementary School MSA Score` a reader misses one word, not the meaning.
    let vocabulary = &subject.judged.vocabulary;
    let opaque = unexplained
        .iter()
        .filter_map(|at| columns.get(*at))
        .filter(|column| !is_words_but_one(column.shown_name(), vocabulary))
        .count();
    #[expect(clippy::cast_precision_loss, reason = "counts of columns are small")]
    let share = opaque as f64 / judged as f64;
    let unusable = share >= limits::UNUSABLE_SHARE && opaque >= limits::UNUSABLE_FIELDS;
    let is_slight = bad == 1 && judged >= limits::MANY_FIELDS;
    let mut draft = Draft::new("columns", message)
        .at_all(names.filter_map(|column| column.name_at()))
        .of(bad, judged)
        .weighing(if unusable {
            Severity::Error
        } else if is_slight {
            Severity::Info
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
