use std::collections::BTreeMap;

use crate::lexicon::titles;
use crate::model::AssetKind;
use crate::rule::{Answers, Catalog, CatalogFinding, Check, Draft, Part, declare_rule};

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

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    let groups = catalog.groups(|summary| Some((summary.owner, summary.folded_title)));
    let found = groups.iter().flat_map(|group| {
        // Numbers of titles may be equal by chance.
        let mut by_title: BTreeMap<(String, &str), Vec<usize>> = BTreeMap::new();
        for (at, summary) in catalog.members(group) {
            let title = titles::fold_title(summary.title);
            let shown = shown_as(summary.kind);
            by_title.entry((title, shown)).or_default().push(at);
        }
        by_title.retain(|(title, _), _| !title.is_empty());
        let by_title = by_title.into_values();
        by_title.filter_map(|members| of_title(catalog, &members))
    });
    Answers::of_some(found.collect())
}

/// What there is to say of datasets that are called the same.
/// As what a portal shows a thing beside its title: a map may be called like the layer on it. What is made from a table
/// is named for what it is made from only where the portal knows it.
fn shown_as(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Map | AssetKind::App | AssetKind::Story | AssetKind::Site => kind.as_str(),
        _ => "data",
    }
}

fn of_title(catalog: &Catalog<'_>, members: &[usize]) -> Option<CatalogFinding> {
    let by_id = catalog
        .members(members)
        .map(|(at, summary)| (summary.id, at));
    let mut by_id: Vec<(&str, usize)> = by_id.collect();
    by_id.sort_unstable();
    by_id.dedup_by(|(one, _), (other, _)| one == other && !one.is_empty());
    let has = |id: &str| by_id.binary_search_by_key(&id, |(its, _)| its).is_ok();
    let is_view = |at: usize| {
        // A view may be called like its parent: the portal shows the two together.
        let summary = catalog.summaries.get(at);
        summary.is_some_and(|summary| summary.parents().any(has))
    };
    let mut members: Vec<usize> = by_id.iter().map(|(_, at)| *at).collect();
    members.retain(|at| !is_view(*at));
    members.sort_unstable();
    if members.len() < 2 {
        return None;
    }
    let last = *members.last()?;
    let title = catalog.summaries.get(last)?.title;
    let message = format!(
        "{} datasets are called `{title}`; a reader cannot tell them apart",
        members.len(),
    );
    let places = members.iter().map(|at| (*at, Part::Title));
    let draft = Draft::new("title", message).quoting(title);
    Some(CatalogFinding::fail(last, draft, places))
}

#[cfg(test)]
mod tests {
    use crate::check::rules_told;

    fn are_doubled(first: &str, second: &str) -> bool {
        let record = |id: &str, kind: &str| {
            format!(r#"{{"id": "{id}", "title": "Public benches", "kind": "{kind}"}}"#)
        };
        let text = format!(
            r#"{{"datasteward": "1", "datasets": [{}, {}]}}"#,
            record("a", first),
            record("b", second)
        );
        rules_told("a.json", &text)
            .iter()
            .any(|it| it == "duplicate-title")
    }

    #[test]
    fn a_map_or_an_app_may_be_called_like_what_it_shows() {
        assert!(are_doubled("table", "table"));
        assert!(are_doubled("app", "app"));
        assert!(!are_doubled("table", "map"));
        assert!(!are_doubled("map", "app"));
    }
}
