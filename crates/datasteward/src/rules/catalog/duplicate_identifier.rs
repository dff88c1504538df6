use crate::rule::{
    Catalog, CatalogFinding, Check, Draft, Severity, Verdict, declare_rule, quoted_list,
};

declare_rule! {
    /// Two records carry the same identifier.
    ///
    /// ## Why it matters
    /// Harvesters keep one of them and drop the other, and links lead to the wrong dataset.
    ///
    /// ## How to mend it
    /// Give each dataset an identifier of its own, or remove the record that is there twice.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "trees", "title": "Street trees"}
    /// {"datasteward": "1", "id": "trees", "title": "Park trees"}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "street-trees", "title": "Street trees"}
    /// {"datasteward": "1", "id": "park-trees", "title": "Park trees"}
    /// ```
    rule {
        id: "duplicate-identifier",
        code: "K0-01",
        item: K0,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Catalog(check),
    }
}

fn check(catalog: &Catalog<'_>) -> Vec<CatalogFinding> {
    let groups = catalog.groups(|summary| {
        (!summary.id.is_empty()).then(|| format!("{}\u{1}{}", summary.owner, summary.id))
    });
    groups
        .into_iter()
        .filter_map(|group| {
            let members: Vec<_> = group
                .iter()
                .filter_map(|at| catalog.summaries.get(*at))
                .collect();
            let (first, last) = (members.first()?, *group.last()?);
            // A scraped listing repeats records while the portal is being read: worth a remark only.
            let same = members
                .iter()
                .all(|member| member.folded_title == first.folded_title);
            let draft = if same {
                Draft::new(
                    "id",
                    format!(
                        "The record `{}` is listed {} times",
                        first.id,
                        members.len()
                    ),
                )
                .weighing(Severity::Info)
                .mend("Remove the repeated record.")
            } else {
                let titles = quoted_list(members.iter().map(|member| member.title.as_str()));
                Draft::new(
                    "id",
                    format!(
                        "The identifier `{}` is used by {} records: {titles}",
                        first.id,
                        members.len()
                    ),
                )
            };
            let draft = draft.quoting(&first.id);
            let places = members
                .iter()
                .map(|member| member.id_place.clone())
                .collect();
            Some(CatalogFinding {
                dataset: last,
                verdict: Verdict::fail(draft),
                places,
            })
        })
        .collect()
}
