use crate::lexicon::fold;
use crate::lexicon::refresh::Class;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The refresh rate points to the description, which says nothing about updates.
    ///
    /// ## Why it matters
    /// A reader who follows the pointer finds nothing, and does not know whether last year's data is late.
    ///
    /// ## How to mend it
    /// Choose the rate that is kept, such as Monthly, or say in the description when the data is updated.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "refresh": {"rate": "Other - See Description"},
    ///  "description": "Trees along the streets of the city, one row per tree."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "refresh": {"rate": "Other - See Description"},
    ///  "description": "Trees along the streets of the city, one row per tree. The data is updated every Friday."}
    /// ```
    rule {
        id: "refresh-says-see-description",
        code: "C3-05",
        item: C3,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let held = dataset
        .refresh
        .held()
        .filter(|held| held.value.rate.class == Class::SeeDescription);
    let Some(held) = held else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    if !subject.judged.cadences.is_empty() {
        return Verdict::Pass;
    }
    if subject.judged.is_retired(dataset) {
        return Verdict::NotApplicable(Reason::Retired);
    }
    // "Static data.", "Updated as new areas come online.": something is said, if not a rate that can be read.
    let says_something = fold::words(dataset.description_text()).any(|word| {
        [
            "updat", "refresh", "static", "histor", "archiv", "one-time", "actualiz", "actualis",
            "aktualis", "atualiz",
        ]
        .iter()
        .any(|start| word.starts_with(start))
    });
    if says_something {
        return Verdict::Pass;
    }
    let raw = held.value.raw;
    // "Other" alone points nowhere.
    let message = if fold::words(raw).count() > 1 {
        format!("The refresh rate is `{raw}`, but the description says nothing about updates")
    } else {
        format!("The refresh rate is `{raw}`, and nothing says which")
    };
    Verdict::fail(
        Draft::new("refresh", message)
            .at(Some(held.at))
            .quoting(raw),
    )
}
