use crate::lexicon::refresh::{Class, Strength};
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The text says that a dataset is no longer updated, the refresh field promises updates.
    ///
    /// ## Why it matters
    /// Readers wait for updates that will not come.
    ///
    /// ## How to mend it
    /// Set the refresh field to the portal's word for "historical" or "never".
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "r", "title": "Recycling routes", "refresh": {"rate": "Daily"},
    ///  "description": "Routes of the recycling trucks. This dataset is no longer updated."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "r", "title": "Recycling routes", "refresh": {"rate": "Historical"},
    ///  "description": "Routes of the recycling trucks. This dataset is no longer updated."}
    /// ```
    rule {
        id: "archived-but-promises-updates",
        code: "C3-07",
        item: C3,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let Some(held) = dataset.refresh.held() else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    let rate = &held.value.rate;
    let Some(retired) = &subject.judged.retired else {
        return Verdict::Pass;
    };
    if retired.strength != Strength::Certain
        || !(rate.is_periodic() || rate.class == Class::Continuous)
    {
        return Verdict::Pass;
    }
    let (slot, text) = if retired.in_title {
        (&dataset.title, dataset.title_text())
    } else {
        (&dataset.description, dataset.description_text())
    };
    let words = text.get(retired.start..retired.end).unwrap_or_default();
    let message = format!(
        "The text says `{words}`, the refresh rate says `{}`",
        held.value.raw
    );
    let draft = Draft::new("refresh", message)
        .at_all([held.at])
        .at(slot.at())
        .quoting(words);
    Verdict::fail(draft)
}
