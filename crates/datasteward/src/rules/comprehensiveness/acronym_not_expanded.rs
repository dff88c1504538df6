use crate::lexicon::initials;
use crate::lexicon::language::Language;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// The description uses acronyms that it never spells out.
    ///
    /// ## Why it matters
    /// Insiders read over them; everyone else cannot tell what the data is about, nor search for it.
    ///
    /// ## How to mend it
    /// Spell each acronym out once, with the short form in brackets: "traffic analysis zones (TAZ)".
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "zones", "title": "Travel model", "description": "Trips between the zones of the model, by TAZ, as agreed with the planners."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "zones", "title": "Travel model", "description": "Trips between traffic analysis zones (TAZ), as agreed with the planners."}
    /// ```
    rule {
        id: "acronym-not-expanded",
        code: "M5-09",
        item: M5,
        severity: Info,
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
    let text = dataset.description_text();
    if text.is_empty() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    if !matches!(
        subject.judged.language,
        Language::English | Language::Unknown
    ) {
        return Verdict::Unknown(Reason::Language);
    }
    let mut beside = vec![dataset.title_text()];
    beside.extend(dataset.summary.value().map(|summary| &*summary.plain));
    beside.extend(dataset.publisher.value().map(|agent| agent.name));
    beside.extend(dataset.department.value().map(|agent| agent.name));
    for list in [&dataset.keywords, &dataset.categories] {
        beside.extend(list.value().into_iter().flatten().map(|held| held.value));
    }
    let sources = dataset.sources.value().into_iter().flatten();
    beside.extend(sources.filter_map(|held| Some(&*held.value.name.value()?.plain)));
    for column in dataset.columns.listed() {
        beside.push(column.shown_name());
        beside.push(column.description_text());
    }
    let found = initials::unexplained(text, &beside);
    let Some(first) = found.first() else {
        return Verdict::Pass;
    };
    let message = format!(
        "The description uses {}, and nothing says what {}",
        quoted_list(found.iter().copied()),
        if found.len() == 1 {
            "it stands for"
        } else {
            "they stand for"
        }
    );
    let draft = Draft::new("description", message)
        .at(dataset.description.at())
        .quoting(first);
    Verdict::fail(draft)
}
