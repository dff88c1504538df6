use std::collections::BTreeSet;

use crate::model::AssetKind;
use crate::rule::{Catalog, CatalogFinding, Check, Draft, Reason, Verdict, declare_rule};

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

fn check(catalog: &Catalog<'_>) -> Vec<CatalogFinding> {
    let ids: BTreeSet<&str> = catalog.summaries.iter().map(|it| it.id.as_str()).collect();
    let tables: BTreeSet<&str> = catalog
        .summaries
        .iter()
        .filter(|summary| summary.kind == AssetKind::Table)
        .filter_map(|summary| summary.table.as_deref())
        .collect();
    let judged = catalog
        .summaries
        .iter()
        .enumerate()
        .map(|(index, summary)| {
            if !summary.kind.is_derived() {
                return CatalogFinding::verdict(index, Verdict::NotApplicable(Reason::AssetKind));
            }
            let has_parent = summary
                .parents
                .iter()
                .any(|parent| ids.contains(parent.as_str()))
                || summary
                    .table
                    .as_deref()
                    .is_some_and(|table| tables.contains(table));
            if has_parent {
                return CatalogFinding::verdict(index, Verdict::Pass);
            }
            let kind = summary.kind.as_str();
            let Some(parent) = summary.parents.first() else {
                // A story or map may be made by hand, from nothing that has a record.
                return CatalogFinding::verdict(
                    index,
                    Verdict::Unknown(Reason::UnresolvedReference),
                );
            };
            let message =
                format!("This is a {kind} of dataset `{parent}`, which is not in the catalogue");
            let place = summary
                .parent_place
                .clone()
                .unwrap_or(summary.title_place.clone());
            let mut draft = Draft::new("parent", message).quoting(parent);
            draft.subject.clone_from(parent);
            CatalogFinding::fail(index, draft, vec![place])
        });
    judged.collect()
}
