use crate::lexicon::fold::fold;
use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Several keywords are packed into one, or one is there twice.
    ///
    /// ## Why it matters
    /// A portal shows and searches each keyword as it stands: "trees; parks; forestry" is found by nobody who looks for parks.
    ///
    /// ## How to mend it
    /// Give each keyword a place of its own, once.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "keywords": ["trees; parks; forestry"]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "keywords": ["trees", "parks", "forestry"]}
    /// ```
    rule {
        id: "keywords-joined",
        code: "C2-10",
        item: C2,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let list = match &dataset.keywords {
        Slot::Filled(held) => &held.value,
        Slot::Blank { .. } => return Verdict::NotApplicable(Reason::Dependency),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    let mut drafts = Vec::new();
    // The `data.json` of 2013 has one text for all keywords.
    let packed: Vec<_> = list
        .iter()
        .filter(|held| dataset.format != "dcat-us-1.0" && is_packed(held.value, list.len()))
        .collect();
    if let Some(first) = packed.first() {
        let words = quoted_list(packed.iter().map(|held| held.value));
        let message = format!("Several keywords are packed into one: {words}");
        let mut draft = Draft::new("keywords", message)
            .at_all(packed.iter().map(|held| held.at))
            .quoting(first.value);
        draft.subject = "packed".to_owned();
        draft.replacing = "Write each keyword as one of its own";
        for held in &packed {
            let (sign, is_sure) = separator(held.value);
            let others = list.iter().filter(|other| other.at != held.at);
            let others: Vec<_> = others.map(|other| fold(other.value)).collect();
            draft
                .splits
                .push((held.at, parts(held.value, sign, &others)));
            draft.needs_review |= !is_sure;
        }
        drafts.push(draft);
    }
    let mut seen: Vec<std::borrow::Cow<'_, str>> = Vec::new();
    let mut doubles = Vec::new();
    for held in list {
        let folded = fold(held.value);
        if seen.contains(&folded) {
            doubles.push(held);
        } else {
            seen.push(folded);
        }
    }
    if !doubles.is_empty() && dataset.format != "dcat-us-1.0" {
        let words = quoted_list(doubles.iter().map(|held| held.value));
        let message = if doubles.len() == 1 {
            format!("The keyword {words} is there twice")
        } else {
            format!("{} keywords are there twice: {words}", doubles.len())
        };
        let mut draft = Draft::new("keywords", message)
            .at_all(doubles.iter().map(|held| held.at))
            .weighing(Severity::Info);
        draft.subject = "doubled".to_owned();
        draft.replacing = "Take out the keywords that are there already";
        draft.removals = doubles.iter().map(|held| held.at).collect();
        // Which spelling stays, where there are two, is the steward's choice.
        draft.needs_review = !doubles
            .iter()
            .all(|double| list.iter().filter(|it| it.value == double.value).count() > 1);
        drafts.push(draft);
    }
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

/// What stands between the words, and whether it can be nothing else: a comma may belong to a place name.
fn separator(keyword: &str) -> (char, bool) {
    let signs = [';', '|'].into_iter();
    let mut found = signs.filter(|sign| keyword.contains(*sign));
    match (found.next(), found.next()) {
        (Some(sign), None) => (sign, !keyword.contains('&')),
        (Some(sign), Some(_)) => (sign, false),
        (None, _) => (',', false),
    }
}

/// The words, without those that are keywords already; at least one.
fn parts(keyword: &str, sign: char, others: &[std::borrow::Cow<'_, str>]) -> Vec<String> {
    let mut kept: Vec<&str> = Vec::new();
    let words = keyword.split(sign).map(str::trim);
    for word in words.filter(|word| !word.is_empty()) {
        let is_new = kept.iter().all(|it| fold(it) != fold(word)) && !others.contains(&fold(word));
        if is_new {
            kept.push(word);
        }
    }
    if kept.is_empty() {
        kept.extend(keyword.split(sign).map(str::trim).find(|it| !it.is_empty()));
    }
    kept.into_iter().map(str::to_owned).collect()
}

/// A semicolon or a bar between words, or so many commas that it is no place name ("Portland, Oregon, USA").
fn is_packed(keyword: &str, of: usize) -> bool {
    let commas = keyword.matches(',').count();
    let between = |sign: char| {
        keyword.matches(sign).count() >= 1
            && keyword
                .split(sign)
                .filter(|part| !part.trim().is_empty())
                .count()
                >= 2
    };
    // `&amp;` ends in a semicolon and packs nothing.
    let encoded =
        keyword.contains('&') && keyword.matches(';').count() <= keyword.matches('&').count();
    (between(';') && !encoded) || between('|') || commas >= 4 || (commas >= 2 && of == 1)
}
