use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The source given is the portal, not whoever produced the data.
    ///
    /// ## Why it matters
    /// The reader already knows on which portal the data stands; who made it is still open.
    ///
    /// ## How to mend it
    /// Name the office, system, sensor or survey that produced the data.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "source": [{"name": "Open Data Portal"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "source": [{"name": "Bureau of Street Services"}]}
    /// ```
    rule {
        id: "source-is-only-the-portal",
        code: "T7-02",
        item: T7,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let Some(held) = dataset.sources.held() else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    if subject.judged.names_source(dataset) {
        return Verdict::Pass;
    }
    let name = held
        .value
        .iter()
        .find_map(|origin| origin.value.name.value())
        .map_or("", |name| &name.plain);
    let message = format!("The source given is the portal `{name}`, not whoever produced the data");
    Verdict::fail(
        Draft::new("source", message)
            .at(Some(held.at))
            .quoting(name),
    )
}
