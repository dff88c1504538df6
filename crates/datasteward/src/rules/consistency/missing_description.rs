use crate::lexicon::placeholder::{self, Placeholder};
use crate::lexicon::scaffold::{self, Parts};
use crate::model::{At, BlankKind, Dataset, Slot};
use crate::rule::{Addition, Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// A dataset has no description.
    ///
    /// ## Why it matters
    /// A reader cannot tell what one row is, where it comes from, or whether it answers the question at hand.
    ///
    /// ## How to mend it
    /// Write two to five sentences: what one row is, who collects it and how, how it is kept up to date, what to watch for.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "lights", "title": "Street light outages", "description": ""}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "lights", "title": "Street light outages",
    ///  "description": "Outages that residents have reported since 2016, one row a report. Closed reports are included."}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: required metadata is filled out.
    rule {
        id: "missing-description",
        code: "C2-02",
        item: C2,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if dataset.summary.is_filled() && !dataset.description.is_filled() {
        return Verdict::Pass;
    }
    let text = match &dataset.description {
        Slot::Filled(held) => &held.value,
        Slot::Blank { at, kind } => {
            let mut draft =
                Draft::new("description", "This dataset has no description").at(Some(*at));
            begin(&mut draft, dataset, *at, *kind);
            return Verdict::fail(draft);
        }
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    match placeholder::classify(&text.plain) {
        // A template is told of by its own rule, any other filler too.
        Some(Placeholder::Template) => Verdict::NotApplicable(Reason::Dependency),
        Some(_) => Verdict::NotApplicable(Reason::Dependency),
        None => Verdict::Pass,
    }
}

/// The key of the description, in formats where it stands beside the title.
const KEYS: [(&str, &str); 7] = [
    ("ckan", "notes"),
    ("croissant", "description"),
    ("data-package", "description"),
    ("native", "description"),
    ("dcat-us-1.1", "description"),
    ("schema-org", "description"),
    ("socrata-view", "description"),
];

/// Offers the beginning of a description, with what is known; a person writes the rest.
fn begin(draft: &mut Draft, dataset: &Dataset<'_>, at: At, kind: BlankKind) {
    let key = KEYS.iter().find(|(format, _)| *format == dataset.format);
    match (kind, key, &dataset.title) {
        (BlankKind::Empty, _, _) => draft.replacements.push((at, scaffold_of(dataset))),
        (BlankKind::Absent, Some((_, key)), Slot::Filled(title)) => {
            draft.additions.push(Addition {
                behind: title.at,
                key,
                text: scaffold_of(dataset),
            });
        }
        _ => return,
    }
    draft.needs_review = true;
    draft.replacing = "Begin a description: fill in what stands in braces";
}

fn scaffold_of(dataset: &Dataset<'_>) -> String {
    let place = dataset.spatial.value().map(|place| place.raw);
    // Four numbers are no name of a place.
    let place = place.filter(|raw| raw.starts_with(char::is_alphabetic) && !raw.contains("://"));
    let period = dataset.temporal.value();
    let period = period.and_then(|period| period.start.zip(period.end));
    let period =
        period.map(|(first, last)| format!("from {} to {}", first.spoken(), last.spoken()));
    let what = scaffold::what(dataset.row_label.value().copied(), place, period.as_deref());
    let sources = dataset.sources.value().into_iter().flatten();
    let source = sources.filter_map(|held| held.value.name.value()).next();
    let method = dataset.method.value();
    let has_no_place = matches!(dataset.sources, Slot::NotInFormat(_));
    let parts = Parts {
        source: has_no_place.then_some((
            source.map(|text| &*text.plain),
            method.map(|text| &*text.plain),
        )),
        refresh: matches!(dataset.refresh, Slot::NotInFormat(_)),
        limits: matches!(dataset.limitations, Slot::NotInFormat(_)),
    };
    scaffold::description(&what, parts)
}
