use crate::limits;
use crate::rule::{
    Catalog, CatalogFinding, Check, Confidence, Draft, Family, Reason, Severity, Verdict,
    declare_rule, quoted_list,
};

declare_rule! {
    /// One table is published as a dataset for each year, quarter or month.
    ///
    /// ## Why it matters
    /// Anyone who wants a trend must find, download and glue all the slices.
    ///
    /// ## How to mend it
    /// Keep one dataset with a date column and offer each period as a filtered view; if the tables truly differ, declare them a series.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "c20", "title": "Calls for service 2020", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// {"datasteward": "1", "id": "c21", "title": "Calls for service 2021", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// {"datasteward": "1", "id": "c22", "title": "Calls for service 2022", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "calls", "title": "Calls for service, 2020 to present", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "columns": [{"name": "species"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: one parent dataset where possible, with filtered views.
    rule {
        id: "split-by-year",
        code: "C1-01",
        item: C1,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check(catalog: &Catalog<'_>) -> Vec<CatalogFinding> {
    let mut found = Vec::new();
    let mut sliced = vec![false; catalog.summaries.len()];
    for family in catalog.families() {
        let declared = family.members.iter().all(|member| {
            catalog
                .summaries
                .get(*member)
                .is_some_and(|summary| summary.in_series)
        });
        if declared {
            continue;
        }
        if let Some(finding) = finding(catalog, &family) {
            // One finding a family, on its newest member; the others are not blamed for the same thing.
            for member in &family.members {
                if let Some(mark) = sliced.get_mut(*member) {
                    *mark = true;
                }
                if *member != finding.dataset {
                    found.push(CatalogFinding::verdict(
                        *member,
                        Verdict::NotApplicable(Reason::Dependency),
                    ));
                }
            }
            found.push(finding);
        }
    }
    for (index, sliced) in sliced.iter().enumerate() {
        if !sliced {
            found.push(CatalogFinding::verdict(index, Verdict::Pass));
        }
    }
    found
}

fn finding(catalog: &Catalog<'_>, family: &Family) -> Option<CatalogFinding> {
    let members: Vec<_> = family
        .members
        .iter()
        .filter_map(|member| catalog.summaries.get(*member))
        .collect();
    let newest = *family.members.last()?;
    let titles = quoted_list(members.iter().map(|summary| summary.title.as_str()));
    let (message, severity, confidence) = match family.similarity {
        Some(similarity) if similarity >= limits::SLICE_SIMILARITY => (
            format!(
                "{} datasets hold the same table, one for each period: {titles}",
                members.len()
            ),
            Severity::Warning,
            Confidence::Certain,
        ),
        Some(_) => (
            format!(
                "{} datasets hold much the same table, one for each period, with some columns that differ: {titles}",
                members.len()
            ),
            Severity::Info,
            Confidence::Likely,
        ),
        None => (
            format!(
                "{} datasets seem to be one table, cut into periods: {titles}",
                members.len()
            ),
            Severity::Info,
            Confidence::Hint,
        ),
    };
    let mut draft = Draft::new("title", message)
        .weighing(severity)
        .sure(confidence);
    draft.subject = members.first().map(|summary| summary.skeleton.clone())?;
    let places = members
        .iter()
        .rev()
        .map(|summary| summary.title_place.clone())
        .collect();
    Some(CatalogFinding::fail(newest, draft, places))
}
