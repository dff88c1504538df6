use crate::lexicon::refresh::{self, Cadence, Class};
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A refresh rate cannot be read, or can be read in two ways.
    ///
    /// ## Why it matters
    /// Readers and software that check whether data is on time need one clear interval.
    ///
    /// ## How to mend it
    /// Write one interval, such as Daily, Weekly, Monthly, Quarterly, Annually, or As needed.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "refresh": {"rate": "Parks front desk"}}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "refresh": {"rate": "Monthly"}}
    /// ```
    rule {
        id: "refresh-not-understood",
        code: "C3-02",
        item: C3,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let Some(held) = subject.dataset.refresh.held() else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    let raw = held.value.raw;
    let draft = match held.value.rate.class {
        Class::Unparsed if refresh::names_several(raw) => Draft::new(
            "refresh",
            format!("`{raw}` names two rates; software reads one"),
        )
        .weighing(Severity::Info),
        Class::Unparsed => Draft::new(
            "refresh",
            format!("`{raw}` is not a refresh rate that we can read"),
        ),
        Class::Ambiguous => {
            let rate = &held.value.rate;
            // "Biannually" beside "Updates are posted twice a year": the text settles it.
            let settles = |cadence: &Cadence| {
                cadence.rate.class == Class::Periodic
                    && [rate.days, rate.alternative_days]
                        .into_iter()
                        .flatten()
                        .any(|days| {
                            cadence
                                .rate
                                .days
                                .is_some_and(|told| told.max(days) <= 1.2 * told.min(days))
                        })
            };
            if subject.judged.cadences.iter().any(settles) {
                return Verdict::Pass;
            }
            let spoken = |days: Option<f64>| days.map(refresh::spoken_period).unwrap_or_default();
            let message = format!(
                "`{raw}` can be read in two ways: {} or {}",
                spoken(rate.days),
                spoken(rate.alternative_days)
            );
            Draft::new("refresh", message).weighing(Severity::Info)
        }
        _ => return Verdict::Pass,
    };
    Verdict::fail(draft.at(Some(held.at)).quoting(raw))
}
