use crate::model::{At, Dataset, Slot};
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// Fields that every dataset should have are empty.
    ///
    /// ## Why it matters
    /// People search and filter the portal by these fields; a dataset without them is hard to find.
    ///
    /// ## How to mend it
    /// Open the dataset's metadata page in the portal and fill in the fields named here.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "keywords": ["trees"], "data_updated": "2026-01-05"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "keywords": ["trees"], "category": "Environment",
    ///  "department": {"name": "Bureau of Street Services"}, "contact": {"email": "trees@city.example"},
    ///  "row_label": "a street tree", "data_updated": "2026-01-05",
    ///  "coverage": {"start": "2015-01-01", "end": "..", "place": "City of Example"}}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: required metadata is filled out. Which fields count: `docs/profiles.md`.
    rule {
        id: "missing-required-metadata",
        code: "C2-09",
        item: C2,
        severity: Error,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

/// One field that the profile asks for.
struct Asked {
    name: &'static str,
    /// `None`: the format or export cannot say. Else: where it is missing, or that it is there.
    state: Option<Option<At>>,
}

fn asked<T>(name: &'static str, slot: &Slot<T>) -> Asked {
    let state = match slot {
        Slot::Filled(_) => Some(None),
        Slot::Blank { at, .. } => Some(Some(*at)),
        Slot::NotInExport(_) | Slot::NotInFormat(_) => None,
    };
    Asked { name, state }
}

/// The first of two slots that can say it.
fn either(one: Asked, other: Asked) -> Asked {
    match (&one.state, &other.state) {
        (Some(None), _) => one,
        (_, Some(None)) => other,
        (Some(_), _) => one,
        _ => other,
    }
}

/// Whether the format's own standard leaves the category (`theme`) to the publisher: DCAT-US 1.1 does.
fn category_is_optional(dataset: &Dataset<'_>) -> bool {
    dataset.format == "dcat-us-1.1"
}

fn required(dataset: &Dataset<'_>) -> Vec<Asked> {
    let mut fields = vec![asked("identifier", &dataset.id)];
    if !category_is_optional(dataset) {
        fields.push(asked("category", &dataset.categories));
    }
    fields.push(either(
        asked("department", &dataset.department),
        asked("publisher", &dataset.publisher),
    ));
    fields
}

fn recommended(dataset: &Dataset<'_>) -> Vec<Asked> {
    let mut fields = vec![asked("keywords", &dataset.keywords)];
    if category_is_optional(dataset) {
        fields.push(asked("category", &dataset.categories));
    }
    fields.extend([
        asked("contact", &dataset.contact),
        asked("time covered", &dataset.temporal),
        asked("place covered", &dataset.spatial),
        asked("what one row is", &dataset.row_label),
    ]);
    fields
}

fn check(subject: &Subject<'_>) -> Verdict {
    let mut drafts = Vec::new();
    let required = required(subject.dataset);
    let known = required.iter().any(|field| field.state.is_some());
    drafts.extend(missing(&required, "required", Severity::Error));
    drafts.extend(missing(
        &recommended(subject.dataset),
        "recommended",
        Severity::Info,
    ));
    if !drafts.is_empty() {
        return Verdict::Fail(drafts);
    }
    if known {
        Verdict::Pass
    } else {
        Verdict::Unknown(Reason::NoSlot)
    }
}

fn missing(fields: &[Asked], degree: &str, severity: Severity) -> Option<Draft> {
    let empty: Vec<_> = fields
        .iter()
        .filter_map(|field| Some((field.name, field.state.flatten()?)))
        .collect();
    if empty.is_empty() {
        return None;
    }
    let names: Vec<&str> = empty.iter().map(|(name, _)| *name).collect();
    let message = match names.as_slice() {
        [only] => format!("A {degree} field is empty: {only}"),
        [first @ .., last] => format!(
            "{} {degree} fields are empty: {} and {last}",
            names.len(),
            first.join(", ")
        ),
        [] => return None,
    };
    let mut draft = Draft::new("metadata", message)
        .at_all(empty.iter().map(|(_, at)| *at))
        .weighing(severity);
    draft.places.dedup();
    draft.subject = degree.to_owned();
    Some(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(fields: &[Asked]) -> Vec<&'static str> {
        fields.iter().map(|field| field.name).collect()
    }

    #[test]
    fn asks_for_a_category_only_as_a_recommendation_where_the_standard_makes_it_optional() {
        let feed = Dataset::empty("dcat-us-1.1");
        assert!(!names(&required(&feed)).contains(&"category"));
        assert!(names(&recommended(&feed)).contains(&"category"));
    }

    #[test]
    fn requires_a_category_of_a_portal_that_sorts_by_it() {
        let record = Dataset::empty("socrata-view");
        assert!(names(&required(&record)).contains(&"category"));
        assert!(!names(&recommended(&record)).contains(&"category"));
    }
}
