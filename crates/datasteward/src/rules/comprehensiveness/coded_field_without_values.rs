use crate::lexicon::roles::Role;
use crate::lexicon::{codes, fold};
use crate::model::Column;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Fields hold codes, and nothing says what the codes mean.
    ///
    /// ## Why it matters
    /// A reader sees 101, 203 and 510 and cannot go on without asking.
    ///
    /// ## How to mend it
    /// List the codes in the field's description, as in "O = open, C = closed", add a field with the words, or link the list of codes.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "crime", "title": "Crime", "columns": [{"name": "Premise code", "description": "Where it happened"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "crime", "title": "Crime", "columns": [{"name": "Premise code"}, {"name": "Premise description"},
    ///  {"name": "Status code", "description": "O = open, C = closed"}]}
    /// ```
    rule {
        id: "coded-field-without-values",
        code: "M5-08",
        item: M5,
        severity: Info,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if subject.judged.has_dictionary(dataset) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    // The table is the list of codes.
    let is_list = fold::words(dataset.title_text()).any(|word| {
        matches!(
            &*word,
            "code" | "codes" | "lookup" | "classification" | "dictionary"
        )
    });
    if is_list {
        return Verdict::NotApplicable(Reason::AssetKind);
    }
    let columns = dataset.columns.listed();
    let coded: Vec<_> = subject
        .judged
        .judged_columns()
        .filter(|(_, judged)| judged.role == Role::Code)
        .filter_map(|(index, _)| columns.get(index))
        .filter_map(|column| Some((column, codes::stem(column.shown_name())?)))
        .collect();
    if coded.is_empty() {
        return Verdict::Pass;
    }
    let explained = codes::Explained::of(dataset.description_text());
    let offers = codes::Offers::of(
        columns
            .iter()
            .map(|column| (column.index, column.shown_name())),
    );
    let found: Vec<_> = coded
        .iter()
        .filter(|(column, stem)| {
            // A neighbour may give the same thing in words: `Premise description` beside `Premise code`.
            !says_values(column) && !explained.tells(stem) && !offers.words_for(stem, column.index)
        })
        .map(|(column, _)| column)
        .collect();
    if found.is_empty() {
        return Verdict::Pass;
    }
    let names = quoted_list(found.iter().map(|column| column.shown_name()));
    let message = if found.len() == 1 {
        format!("The field {names} holds codes, and nothing says what they mean")
    } else {
        format!(
            "{} fields hold codes, and nothing says what they mean: {names}",
            found.len()
        )
    };
    let draft = Draft::new("columns.values", message)
        .at_all(found.iter().filter_map(|column| column.name_at()))
        .of(found.len(), coded.len());
    Verdict::fail(draft)
}

fn says_values(column: &Column<'_>) -> bool {
    !column.values.is_empty()
        || column.values_url.is_filled()
        || column.concept.is_filled()
        || codes::lists_values(column.description_text())
}
