use crate::lexicon::opposites;
use crate::rule::{Check, Draft, Subject, Verdict, declare_rule};

declare_rule! {
    /// The description of a field says the opposite of its name.
    ///
    /// ## Why it matters
    /// One of the two is wrong. A reader who trusts the other counts days of the month as days of the week.
    ///
    /// ## How to mend it
    /// Look at some values, and correct the name or the description, whichever is wrong. Often the description was
    /// copied from the field beside it.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Crime reports", "columns": [{"name": "OCC_DOW",
    ///  "description": "Day of the month of the occurrence"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Crime reports", "columns": [{"name": "OCC_DOW",
    ///  "description": "Day of the week of the occurrence, 1 for Sunday"}]}
    /// ```
    rule {
        id: "field-description-contradicts-name",
        code: "M5-05",
        item: M5,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = subject.dataset.columns.listed();
    let described = || {
        subject
            .judged
            .judged_columns()
            .filter_map(|(index, _)| columns.get(index))
            .filter(|column| !column.description_text().is_empty())
    };
    let found: Vec<_> = described()
        .filter_map(|column| {
            let said = opposites::contradiction(column.shown_name(), column.description_text())?;
            Some((column, said))
        })
        .collect();
    let Some((first, (named, said))) = found.first() else {
        return Verdict::Pass;
    };
    let mut message = format!(
        "The name `{}` means {named}, its description says {said}",
        first.shown_name()
    );
    if found.len() > 1 {
        message = format!(
            "{} field descriptions say the opposite of the name: {}",
            found.len(),
            lower_first(&message)
        );
    }
    let draft = Draft::new("columns.description", message)
        .at_all(
            found
                .iter()
                .filter_map(|(column, _)| column.description.at()),
        )
        .quoting(first.description_text())
        .of(found.len(), described().count());
    Verdict::fail(draft)
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
