use crate::rule::{Answers, Catalog, Check, Cut, declare_rule, quoted_list};

use crate::rule::slices;

declare_rule! {
    /// One table is published as a dataset for each district, site, group or topic.
    ///
    /// ## Why it matters
    /// Nobody can compare the parts, or count the whole, without finding and gluing all of them.
    ///
    /// ## How to mend it
    /// Keep one dataset with a field for what the parts differ in, and offer each part as a filtered view.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "p1", "title": "Potholes District 1", "columns": [{"name": "street"}, {"name": "reported"}, {"name": "filled"}]}
    /// {"datasteward": "1", "id": "p2", "title": "Potholes District 2", "columns": [{"name": "street"}, {"name": "reported"}, {"name": "filled"}]}
    /// {"datasteward": "1", "id": "p3", "title": "Potholes District 3", "columns": [{"name": "street"}, {"name": "reported"}, {"name": "filled"}]}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "potholes", "title": "Potholes by district", "columns": [{"name": "district"}, {"name": "street"}, {"name": "reported"}, {"name": "filled"}]}
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "columns": [{"name": "species"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: one parent dataset where possible, with filtered views.
    rule {
        id: "split-by-place",
        code: "C1-02",
        item: C1,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    slices::answers(catalog, &[Cut::Place, Cut::Category], |catalog, family| {
        let members = catalog.members(&family.members);
        let titles = quoted_list(members.map(|(_, summary)| summary.title));
        let unit = match family.cut {
            Cut::Place => "place",
            _ => "topic or group",
        };
        format!(
            "{} datasets {}, one for each {unit}: {titles}",
            family.members.len(),
            slices::hold(family)
        )
    })
}
