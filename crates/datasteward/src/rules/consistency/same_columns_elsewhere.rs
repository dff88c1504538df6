use crate::rule::{Answers, Catalog, Check, Cut, declare_rule, quoted_list};

use crate::rule::slices;

declare_rule! {
    /// The same table is published a second time, as a table of its own.
    ///
    /// ## Why it matters
    /// Corrections reach one copy and not the other, and readers cannot tell which to trust.
    ///
    /// ## How to mend it
    /// Keep the copy that is looked after. If the other shows a part of it, make it a filtered view; else remove it.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "z1", "title": "Zoning by address", "columns": [{"name": "address"}, {"name": "zone"}, {"name": "overlay"}]}
    /// {"datasteward": "1", "id": "z2", "title": "Zoning by Address", "columns": [{"name": "address"}, {"name": "zone"}, {"name": "overlay"}]}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "z1", "title": "Zoning by address", "columns": [{"name": "address"}, {"name": "zone"}, {"name": "overlay"}]}
    /// {"datasteward": "1", "id": "z2", "title": "Zoning appeals", "columns": [{"name": "case"}, {"name": "decision"}, {"name": "date"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: one parent dataset where possible, with filtered views.
    rule {
        id: "same-columns-elsewhere",
        code: "C1-03",
        item: C1,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    slices::answers(catalog, &[Cut::Copy], |catalog, family| {
        let members = catalog.members(&family.members);
        let titles = quoted_list(members.map(|(_, summary)| summary.title));
        format!(
            "{} datasets have the same fields and titles that say the same: {titles}",
            family.members.len()
        )
    })
}
