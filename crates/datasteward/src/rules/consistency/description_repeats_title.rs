use crate::judgement::TextVerdict;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// A description only says the title again.
    ///
    /// ## Why it matters
    /// The reader has opened the page to learn more than its title, and learns nothing.
    ///
    /// ## How to mend it
    /// Say what one row is, who collects it and why, and since when.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "pension", "title": "Average monthly service pension",
    ///  "description": "This dataset contains the average monthly service pension."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "pension", "title": "Average monthly service pension",
    ///  "description": "What retired officers were paid each month, by year of retirement, from the accounts of the pension fund."}
    /// ```
    rule {
        id: "description-repeats-title",
        code: "C2-04",
        item: C2,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let description = &subject.dataset.description;
    match subject.judged.description {
        TextVerdict::Restates => Verdict::fail(
            Draft::new("description", "The description only says the title again")
                .at(description.at())
                .quoting(subject.dataset.description_text()),
        ),
        TextVerdict::Missing | TextVerdict::Placeholder => {
            Verdict::NotApplicable(Reason::Dependency)
        }
        TextVerdict::Thin | TextVerdict::Good => Verdict::Pass,
    }
}
