use crate::lexicon::titles;
use crate::rule::{Answers, Catalog, Check, Cut, declare_rule, quoted_list, slices};

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
        status: Stable,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    slices::answers(catalog, &[Cut::Place, Cut::Category], |catalog, family| {
        let members = catalog.members(&family.members);
        let titles = quoted_list(members.clone().map(|(_, summary)| summary.title));
        let mut names = members.map(|(_, summary)| bare_name(summary.title));
        let first = names.next().unwrap_or_default();
        let apart = match family.cut {
            Cut::Place => ", one for each place",
            // `Bike lanes`, `Bike lanes-2`: nothing tells what sets them apart.
            _ if !first.is_empty() && names.all(|name| name == first) => " under one name",
            _ => ", one for each topic or group",
        };
        format!(
            "{} datasets {}{apart}: {titles}",
            family.members.len(),
            slices::hold(catalog, family)
        )
    })
}

/// A title without its numbers and lone letters.
fn bare_name(title: &str) -> String {
    let folded = titles::fold_title(title);
    let words: Vec<&str> = folded
        .split(' ')
        .map(|word| word.trim_end_matches(|sign: char| sign.is_ascii_digit()))
        .filter(|word| word.chars().count() > 1)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::bare_name;
    use crate::report::Severity;
    use crate::{Options, Source, check};

    #[test]
    fn numbered_places_without_fields_are_a_note() {
        let told = |titles: &[&str]| {
            let records = titles.iter().enumerate().map(|(at, title)| {
                format!(r#"{{"datasteward": "1", "id": "{at}", "title": "{title}"}}"#)
            });
            let text = records.collect::<Vec<_>>().join("\n");
            let report = check(
                &[Source::new("a.jsonl", text.as_bytes())],
                &Options::default(),
            );
            let found = report
                .findings
                .iter()
                .find(|it| it.rule == "split-by-place");
            found.map(|it| it.severity)
        };
        let routes = [
            "Stops of Route 1",
            "Stops of Route 2",
            "Stops of Route 3",
            "Stops of Route 4",
        ];
        assert_eq!(told(&routes), Some(Severity::Info));
        assert_eq!(told(&routes[..3]), None);
        assert_eq!(told(&["Stops", "Routes", "Depots", "Fares"]), None);
    }

    #[test]
    fn numbers_and_lone_letters_are_no_names() {
        assert_eq!(bare_name("5 A - Bike Lanes"), bare_name("Bike Lanes-3"));
        assert_ne!(bare_name("Bike Lanes North"), bare_name("Bike Lanes South"));
        assert_eq!(bare_name("2019"), "");
    }
}
