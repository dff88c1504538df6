use crate::lexicon::placeholder::TitleProblem;
use crate::lexicon::spoken::spoken;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// The title does not tell what the dataset is about.
    ///
    /// ## Why it matters
    /// Readers find data by its title, and pass over one that looks like a file on somebody's disk.
    ///
    /// ## How to mend it
    /// Name in plain words what one row is, and the place or period where several datasets are alike.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "parcel_layer_2", "description": "Parcels of land with their owners' districts."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Parcels of land", "description": "Parcels of land with their owners' districts."}
    /// ```
    rule {
        id: "title-unclear",
        code: "C2-07",
        item: C2,
        severity: Info,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let title = dataset.title_text();
    let offer = || {
        spoken(title, subject.judged.language).map(|offer| {
            format!("Call it, for example, \"{offer}\", or better: say what one row is.")
        })
    };
    let (problem, how) = match subject.judged.title_problem(dataset) {
        None => return Verdict::Pass,
        // Missing titles, fillers and trials are other rules' matters.
        Some(TitleProblem::Empty | TitleProblem::Placeholder(_) | TitleProblem::Trial(_)) => {
            return Verdict::NotApplicable(Reason::Dependency);
        }
        Some(TitleProblem::MachineName) => ("is written as software writes names", offer()),
        Some(TitleProblem::Identifier) => ("is a single name that says little to a newcomer", None),
        Some(TitleProblem::Initials) => ("is a short group of capitals", None),
        Some(TitleProblem::Code) => ("holds a code that only insiders can read", None),
        Some(TitleProblem::Vague) => (
            "does not say what it is about",
            Some("Name the subject: cases of what, a list of which things, and where.".into()),
        ),
        Some(TitleProblem::FileName) => ("is the name of a file", None),
        Some(TitleProblem::AllCapitals) => ("is all in capitals", None),
    };
    let mut draft = Draft::new("title", format!("The title `{}` {problem}", shorten(title)))
        .at(dataset.title.at())
        .quoting(title);
    if let Some(how) = how {
        draft = draft.mend(how);
    }
    Verdict::fail(draft)
}
