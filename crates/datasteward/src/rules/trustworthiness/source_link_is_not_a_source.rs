use crate::lexicon::addresses::{self, NoSource};
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// The link to the source leads to a license or a search page.
    ///
    /// ## Why it matters
    /// Whoever follows it to check the data ends on a page that says nothing about it.
    ///
    /// ## How to mend it
    /// Link the office, report or system the data comes from; the license has a place of its own.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "source": [{"name": "Tree survey", "url": "https://creativecommons.org/licenses/by/4.0/"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "source": [{"name": "Tree survey", "url": "https://www.city.gov/tree-survey"}]}
    /// ```
    rule {
        id: "source-link-is-not-a-source",
        code: "T7-03",
        item: T7,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let sources = subject.dataset.sources.value().into_iter().flatten();
    let mut looked = false;
    for origin in sources {
        let Some(link) = origin.value.url.held() else {
            continue;
        };
        looked = true;
        let what = match addresses::no_source(link.value) {
            None => continue,
            Some(NoSource::License) => "a license",
            Some(NoSource::Search) => "a search engine",
            Some(NoSource::Stock) => "a site for examples",
        };
        let draft = Draft::new(
            "source",
            format!(
                "The source's link leads to {what}: `{}`",
                shorten(link.value)
            ),
        )
        .at(Some(link.at))
        .quoting(link.value);
        return Verdict::fail(draft);
    }
    if looked {
        Verdict::Pass
    } else {
        Verdict::NotApplicable(Reason::Dependency)
    }
}
