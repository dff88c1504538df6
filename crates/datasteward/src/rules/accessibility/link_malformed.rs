use crate::lexicon::addresses::{self, Problem};
use crate::lexicon::secrets;
use crate::model::Held;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// A link to the data cannot be opened by others.
    ///
    /// ## Why it matters
    /// It works on the computer of whoever wrote it, and nowhere else.
    ///
    /// ## How to mend it
    /// Give the whole public address, beginning with https://.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "kind": "file",
    ///  "distributions": [{"url": "C:/data/trees.csv", "format": "CSV"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.gov/trees.csv", "format": "CSV"}]}
    /// ```
    rule {
        id: "link-malformed",
        code: "A4-04",
        item: A4,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let files = dataset
        .distributions
        .value()
        .into_iter()
        .flatten()
        .flat_map(|held| [&held.value.download_url, &held.value.access_url]);
    let mut looked = false;
    // Without another link, nobody else has a way to the data.
    let mut only_inner = true;
    let mut found = Vec::new();
    for slot in files.chain([&dataset.landing_page]) {
        let Some(held) = slot.held() else {
            continue;
        };
        looked = true;
        // A package's own files stand beside it.
        let beside = matches!(dataset.format, "data-package" | "croissant" | "csvw")
            && !held.value.contains("://");
        if beside {
            continue;
        }
        let problem = addresses::problem(held.value);
        only_inner &= matches!(problem, Some(Problem::OwnComputer | Problem::OwnNetwork));
        // Another rule speaks of a password in an address.
        if let Some(problem) = problem
            && (problem != Problem::Password || secrets::find(held.value).is_none())
            && !found
                .iter()
                .any(|(known, _): &(&Held<&str>, Problem)| known.at == held.at)
        {
            found.push((held, problem));
        }
    }
    if !looked {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let Some((first, problem)) = found.first() else {
        return Verdict::Pass;
    };
    let reason = match problem {
        Problem::NotAbsolute => "it does not begin with https:// or the like",
        Problem::OwnComputer => "it leads to a folder of one computer",
        Problem::OwnNetwork => "it leads into an inner network",
        Problem::Stock => "it leads to a site for examples",
        Problem::Mail => "it is an e-mail address",
        Problem::Password => "it holds a name and a password, which everyone can read now",
        Problem::Blank => "it has a blank inside",
        Problem::Broken => "its host is missing",
    };
    let more = match found.len() {
        1 => String::new(),
        2 => " (1 more is like it)".to_owned(),
        all => format!(" ({} more are like it)", all - 1),
    };
    let message = format!(
        "`{}` is no link that others can open: {reason}{more}",
        shorten(first.value)
    );
    let severity = match problem {
        // Browsers forgive a blank.
        Problem::Blank => Severity::Info,
        Problem::OwnComputer | Problem::OwnNetwork if only_inner => Severity::Error,
        _ => Severity::Warning,
    };
    let mut draft = Draft::new("distributions.url", message)
        .at_all(found.iter().map(|(held, _)| held.at))
        .quoting(first.value)
        .weighing(severity);
    // Two addresses in one place have a blank between them, and so may a line break.
    let is_one = |address: &str| {
        let blanks = address.chars().filter(|sign| sign.is_whitespace());
        address.matches("://").count() == 1 && blanks.into_iter().all(|sign| sign == ' ')
    };
    if found
        .iter()
        .all(|(held, problem)| *problem == Problem::Blank && is_one(held.value))
    {
        draft.replacing = "Write each blank as %20, as browsers do";
        draft.replacements = found
            .iter()
            .map(|(held, _)| (held.at, held.value.replace(' ', "%20")))
            .collect();
    }
    Verdict::fail(draft)
}
