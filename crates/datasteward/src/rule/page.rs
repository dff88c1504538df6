//! A rule's page taken apart.

use super::Rule;

/// An example on a page: a small document, and what is to be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example<'p> {
    /// The file name it would have; its end tells how it is laid out.
    pub language: &'p str,
    /// The profile it is judged by, where it is not the default.
    pub profile: Option<&'p str>,
    /// The document.
    pub text: &'p str,
}

/// A rule's page.
#[derive(Clone, Debug)]
pub struct Page<'p> {
    /// What is wrong, in one sentence.
    pub summary: &'p str,
    /// Why a reader cares.
    pub why: &'p str,
    /// What to do.
    pub how: &'p str,
    /// Documents in which the rule finds something.
    pub bad: Vec<Example<'p>>,
    /// Documents in which it does not.
    pub good: Vec<Example<'p>>,
    /// Where the rule and its thresholds come from.
    pub source: Option<&'p str>,
}

/// Takes a page apart.
#[must_use]
pub fn parse(page: &str) -> Page<'_> {
    let mut sections = page.split("\n ## ");
    let summary = sections.next().unwrap_or_default().trim();
    let mut parsed = Page {
        summary,
        why: "",
        how: "",
        bad: Vec::new(),
        good: Vec::new(),
        source: None,
    };
    for section in sections {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        match head.trim() {
            "Why it matters" => parsed.why = body.trim(),
            "How to mend it" => parsed.how = body.trim(),
            "Bad" => parsed.bad = examples(body),
            "Good" => parsed.good = examples(body),
            "Source" => parsed.source = Some(body.trim()),
            _ => {}
        }
    }
    parsed
}

/// Where a rule comes from: what its page says of it, else the item that it was made for.
#[must_use]
pub fn source(rule: &Rule) -> String {
    let (item, code) = (rule.item.label(), rule.item.code());
    match (parse(rule.page).source, rule.item.area()) {
        (Some(source), _) => one_line(source),
        (None, Some(_)) => format!(
            "Made for item {code}, {item}, of the City of Los Angeles data standards checklist."
        ),
        (None, None) => "Good practice; no item of the checklist names it.".to_owned(),
    }
}

fn examples(body: &str) -> Vec<Example<'_>> {
    body.split(" ```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| {
            let (head, text) = block.split_once('\n')?;
            let (language, rest) = head.trim().split_once(' ').unwrap_or((head.trim(), ""));
            Some(Example {
                language,
                profile: rest.strip_prefix("profile "),
                text: text.trim(),
            })
        })
        .collect()
}

/// A text of a page on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn takes_a_page_apart() {
        let page = " A fault.\n\n ## Why it matters\n Readers stumble.\n\n ## How to mend it\n Mend it.\n\n ## Bad\n ```json\n {}\n ```\n\n ## Good\n ```json\n []\n ```\n";
        let page = parse(page);
        assert_eq!(
            (page.summary, page.why, page.how),
            ("A fault.", "Readers stumble.", "Mend it.")
        );
        assert_eq!(page.bad.first().map(|example| example.text), Some("{}"));
        assert_eq!(page.good.len(), 1);
    }
}
