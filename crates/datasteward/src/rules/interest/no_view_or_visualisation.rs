use std::collections::HashSet;

use crate::rule::{
    Answers, Catalog, CatalogFinding, Check, Draft, Part, Reason, Verdict, declare_rule,
};

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

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    let summaries = catalog.summaries;
    let all = || catalog.datasets().map(|(_, summary)| summary);
    let derived = || all().filter(|it| it.kind.is_derived());
    // Most exports leave charts and maps out: then nothing can be said.
    let shown: HashSet<&str> = derived()
        .flat_map(|it| it.parents().chain(it.table()))
        .collect();
    Answers::of_each(move |index| {
        let it = summaries.get(index)?;
        let said = |verdict| Some(CatalogFinding::verdict(index, verdict));
        if it.kind.is_derived() {
            return said(Verdict::NotApplicable(Reason::AssetKind));
        }
        let is_shown = shown.contains(it.id) || it.table().is_some_and(|it| shown.contains(it));
        if is_shown || it.has_context {
            return said(Verdict::Pass);
        }
        if shown.is_empty() {
            return said(Verdict::Unknown(Reason::NotInExport));
        }
        let message = "No chart, map, story or view shows what this data can tell";
        let draft = Draft::new("context", message);
        Some(CatalogFinding::fail(index, draft, [(index, Part::Title)]))
    })
}
