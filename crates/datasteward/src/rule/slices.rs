//! What the rules about slices and copies of one table share: a finding a family, on its newest member.

use crate::limits;
use crate::rule::{
    Catalog, CatalogFinding, Confidence, Cut, Draft, Family, Reason, Severity, Summary, Verdict,
};

/// The findings about the families that are cut in one of these ways.
pub(crate) fn findings(
    catalog: &Catalog<'_>,
    cuts: &[Cut],
    message: fn(&Family, &[&Summary]) -> String,
) -> Vec<CatalogFinding> {
    let mut found = Vec::new();
    let mut told = vec![false; catalog.summaries.len()];
    for family in catalog.families() {
        let members: Vec<&Summary> = family
            .members
            .iter()
            .filter_map(|member| catalog.summaries.get(*member))
            .collect();
        let is_declared = members.iter().all(|summary| summary.in_series);
        if !cuts.contains(&family.cut) || is_declared || is_one_record(&members) {
            continue;
        }
        let Some(newest) = family.members.last() else {
            continue;
        };
        let (severity, confidence) = weight(family);
        let mut draft = Draft::new("title", message(family, &members))
            .weighing(severity)
            .sure(confidence);
        let mut ids: Vec<&str> = members.iter().map(|it| it.id.as_str()).collect();
        ids.sort_unstable();
        draft.subject = ids.first().copied().unwrap_or_default().to_owned();
        let places = members.iter().rev().map(|it| it.title_place.clone());
        for member in &family.members {
            if let Some(told) = told.get_mut(*member).filter(|told| !**told) {
                *told = true;
                if member != newest {
                    let verdict = Verdict::NotApplicable(Reason::Dependency);
                    found.push(CatalogFinding::verdict(*member, verdict));
                }
            }
        }
        found.push(CatalogFinding::fail(*newest, draft, places.collect()));
    }
    for (index, _) in told.iter().enumerate().filter(|(_, told)| !**told) {
        found.push(CatalogFinding::verdict(index, Verdict::Pass));
    }
    found
}

/// A scrape lists one record several times: that is for `duplicate-identifier` to say.
fn is_one_record(members: &[&Summary]) -> bool {
    let mut ids = members.iter().map(|it| it.id.as_str());
    let first = ids.next().unwrap_or_default();
    !first.is_empty() && ids.all(|id| id == first)
}

fn weight(family: &Family) -> (Severity, Confidence) {
    let pair = family.members.len() < limits::SLICES;
    match family.similarity {
        // Two narrow tables that differ in a topic may well be two subjects.
        Some(_) if pair && family.cut == Cut::Category && family.width < limits::TELLING_FIELDS => {
            (Severity::Info, Confidence::Hint)
        }
        None if pair => (Severity::Info, Confidence::Hint),
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

/// "hold the same table", with as much doubt as there is.
pub(crate) fn hold(family: &Family) -> &'static str {
    match family.similarity {
        Some(similarity) if similarity >= limits::SLICE_SIMILARITY => "hold the same table",
        Some(_) => "hold much the same table, with some fields that differ",
        None => "seem to hold one table",
    }
}
