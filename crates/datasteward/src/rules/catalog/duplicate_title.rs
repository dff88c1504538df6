use crate::rule::{Catalog, CatalogFinding, Check, Draft, declare_rule};

declare_rule! {
    /// Several datasets of one publisher have the same title.
    ///
    /// ## Why it matters
    /// A reader who searches the portal cannot tell them apart.
    ///
    /// ## How to mend it
    /// Say in each title what differs: the place, the period or the level of detail.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "title": "Court calendar"}
    /// {"datasteward": "1", "id": "b", "title": "Court Calendar"}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "title": "Court calendar, criminal"}
    /// {"datasteward": "1", "id": "b", "title": "Court calendar, civil"}
    /// ```
    rule {
        id: "duplicate-title",
        code: "K0-02",
        item: K0,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Catalog(check),
    }
}

fn check(catalog: &Catalog<'_>) -> Vec<CatalogFinding> {
    let groups = catalog.groups(|summary| {
        (!summary.folded_title.is_empty())
            .then(|| format!("{}\u{1}{}", summary.owner, summary.folded_title))
    });
    groups
        .into_iter()
        .filter_map(|group| {
            let mut members: Vec<_> = group
                .iter()
                .filter_map(|at| Some((*at, catalog.summaries.get(*at)?)))
                .collect();
            members.sort_by_key(|(at, summary)| (summary.id.clone(), *at));
            members.dedup_by(|(_, one), (_, other)| one.id == other.id && !one.id.is_empty());
            let ids: Vec<&str> = members
                .iter()
                .map(|(_, summary)| summary.id.as_str())
                .collect();
            members.retain(|(_, summary)| {
                // A view may be called like its parent: the portal shows the two together.
                !summary
                    .parents
                    .iter()
                    .any(|parent| ids.contains(&parent.as_str()))
            });
            members.sort_by_key(|(at, _)| *at);
            if members.len() < 2 {
                return None;
            }
            let (last, summary) = members.last()?;
            let message = format!(
                "{} datasets are called `{}`; a reader cannot tell them apart",
                members.len(),
                summary.title
            );
            let places = members
                .iter()
                .map(|(_, member)| member.title_place.clone())
                .collect();
            let draft = Draft::new("title", message).quoting(&summary.title);
            Some(CatalogFinding::fail(*last, draft, places))
        })
        .collect()
}
