use std::collections::HashSet;

use crate::model::AssetKind;
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
    let mut tables = 0_usize;
    let mut pictures = 0_usize;
    let mut shown: HashSet<&str> = HashSet::new();
    for (_, it) in catalog.datasets() {
        match it.kind {
            AssetKind::View | AssetKind::Chart | AssetKind::Map | AssetKind::Story => {
                pictures += 1;
                shown.extend(it.parents().chain(it.table()));
            }
            kind => tables += usize::from(kind.is_data()),
        }
    }
    // Most exports leave charts and maps out, but for one or the other: then nothing can be said.
    let lists_them = pictures * TABLES_A_PICTURE >= tables;
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
        if shown.is_empty() || !lists_them {
            return said(Verdict::Unknown(Reason::NotInExport));
        }
        let message = "No chart, map, story or view shows what this data can tell";
        let draft = Draft::new("context", message);
        Some(CatalogFinding::fail(index, draft, [(index, Part::Title)]))
    })
}

/// A portal that lists its charts, maps and views has at least one for so many tables.
const TABLES_A_PICTURE: usize = 10;
