use crate::lexicon::refresh::Class;
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
        Class::Unparsed => Draft::new(
            "refresh",
            format!("`{raw}` is not a refresh rate that we can read"),
        ),
        Class::Ambiguous => {
            let days =
                |days: Option<f64>| days.map_or(String::new(), |days| format!("{days:.0} days"));
            let message = format!(
                "`{raw}` can be read in two ways: every {} or every {}",
                days(held.value.rate.days),
                days(held.value.rate.alternative_days)
            );
            Draft::new("refresh", message).weighing(Severity::Info)
        }
        _ => return Verdict::Pass,
    };
    Verdict::fail(draft.at(Some(held.at)).quoting(raw))
}
