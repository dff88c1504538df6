use crate::lexicon::refresh::{self, Cadence, Class, Rate};
use crate::model::Inner;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The refresh field and the description promise different things.
    ///
    /// ## Why it matters
    /// A reader does not know which promise to plan by.
    ///
    /// ## How to mend it
    /// Set the field to the rate that is really kept, and say the same in the description.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "calls", "title": "Police calls", "refresh": {"rate": "Hourly"},
    ///  "description": "Calls that were answered by officers in the city. The data is refreshed every 4 hours."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "calls", "title": "Police calls", "refresh": {"rate": "Weekly"},
    ///  "description": "Calls that were answered by officers in the city. The data is updated every Friday."}
    /// ```
    rule {
        id: "refresh-contradicts-description",
        code: "C3-04",
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
    let cadences = &subject.judged.cadences;
    let found = refresh::contradicts(&held.value.rate, cadences).and_then(|at| cadences.get(at));
    let Some(cadence) = found else {
        return Verdict::Pass;
    };
    let text = dataset.description_text();
    let words = text.get(cadence.start..cadence.end).unwrap_or_default();
    let message = format!(
        "The refresh rate says {}, the description says `{words}`",
        spoken(&held.value.rate, held.value.raw)
    );
    let mut draft = Draft::new("refresh", message)
        .at_all([held.at])
        .at(dataset.description.at())
        .quoting(cadence.sentence_in(text));
    let is_a_field = matches!(held.inner, Inner::Field | Inner::CustomField);
    if let Some(written) = spelled(cadence, held.value.raw).filter(|_| is_a_field) {
        draft.replacements.push((held.at, written));
        draft.replacing = "Write the rate that the description promises";
        draft.needs_review = true;
    }
    Verdict::fail(draft)
}

/// The rate of the description as the field writes rates: as a repetition where it holds one, else as a word. Only where
/// it reads back as the same rate.
fn spelled(cadence: &Cadence, like: &str) -> Option<String> {
    let rate = &cadence.rate;
    if rate.class != Class::Periodic || cadence.at_least {
        return None;
    }
    let like = like.trim();
    let written = if like.starts_with("R/P") {
        rate.iso.as_deref()?.to_owned()
    } else if like
        .chars()
        .all(|sign| sign.is_alphabetic() || " -".contains(sign))
    {
        let mut letters = rate.label.chars();
        let first = letters.next()?;
        if like.starts_with(char::is_uppercase) {
            first.to_uppercase().chain(letters).collect()
        } else {
            rate.label.to_string()
        }
    } else {
        return None;
    };
    (refresh::parse(&written).days == rate.days).then_some(written)
}

/// A rate as its reader says it: a code is spoken and stands behind.
fn spoken(rate: &Rate, raw: &str) -> String {
    let raw = raw.trim();
    let is_code = raw.starts_with("R/") || raw.contains("://") || rate.class == Class::OneTime;
    let period = rate.days.filter(|_| rate.class == Class::Periodic);
    let words = match (period, rate.class) {
        _ if !is_code => String::new(),
        (Some(days), _) => refresh::spoken_period(days),
        (None, Class::OneTime) => "once only".to_owned(),
        _ => String::new(),
    };
    if words.is_empty() {
        format!("`{raw}`")
    } else {
        format!("{words} (`{raw}`)")
    }
}
