use std::collections::BTreeMap;

use crate::lexicon::titles::{self, Mark};
use crate::rule::{Catalog, CatalogFinding, Check, Draft, Severity, declare_rule};

declare_rule! {
    /// An older copy of a dataset is published beside the current one.
    ///
    /// ## Why it matters
    /// Search shows both, and some readers take the old one.
    ///
    /// ## How to mend it
    /// Send readers to the current dataset in the description, then archive or remove the copy.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "domain": "data.city.example", "publisher": "City", "title": "Building permits"}
    /// {"datasteward": "1", "id": "b", "domain": "data.city.example", "publisher": "City", "title": "Building permits - old"}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "domain": "data.city.example", "publisher": "City", "title": "Building permits"}
    /// {"datasteward": "1", "id": "b", "domain": "data.city.example", "publisher": "City", "title": "Old Town trees"}
    /// ```
    rule {
        id: "old-copy-still-published",
        code: "C1-05",
        item: C1,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check(catalog: &Catalog<'_>) -> Vec<CatalogFinding> {
    let mut current: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, summary) in catalog.summaries.iter().enumerate() {
        current
            .entry((&summary.owner, &summary.folded_title))
            .or_insert(index);
    }
    let twins = catalog
        .summaries
        .iter()
        .enumerate()
        .filter_map(|(index, summary)| {
            // A view of the current table may well be called its copy; the portal shows the two together.
            if summary.kind.is_derived() {
                return None;
            }
            let mark = titles::version_mark(&summary.title)?;
            let twin = *current.get(&(summary.owner.as_str(), mark.rest.as_str()))?;
            let other = catalog
                .summaries
                .get(twin)
                .filter(|other| !other.kind.is_derived())?;
            let own_parent = summary.parents.contains(&other.id);
            (twin != index && other.id != summary.id && !own_parent)
                .then_some((index, summary, mark, other))
        });
    twins
        .map(|(index, summary, mark, other)| {
            let message = match mark.mark {
                Mark::Copy | Mark::Numbered => format!(
                    "`{}` looks like a second copy of `{}`",
                    summary.title, other.title
                ),
                Mark::Old | Mark::Archived | Mark::Version => {
                    format!(
                        "`{}` and `{}` stand side by side; one seems to be an older version",
                        summary.title, other.title
                    )
                }
            };
            // A series of versions may be kept on purpose, and an archive says what it is.
            let severity = match mark.mark {
                Mark::Copy | Mark::Numbered | Mark::Old => Severity::Warning,
                Mark::Archived | Mark::Version => Severity::Info,
            };
            let mut draft = Draft::new("title", message)
                .quoting(&summary.title)
                .weighing(severity);
            draft.subject.clone_from(&other.id);
            let places = vec![summary.title_place.clone(), other.title_place.clone()];
            CatalogFinding::fail(index, draft, places)
        })
        .collect()
}
