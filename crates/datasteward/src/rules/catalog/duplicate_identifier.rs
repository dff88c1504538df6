use crate::lexicon::titles;
use crate::rule::{
    Answers, Catalog, CatalogFinding, Check, Draft, Part, Severity, declare_rule, quoted_list,
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

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    let groups =
        catalog.groups(|summary| (!summary.id.is_empty()).then_some((summary.owner, summary.id)));
    let found = groups.into_iter().filter_map(|group| {
        let members = catalog.members(&group);
        let (_, first) = members.clone().next()?;
        let title = titles::fold_title(first.title);
        let times = group.len();
        // A scraped listing repeats records while the portal is being read: worth a remark only.
        let same = members.clone().all(|(_, member)| {
            member.folded_title == first.folded_title && titles::fold_title(member.title) == title
        });
        // Whoever has no identifiers gives the page of the whole collection with each record.
        if !same && members.clone().any(|(_, member)| member.id_is_borrowed) {
            return None;
        }
        let draft = if same {
            let message = format!("The record `{}` is listed {times} times", first.id);
            Draft::new("id", message)
                .weighing(Severity::Info)
                .mend("Remove the repeated record.")
        } else {
            let titles = quoted_list(members.map(|(_, member)| member.title));
            let message = format!(
                "The identifier `{}` is used by {times} records: {titles}",
                first.id
            );
            Draft::new("id", message)
        };
        let draft = draft.quoting(first.id);
        let places = group.iter().map(|at| (*at, Part::Id));
        Some(CatalogFinding::fail(*group.last()?, draft, places))
    });
    Answers::of_some(found.collect())
}

#[cfg(test)]
mod tests {
    use crate::check::rules_told;

    fn are_doubled(key: &str) -> bool {
        let record = |name: &str| {
            format!(
                r#"{{"@context": "https://schema.org/", "@type": "Dataset", "name": "{name}", "description": "Of the parks.", "{key}": "https://parks.example/data"}}"#
            )
        };
        let text = format!("[{}, {}]", record("Benches"), record("Trees"));
        rules_told("a.json", &text)
            .iter()
            .any(|it| it == "duplicate-identifier")
    }

    #[test]
    fn the_page_of_a_collection_identifies_no_record() {
        assert!(are_doubled("identifier"));
        assert!(!are_doubled("url"));
    }
}
