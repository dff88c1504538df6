use crate::lexicon::dates::{self, Date, Precision};
use crate::model::{Dataset, Day, Held, Inner, Period};
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// A date cannot be read, can be read in two ways, or cannot be true; or a time ends before it starts.
    ///
    /// ## Why it matters
    /// Software sorts and filters by dates; a wrong one hides the dataset or makes it look new for ever.
    ///
    /// ## How to mend it
    /// Write dates as year, month and day: 2018-08-07.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "data_updated": "07/05/2018"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "data_updated": "2018-07-05"}
    /// ```
    ///
    /// ## Source
    /// ISO 8601 for the way to write dates.
    rule {
        id: "date-not-usable",
        code: "D0-06",
        item: D0,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let slots = [
        ("date of creation", &dataset.created),
        ("date of publication", &dataset.issued),
        ("date of the last change", &dataset.modified),
        ("date of the last data update", &dataset.data_updated),
    ];
    let mut drafts: Vec<Draft> = Vec::new();
    let mut looked = false;
    let mut seen = Vec::new();
    for (name, slot) in slots {
        let Some(held) = slot.held() else {
            continue;
        };
        looked = true;
        // One value may stand for two dates.
        if seen.contains(&held.at) || held.inner == Inner::RunningText {
            continue;
        }
        seen.push(held.at);
        let Some(problem) = problem(&held.value, dataset.format, subject.as_of) else {
            continue;
        };
        let mut draft = Draft::new(
            "dates",
            format!(
                "The {name} is `{}`, which {}",
                shorten(held.value.raw),
                problem.says
            ),
        )
        .at(Some(held.at))
        .quoting(held.value.raw)
        .weighing(problem.severity);
        draft.subject = name.to_owned();
        draft.how = problem.how.map(str::to_owned);
        if let Some(date) = problem.mended {
            draft.replacements.push((held.at, date.to_string()));
            draft.replacing = "Write the date as ISO 8601 has it";
        }
        drafts.push(draft);
    }
    drafts.extend(backwards(dataset));
    let period = dataset.temporal.held();
    looked |= period.is_some();
    drafts.extend(period.and_then(ends_before_it_starts));
    match (drafts.is_empty(), looked) {
        (false, _) => Verdict::Fail(drafts),
        (true, true) => Verdict::Pass,
        (true, false) => Verdict::NotApplicable(Reason::Dependency),
    }
}

struct Problem {
    says: String,
    severity: Severity,
    /// What to do, where it is not to write the date in another way.
    how: Option<&'static str>,
    /// The one date that is surely meant.
    mended: Option<Date>,
}

/// Formats whose standards have every date written as ISO 8601 has it.
const STANDARDS: [&str; 7] = [
    "croissant",
    "csvw",
    "data-package",
    "dcat-ap",
    "dcat-us-1.1",
    "dcat-us-3",
    "schema-org",
];

fn problem(day: &Day<'_>, format: &str, as_of: Option<Date>) -> Option<Problem> {
    let says = |says: &str, severity| {
        let says = says.to_owned();
        Some(Problem {
            says,
            severity,
            how: None,
            mended: None,
        })
    };
    let untrue = |says: &str, how| {
        Some(Problem {
            says: says.to_owned(),
            severity: Severity::Warning,
            how: Some(how),
            mended: None,
        })
    };
    let Some(read) = day.read else {
        // A rate in the place of a date is said by `update-date-missing`.
        let rate = dates::repetition(day.raw).is_some() || dates::interval(day.raw).is_some();
        return if rate {
            None
        } else {
            says("is not a date that can be read", Severity::Warning)
        };
    };
    let date = read.date;
    if let Some(other) = read.alternative {
        let text = format!("may be {} or {}", date.spoken(), other.spoken());
        return says(&text, Severity::Warning);
    }
    if date.is_default() {
        return untrue(
            "looks like the default of some software",
            "Put in the true day, or leave the date out.",
        );
    }
    if as_of.is_some_and(|as_of| date.days_since(as_of) > 1) {
        return untrue(
            "lies in the future",
            "Put in the day on which it happened; what is planned belongs into the description.",
        );
    }
    // Seconds since 1970 are what some portals write by themselves; standards ask for a date.
    let by_machine =
        day.raw.bytes().all(|byte| byte.is_ascii_digit()) && !STANDARDS.contains(&format);
    (!read.iso && !by_machine).then(|| Problem {
        says: "software may not read; ISO 8601 has it with year, month and day".to_owned(),
        severity: Severity::Info,
        how: None,
        mended: (read.precision == Precision::Day).then_some(date),
    })
}

/// A time covered of which the last day lies before the first.
fn ends_before_it_starts(held: &Held<Period<'_>>) -> Option<Draft> {
    let (start, end) = (held.value.start?, held.value.end?);
    let by_days = start.days_since(end);
    (by_days > 0).then(|| {
        let message = format!(
            "The time covered ends before it starts: from {} to {}",
            start.spoken(),
            end.spoken()
        );
        let mut draft = Draft::new("dates", message)
            .at(Some(held.at))
            .mend("Write the earlier day first.");
        if !held.value.raw.is_empty() {
            draft = draft.quoting(held.value.raw);
        }
        draft.subject = "time covered".to_owned();
        draft
    })
}

/// A dataset that was changed before it was there.
fn backwards(dataset: &Dataset<'_>) -> Option<Draft> {
    let (issued, modified) = (
        dataset.issued.held()?,
        dataset.modified.held().or(dataset.data_updated.held())?,
    );
    let (first, last) = (issued.value.read?, modified.value.read?);
    let exact = first.precision >= Precision::Day && last.precision >= Precision::Day;
    if !exact || first.date.days_since(last.date) <= 1 {
        return None;
    }
    let message = format!(
        "It was published on {} and last changed before that, on {}",
        first.date.spoken(),
        last.date.spoken()
    );
    let mut draft = Draft::new("dates", message)
        .at_all([issued.at, modified.at])
        .weighing(Severity::Info)
        .mend("Correct the one of the two that is wrong.");
    draft.subject = "order".to_owned();
    Some(draft)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, check};

    #[test]
    fn what_to_do_fits_what_is_wrong() {
        let options = Options::default().with_as_of("2026-11-25").expect("a day");
        let how = |dates: &str| {
            let record =
                format!(r#"{{"datasteward": "1", "id": "t", "title": "Street trees", {dates}}}"#);
            let report = check(&[Source::new("a.json", record.as_bytes())], &options);
            let mut found = report.findings.into_iter();
            let found = found.find(|it| it.rule == "date-not-usable");
            found.expect("a finding").how
        };
        for (dates, begins) in [
            (r#""data_updated": "07/05/2018""#, "Write dates as year"),
            (r#""data_updated": "2027-03-01""#, "Put in the day"),
            (
                r#""issued": "2020-03-01", "data_updated": "2018-03-01""#,
                "Correct the one",
            ),
        ] {
            let how = how(dates);
            assert!(how.starts_with(begins), "{dates}: {how}");
        }
    }
}
