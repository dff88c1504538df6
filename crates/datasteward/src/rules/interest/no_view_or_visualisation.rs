use std::collections::BTreeSet;

use crate::rule::{Catalog, CatalogFinding, Check, Draft, Reason, Verdict, declare_rule};

declare_rule! {
    /// Neither words nor a chart, map or view show what the data can tell.
    ///
    /// Asked only in catalogues that list views: most exports leave charts and maps out.
    ///
    /// ## Why it matters
    /// Most readers look at a picture before they download a table; without one they cannot tell whether the data is worth it.
    ///
    /// ## How to mend it
    /// Make one chart, map or filtered view of the dataset on the portal, or link a story or dashboard that uses it.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "permits", "title": "Permits"}
    /// {"datasteward": "1", "id": "trees", "title": "Street trees"}
    /// {"datasteward": "1", "id": "v1", "title": "Open permits", "view": {"of": "permits", "shows": "Open permits", "filter": "status = open"}}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "permits", "title": "Permits"}
    /// {"datasteward": "1", "id": "v1", "title": "Open permits", "view": {"of": "permits", "shows": "Open permits", "filter": "status = open"}}
    /// ```
    rule {
        id: "no-view-or-visualisation",
        code: "I9-02",
        item: I9,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check(catalog: &Catalog<'_>) -> Vec<CatalogFinding> {
    let derived = || catalog.summaries.iter().filter(|it| it.kind.is_derived());
    // Most exports leave charts and maps out: then nothing can be said.
    let lists_views = derived().any(|it| !it.parents.is_empty() || it.table.is_some());
    let shown: BTreeSet<&str> = derived()
        .flat_map(|it| it.parents.iter().chain(&it.table))
        .map(String::as_str)
        .collect();
    let judged = catalog.summaries.iter().enumerate().map(|(index, it)| {
        if it.kind.is_derived() {
            return CatalogFinding::verdict(index, Verdict::NotApplicable(Reason::AssetKind));
        }
        let table = it.table.as_deref();
        let is_shown = shown.contains(it.id.as_str()) || table.is_some_and(|it| shown.contains(it));
        if is_shown || it.has_context {
            return CatalogFinding::verdict(index, Verdict::Pass);
        }
        if !lists_views {
            return CatalogFinding::verdict(index, Verdict::Unknown(Reason::NotInExport));
        }
        let message = "No chart, map, story or view shows what this data can tell";
        let draft = Draft::new("context", message);
        CatalogFinding::fail(index, draft, vec![it.title_place.clone()])
    });
    judged.collect()
}
