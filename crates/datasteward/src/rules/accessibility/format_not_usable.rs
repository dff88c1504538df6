use crate::judgement::{format_of, readable};
use crate::lexicon::formats::Answer;
use crate::model::AssetKind;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// The data is offered only in forms that software cannot read.
    ///
    /// ## Why it matters
    /// Whoever wants to work with the figures has to type them in again.
    ///
    /// ## How to mend it
    /// Add CSV for a table, GeoJSON or GeoPackage for a map, beside what is there.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "budget", "title": "Budget", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.example/budget.pdf", "format": "PDF"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "budget", "title": "Budget", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.example/budget.pdf", "format": "PDF"},
    ///                    {"url": "https://data.city.example/budget.csv", "format": "CSV"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: a usable format on the portal, or linked from it.
    rule {
        id: "format-not-usable",
        code: "A4-02",
        item: A4,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if dataset.served_by_portal {
        return Verdict::Pass;
    }
    if matches!(dataset.kind, AssetKind::Document | AssetKind::Site) {
        return Verdict::NotApplicable(Reason::AssetKind);
    }
    let list: Vec<_> = dataset
        .distributions
        .value()
        .into_iter()
        .flatten()
        .filter(|held| held.value.url().is_some())
        .collect();
    if list.is_empty() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let answers: Vec<Answer> = list.iter().map(|held| readable(&held.value)).collect();
    if answers.contains(&Answer::Yes) {
        return Verdict::Pass;
    }
    if answers.contains(&Answer::Unknown) {
        return Verdict::Unknown(Reason::UnresolvedReference);
    }
    let mut names: Vec<&str> = Vec::new();
    for held in &list {
        let found = format_of(&held.value);
        let name = found.map_or("", |format| format.label);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let message = format!(
        "The data is offered only as {}, which software cannot read as data",
        quoted_list(names).replace('`', "")
    );
    Verdict::fail(Draft::new("distributions", message).at_all(list.iter().map(|held| held.at)))
}
