use crate::lexicon::{fold, personal};
use crate::model::Access;
use crate::rule::{Check, Confidence, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Fields look as if they held personal data.
    ///
    /// ## Why it matters
    /// What is once published about a person cannot be taken back.
    ///
    /// ## How to mend it
    /// Ask your privacy officer; if in doubt, publish a filtered view without these fields.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "v", "title": "Assaults", "columns": [{"name": "Victim name"}, {"name": "DATE_OF_BIRTH"}, {"name": "Street"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "v", "title": "Assaults", "columns": [{"name": "Victim age group"}, {"name": "Number of victims"}, {"name": "Street"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: filtered views where data is sensitive.
    rule {
        id: "personal-data-suspected",
        code: "T8-03",
        item: T8,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if matches!(
        dataset.access.value(),
        Some(Access::NonPublic | Access::Restricted)
    ) {
        return Verdict::NotApplicable(Reason::Profile);
    }
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    // Animals have birthdays too.
    let of_animals = fold::words(dataset.title_text()).any(|word| {
        matches!(
            &*word,
            "animal"
                | "animals"
                | "pet"
                | "pets"
                | "dog"
                | "dogs"
                | "cat"
                | "cats"
                | "horse"
                | "horses"
        )
    });
    if of_animals {
        return Verdict::NotApplicable(Reason::AssetKind);
    }
    let columns = dataset.columns.listed();
    let found: Vec<_> = subject
        .judged
        .judged_columns()
        .filter_map(|(index, judged)| Some((columns.get(index)?, judged)))
        // Numbers of people are counts.
        .filter(|(_, judged)| !judged.role.is_quantity())
        .filter_map(|(column, _)| Some((column, personal::direct(column.shown_name())?)))
        .collect();
    let Some((_, what)) = found.first() else {
        return Verdict::Pass;
    };
    let names = quoted_list(found.iter().map(|(column, _)| column.shown_name()));
    let message = if found.len() == 1 {
        format!("The field {names} may hold {what}")
    } else {
        format!("{} fields may hold personal data: {names}", found.len())
    };
    let draft = Draft::new("columns", message)
        .at_all(found.iter().filter_map(|(column, _)| column.name_at()))
        .sure(Confidence::Hint);
    Verdict::fail(draft)
}
