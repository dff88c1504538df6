use crate::lexicon::placeholder::TrialKind;
use crate::rule::{Check, Draft, Subject, Verdict, declare_rule};

declare_rule! {
    /// A test, draft or trial record stands on the public portal.
    ///
    /// ## Why it matters
    /// Readers take it for real data, and it makes the whole portal look unattended.
    ///
    /// ## How to mend it
    /// Unpublish it, or rename it if the word belongs to the subject.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Test for debug purposes", "description": "This is a test dataset."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "math", "title": "Math test results 2006 to 2012", "description": "Results by school and grade."}
    /// ```
    rule {
        id: "test-or-draft-published",
        code: "C2-08",
        item: C2,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let Some(trial) = &subject.judged.trial else {
        return Verdict::Pass;
    };
    let (slot, text) = if trial.in_title {
        (&subject.dataset.title, subject.dataset.title_text())
    } else {
        (
            &subject.dataset.description,
            subject.dataset.description_text(),
        )
    };
    let words = text.get(trial.range.clone()).unwrap_or(text);
    let message = match trial.kind {
        TrialKind::Draft => format!("This looks like a draft: `{words}`"),
        TrialKind::Furniture => {
            format!("This looks like a part of the portal's own pages and not like data: `{words}`")
        }
        TrialKind::Test | TrialKind::DoNotUse => {
            format!("This looks like a record that was never meant for readers: `{words}`")
        }
    };
    let draft = Draft::new("title", message).at(slot.at()).quoting(text);
    Verdict::fail(match trial.kind {
        TrialKind::Furniture => draft.mend(
            "Hide it from the catalogue, where the portal lets you; the pages that use it go on working.",
        ),
        TrialKind::Test | TrialKind::Draft | TrialKind::DoNotUse => draft,
    })
}

#[cfg(test)]
mod tests {
    use crate::check::rules_told;

    #[test]
    fn nobody_is_asked_to_describe_a_part_of_the_portals_own_pages() {
        let told = |title: &str| {
            let text = format!(
                r#"{{"datasteward": "1", "id": "t", "title": "{title}", "license": "", "columns": [{{"name": "img_url"}}]}}"#
            );
            rules_told("a.json", &text)
        };
        assert_eq!(told("Category Tiles"), ["test-or-draft-published"]);
        assert!(
            told("Street trees")
                .iter()
                .any(|it| it == "missing-license")
        );
    }
}
