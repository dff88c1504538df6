use crate::lexicon::refresh::Class;
use crate::lexicon::titles;
use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// Nothing says how often a dataset is updated.
    ///
    /// ## Why it matters
    /// People plan around updates: without a promise they cannot tell a fresh dataset from a forgotten one.
    ///
    /// ## How to mend it
    /// Choose a rate in the refresh field of the dataset's metadata page, for example Monthly; for data that will not change, say so there.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "refresh": {"rate": "unknown"}}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "refresh": {"rate": "R/P1M"}}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: abides by its documented refresh rate.
    rule {
        id: "refresh-rate-missing",
        code: "C3-01",
        item: C3,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let refresh = &dataset.refresh;
    let stated = match refresh {
        Slot::Filled(held) => !matches!(
            held.value.rate.class,
            Class::Unknown | Class::SeeDescription
        ),
        _ => false,
    };
    if stated || !subject.judged.cadences.is_empty() {
        return Verdict::Pass;
    }
    if subject.judged.is_retired(dataset) {
        return Verdict::NotApplicable(Reason::Retired);
    }
    let is_complete = subject
        .as_of
        .is_some_and(|as_of| titles::names_a_past_period(dataset.title_text(), as_of));
    if refresh.is_blank() && is_complete {
        // A census of 1990 will not change, and nobody waits for its next update.
        return Verdict::NotApplicable(Reason::NotPeriodic);
    }
    if subject.is_unfilled(refresh.at()) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let draft = match refresh {
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        // Another rule says so.
        Slot::Filled(held) if held.value.rate.class == Class::SeeDescription => {
            return Verdict::NotApplicable(Reason::Dependency);
        }
        Slot::Filled(held) => Draft::new(
            "refresh",
            format!(
                "The refresh rate is `{}`, so nothing says how often this dataset is updated",
                held.value.raw
            ),
        )
        .quoting(held.value.raw),
        Slot::Blank { .. } => {
            Draft::new("refresh", "Nothing says how often this dataset is updated")
        }
    };
    Verdict::fail(draft.at(refresh.at()))
}
