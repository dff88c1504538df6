use crate::lexicon::dates;
use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// No date shows when the data was last updated.
    ///
    /// ## Why it matters
    /// Nobody can tell fresh data from stale, nor whether the promised refresh rate is kept.
    ///
    /// ## How to mend it
    /// Let the system that loads the data write the date, or write it by hand at each update.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "refresh": {"rate": "R/P1M"}}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "refresh": {"rate": "R/P1M"}, "data_updated": "2026-01-12"}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: the documented refresh rate is kept.
    rule {
        id: "update-date-missing",
        code: "C3-06",
        item: C3,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.not_data() {
        return verdict;
    }
    let dataset = subject.dataset;
    if let Some(held) = dataset
        .modified
        .held()
        .filter(|held| held.value.read.is_none())
    {
        if dates::repetition(held.value.raw).is_some() {
            let message = format!(
                "The date of the last change is `{}`: a rate, not a date",
                held.value.raw
            );
            let draft = Draft::new("modified", message)
                .at(Some(held.at))
                .quoting(held.value.raw);
            // The standard of `data.json` allows it for data that changes all the time; a day helps readers more.
            let is_allowed = matches!(dataset.format, "dcat-us-1.0" | "dcat-us-1.1");
            return Verdict::fail(if is_allowed {
                draft.weighing(Severity::Info)
            } else {
                draft
            });
        }
        return Verdict::Pass;
    }
    if dataset.modified.is_filled() || dataset.data_updated.is_filled() {
        return Verdict::Pass;
    }
    let of_files = dataset
        .distributions
        .value()
        .is_some_and(|list| list.iter().any(|held| held.value.modified.is_filled()));
    if of_files {
        return Verdict::Pass;
    }
    let blank = [&dataset.data_updated, &dataset.modified]
        .into_iter()
        .find(|slot| slot.is_blank());
    match blank {
        // A portal that dates its record shows readers a date, if not the one they look for.
        Some(_) if dataset.metadata_modified.is_filled() => {
            let message =
                "Only the record itself is dated; nothing shows when the data was last updated";
            let draft = Draft::new("data_updated", message)
                .at(dataset.metadata_modified.at())
                .weighing(Severity::Info);
            Verdict::fail(draft)
        }
        Some(slot) => {
            let message = "No date shows when the data was last updated";
            Verdict::fail(Draft::new("data_updated", message).at(slot.at()))
        }
        None if matches!(dataset.data_updated, Slot::NotInExport(_)) => {
            Verdict::Unknown(Reason::NotInExport)
        }
        None => Verdict::Unknown(Reason::NoSlot),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::rules_told;

    #[test]
    fn a_data_package_has_no_place_for_later_changes() {
        let is_told = |key: &str| {
            let text = format!(
                r#"{{"name": "wells", "title": "Wells", {key} "resources": [{{"name": "wells", "path": "wells.csv"}}]}}"#
            );
            rules_told("datapackage.json", &text)
                .iter()
                .any(|it| it == "update-date-missing")
        };
        assert!(!is_told(""));
        assert!(!is_told(r#""created": "2024-05-06","#));
        // Whoever adds a key of their own is asked to fill it.
        assert!(is_told(r#""lastUpdated": "","#));
    }
}
