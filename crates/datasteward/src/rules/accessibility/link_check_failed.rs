use crate::limits;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// A link to the data did not answer when it was last tried.
    ///
    /// ## Why it matters
    /// Whoever follows the link finds nothing, and takes the data for withdrawn. The rule speaks only where the result of
    /// a link check of the last 90 days is given (`--link-check`); nothing is fetched here.
    ///
    /// ## How to mend it
    /// Open the link in a browser. If it is dead, give the new address, or unpublish the dataset.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "kind": "file", "distributions": [{"url": "https://www.city.gov/trees.csv", "format": "CSV"}]}
    /// --- links
    /// url,status,checked
    /// https://www.city.gov/trees.csv,404,2026-11-02
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "kind": "file", "distributions": [{"url": "https://www.city.gov/trees.csv", "format": "CSV"}]}
    /// --- links
    /// url,status,checked
    /// https://www.city.gov/trees.csv,200,2026-11-02
    /// ```
    rule {
        id: "link-check-failed",
        code: "A4-07",
        item: A4,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let Some(links) = subject.links else {
        return Verdict::NotApplicable(Reason::Profile);
    };
    let list = subject.dataset.distributions.value().into_iter().flatten();
    let mut tried = 0;
    let mut dead = Vec::new();
    for held in list {
        let file = &held.value;
        for slot in [&file.download_url, &file.access_url] {
            let Some(url) = slot.held() else { continue };
            let Some(answer) = links.of(url.value) else {
                continue;
            };
            let age = subject
                .as_of
                .zip(answer.checked)
                .map(|(day, checked)| day.days_since(checked));
            if age.is_some_and(|days| days > limits::LINK_CHECK_DAYS) {
                continue;
            }
            tried += 1;
            if answer.failed() {
                dead.push((url, answer));
            }
        }
    }
    if tried == 0 {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let Some((first, answer)) = dead.first() else {
        return Verdict::Pass;
    };
    let said = match answer.status.parse::<u16>() {
        Ok(code) => format!("answered {code}"),
        Err(_) => format!("could not be reached ({})", shorten(&answer.status)),
    };
    let when = answer
        .checked
        .map_or(String::new(), |date| format!(" on {date}"));
    let mut message = format!("`{}` {said}{when}", shorten(first.value));
    if dead.len() > 1 {
        message = format!("{} of {tried} links failed; {message}", dead.len());
    }
    let draft = Draft::new("distributions.url", message)
        .at_all(dead.iter().map(|(url, _)| url.at))
        .quoting(first.value)
        .of(dead.len(), tried);
    Verdict::fail(draft)
}
