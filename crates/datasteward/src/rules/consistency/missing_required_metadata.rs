use crate::model::{At, BlankKind, Dataset, Slot};
use crate::profile::{Asks, Field, Level};
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
    ///  "row_label": "a street tree", "issued": "2020-03-01", "data_updated": "2026-01-05",
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

/// What a dataset has to say for a field; nothing for fields that have a rule of their own.
fn answer(field: Field, dataset: &Dataset<'_>) -> Option<Asked> {
    Some(match field {
        Field::Title
        | Field::Description
        | Field::License
        | Field::RefreshRate
        | Field::LastChange
        | Field::Source => {
            return None;
        }
        Field::Identifier => asked("identifier", &dataset.id),
        Field::Keywords => asked("keywords", &dataset.keywords),
        Field::Category => asked("category", &dataset.categories),
        Field::Department => either(
            asked("department", &dataset.department),
            asked("publisher", &dataset.publisher),
        ),
        Field::Contact => asked("contact", &dataset.contact),
        Field::AccessLevel => asked("access level", &dataset.access),
        // A place for the day that was left empty on purpose is not filled by the day of creation.
        Field::Issued if is_emptied(&dataset.issued) => {
            asked("date of the first publication", &dataset.issued)
        }
        Field::Issued => either(
            asked("date of the first publication", &dataset.issued),
            asked("date of creation", &dataset.created),
        ),
        Field::TimeCovered => asked("time covered", &dataset.temporal),
        Field::PlaceCovered => asked("place covered", &dataset.spatial),
        Field::RowLabel => asked("what one row is", &dataset.row_label),
        Field::LandingPage => asked("web page of the dataset", &dataset.landing_page),
        Field::Language => asked("language", &dataset.language),
        Field::Version => asked("version", &dataset.version),
    })
}

fn is_emptied<T>(slot: &Slot<T>) -> bool {
    matches!(slot, Slot::Blank { kind, .. } if *kind != BlankKind::Absent)
}

/// How much a field counts for a dataset. DCAT-US 1.1 leaves the category (`theme`) to the publisher, so the city's
/// checklist cannot require it there; a steward who asks for it by name still gets it.
fn level(field: Field, dataset: &Dataset<'_>, asks: &Asks) -> Level {
    let level = asks.level(field);
    let is_optional = field == Field::Category && dataset.format == "dcat-us-1.1";
    if is_optional && !asks.is_own(field) {
        level.min(Level::Recommended)
    } else {
        level
    }
}

fn fields(wanted: Level, dataset: &Dataset<'_>, asks: &Asks) -> Vec<Asked> {
    Field::ALL
        .iter()
        .filter(|field| level(**field, dataset, asks) == wanted)
        .filter_map(|field| answer(*field, dataset))
        .collect()
}

fn check(subject: &Subject<'_>) -> Verdict {
    let mut drafts = Vec::new();
    let mut required = fields(Level::Required, subject.dataset, subject.asks);
    let known = required.iter().any(|field| field.state.is_some());
    let count = required.len();
    required.retain(|field| !is_unfilled(subject, field));
    let is_told = required.len() < count;
    drafts.extend(missing(&required, "required", Severity::Error));
    let mut recommended = fields(Level::Recommended, subject.dataset, subject.asks);
    recommended.retain(|field| !is_unfilled(subject, field));
    drafts.extend(missing(&recommended, "recommended", Severity::Info));
    if !drafts.is_empty() {
        return Verdict::Fail(drafts);
    }
    if is_told {
        Verdict::NotApplicable(Reason::Dependency)
    } else if known {
        Verdict::Pass
    } else {
        Verdict::Unknown(Reason::NoSlot)
    }
}

fn is_unfilled(subject: &Subject<'_>, field: &Asked) -> bool {
    let at = field.state.flatten();
    at.is_some() && subject.is_unfilled(at)
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

    fn names(wanted: Level, format: &'static str) -> Vec<&'static str> {
        fields(wanted, &Dataset::empty(format), &Asks::default())
            .iter()
            .map(|field| field.name)
            .collect()
    }

    #[test]
    fn asks_for_a_category_only_as_a_recommendation_where_the_standard_makes_it_optional() {
        assert!(!names(Level::Required, "dcat-us-1.1").contains(&"category"));
        assert!(names(Level::Recommended, "dcat-us-1.1").contains(&"category"));
    }

    #[test]
    fn requires_a_category_of_a_portal_that_sorts_by_it() {
        assert!(names(Level::Required, "socrata-view").contains(&"category"));
        assert!(!names(Level::Recommended, "socrata-view").contains(&"category"));
    }
}
