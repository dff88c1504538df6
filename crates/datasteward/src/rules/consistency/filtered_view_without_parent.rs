use std::collections::HashSet;

use crate::model::AssetKind;
use crate::rule::{
    Answers, Catalog, CatalogFinding, Check, Draft, Part, Reason, Verdict, declare_rule,
};

declare_rule! {
    /// A filtered view, map or chart is published without the dataset it is made from.
    ///
    /// ## Why it matters
    /// Readers see a slice and cannot reach the whole, or what is known about it.
    ///
    /// ## How to mend it
    /// Publish the parent dataset, or make the view from one that is public.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "v1", "title": "Open permits", "view": {"of": "permits", "shows": "Open permits", "filter": "status = open"}}
    /// {"datasteward": "1", "id": "trees", "title": "Street trees"}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "v1", "title": "Open permits", "view": {"of": "permits", "shows": "Open permits", "filter": "status = open"}}
    /// {"datasteward": "1", "id": "permits", "title": "Permits"}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: one parent dataset where possible, with filtered views.
    rule {
        id: "filtered-view-without-parent",
        code: "C1-04",
        item: C1,
        severity: Warning,
        status: Preview,
        derived_too: true,
        check: Check::Catalog(check),
    }
}

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    let summaries = catalog.summaries;
    let all = || catalog.datasets().map(|(_, summary)| summary);
    let derived = || all().filter(|it| it.kind.is_derived());
    let named: HashSet<&str> = derived().flat_map(|it| it.parents()).collect();
    let ids: HashSet<&str> = all()
        .map(|it| it.id)
        .filter(|id| named.contains(id))
        .collect();
    let cut: HashSet<&str> = derived().filter_map(|it| it.table()).collect();
    let tables: HashSet<&str> = all()
        .filter(|summary| summary.kind == AssetKind::Table)
        .filter_map(|summary| summary.table())
        .filter(|table| cut.contains(table))
        .collect();
    Answers::of_each(move |index| {
        let summary = summaries.get(index)?;
        let said = |verdict| Some(CatalogFinding::verdict(index, verdict));
        if !summary.kind.is_derived() {
            return said(Verdict::NotApplicable(Reason::AssetKind));
        }
        let has_parent = summary.parents().any(|parent| ids.contains(parent))
            || summary.table().is_some_and(|table| tables.contains(table));
        if has_parent {
            return said(Verdict::Pass);
        }
        let kind = summary.kind.as_str();
        let Some(parent) = summary.parents().next() else {
            // A story or map may be made by hand, from nothing that has a record.
            return said(Verdict::Unknown(Reason::UnresolvedReference));
        };
        let message =
            format!("This is a {kind} of dataset `{parent}`, which is not in the catalogue");
        let mut draft = Draft::new("parent", message).quoting(parent);
        parent.clone_into(&mut draft.subject);
        Some(CatalogFinding::fail(index, draft, [(index, Part::Parent)]))
    })
}
