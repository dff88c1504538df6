//! What the rules about slices and copies of one table share: a finding a family, on its newest member.

use std::collections::HashSet;

use crate::lexicon::fold;
use crate::limits;
use crate::rule::{
    Answers, Catalog, CatalogFinding, Confidence, Cut, Draft, Family, Part, Reason, Severity,
    Summary, Verdict,
};

/// The findings about the families that are cut in one of these ways.
pub(crate) fn answers<'c>(
    catalog: &'c Catalog<'c>,
    cuts: &[Cut],
    message: fn(&Catalog<'_>, &Family) -> String,
) -> Answers<'c> {
    let mut found = Vec::new();
    let mut of_families: HashSet<usize> = HashSet::new();
    for family in catalog.families() {
        let members = catalog.members(&family.members);
        let is_declared = members.clone().all(|(_, summary)| summary.in_series);
        if !cuts.contains(&family.cut) || is_declared || is_one_record(members.clone()) {
            continue;
        }
        let Some(newest) = family.members.last() else {
            continue;
        };
        let is_series = is_series(catalog, family);
        let (severity, confidence) = match is_series {
            true => (Severity::Info, Confidence::Hint),
            false => weight(family),
        };
        let mut draft = Draft::new("title", message(catalog, family))
            .weighing(severity)
            .sure(confidence);
        if is_series {
            draft = draft.mend(
                "Name the parts alike and declare them a series, so that a reader of one finds the others.",
            );
        }
        draft.subject = members
            .map(|(_, summary)| summary.id)
            .min()
            .unwrap_or_default()
            .to_owned();
        of_families.extend(&family.members);
        let places = family.members.iter().rev().map(|it| (*it, Part::Title));
        found.push(CatalogFinding::fail(*newest, draft, places));
    }
    Answers::of_some(found).and_of_each(move |dataset| {
        let verdict = if of_families.contains(&dataset) {
            Verdict::NotApplicable(Reason::Dependency)
        } else {
            Verdict::Pass
        };
        Some(CatalogFinding::verdict(dataset, verdict))
    })
}

/// A scrape lists one record several times: that is for `duplicate-identifier` to say.
fn is_one_record<'a>(mut members: impl Iterator<Item = (usize, Summary<'a>)>) -> bool {
    let first = members.next().map_or("", |(_, summary)| summary.id);
    !first.is_empty() && members.all(|(_, summary)| summary.id == first)
}

fn weight(family: &Family) -> (Severity, Confidence) {
    let pair = family.members.len() < limits::SLICES;
    match family.similarity {
        // Two narrow tables that differ in a topic may well be two subjects.
        Some(_) if pair && family.cut == Cut::Category && family.width < limits::TELLING_FIELDS => {
            (Severity::Info, Confidence::Hint)
        }
        None if pair || family.cut == Cut::Place => (Severity::Info, Confidence::Hint),
        None => (Severity::Warning, Confidence::Likely),
        Some(similarity) if similarity >= limits::SLICE_SIMILARITY => {
            (Severity::Warning, Confidence::Certain)
        }
        Some(similarity) if pair && similarity < limits::PAIR_SIMILARITY => {
            (Severity::Info, Confidence::Hint)
        }
        Some(_) => (Severity::Warning, Confidence::Likely),
    }
}

/// Pictures, scans and letters, one for each flight or month: there is no table that could be joined.
fn is_series(catalog: &Catalog<'_>, family: &Family) -> bool {
    const NO_TABLES: [&str; 16] = [
        "aerial",
        "aerials",
        "imagery",
        "lidar",
        "sid",
        "mrsid",
        "raster",
        "hillshade",
        "photo",
        "photos",
        "transmittal",
        "letters",
        "newsletter",
        "newsletters",
        "minutes",
        "agendas",
    ];
    let names_one = |title: &str| {
        fold::words(title).any(|word| {
            NO_TABLES.contains(&&*word)
                || word.starts_with("ortho")
                || word.starts_with("photograph")
        })
    };
    family.similarity.is_none()
        && catalog
            .members(&family.members)
            .all(|(_, summary)| names_one(summary.title))
}

/// "hold the same table", with as much doubt as there is.
pub(crate) fn hold(catalog: &Catalog<'_>, family: &Family) -> &'static str {
    match family.similarity {
        None if is_series(catalog, family) => "seem to be one series",
        Some(similarity) if similarity >= limits::SLICE_SIMILARITY => "hold the same table",
        Some(_) => "hold much the same table, with some fields that differ",
        None => "seem to hold one table",
    }
}
