use crate::lexicon::english;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// The description breaks off in the middle of a sentence, at a length at which programs cut texts.
    ///
    /// ## Why it matters
    /// What stood behind is lost to readers: often what the data leaves out, and whom to ask.
    ///
    /// ## How to mend it
    /// Shorten the description to what a reader needs first, and move the rest into a document that it links.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Monitors in use", "description": "The sheriff's office counts the monitors worn by people who await their trial, on the last day of each month. A monitor that is changed within the month is counted once. Monitors lent to other counties are left out; those lent by them are counted by the c"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Monitors in use", "description": "The sheriff's office counts the monitors worn by people who await their trial, on the last day of each month. A monitor that is changed within the month is counted once. Monitors lent to other counties are left out."}
    /// ```
    ///
    /// ## Source
    /// Lengths at which descriptions of published catalogues break off: 4000 characters in those of Socrata, 255 where an
    /// older database holds them.
    rule {
        id: "text-cut-off",
        code: "D0-11",
        item: D0,
        severity: Info,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

/// So many characters hold some programs, and cut what is longer.
const LIMITS: [usize; 2] = [255, 4000];

fn check(subject: &Subject<'_>) -> Verdict {
    let Some(held) = subject.dataset.description.held() else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    let raw = held.value.raw;
    let Some(length) = cut_at(raw) else {
        return Verdict::Pass;
    };
    let start = raw
        .char_indices()
        .rev()
        .nth(SHOWN)
        .map_or(0, |(start, _)| start);
    let end = raw.get(start..).unwrap_or_default();
    let message = format!(
        "The description stops after exactly {length} characters, in the middle of a sentence: `…{}`",
        end.replace(['\r', '\n'], " ").trim()
    );
    Verdict::fail(
        Draft::new("description", message)
            .at(Some(held.at))
            .weighing(Severity::Info),
    )
}

/// So many characters of its end are shown.
const SHOWN: usize = 40;

/// Few texts have so many characters by chance.
const LONG: usize = 1000;

/// The length at which a text was surely cut: a sentence, a tag or an address that ends there by itself is none.
fn cut_at(text: &str) -> Option<usize> {
    // Counting is only worth it where the bytes may be so many characters.
    let may_be = |limit: usize| (limit..=limit * 4).contains(&text.len());
    let length = LIMITS
        .into_iter()
        .find(|limit| may_be(*limit) && text.chars().count() == *limit)?;
    let last_word = text.split_whitespace().next_back()?;
    let is_letter = text.ends_with(char::is_alphabetic);
    let is_address = last_word.contains("://") || last_word.starts_with("www.");
    let has_sentences = text.contains(". ") || text.contains(".\n") || text.contains(".\r");
    // Many a short text has this length by chance; one that ends in half a word has not.
    let is_whole = |word: &str| word.len() > 1 && english::look_up(word).is_some();
    let by_chance = length < LONG && is_whole(&last_word.to_lowercase());
    (is_letter && !is_address && has_sentences && !by_chance).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::cut_at;

    #[test]
    fn a_text_that_fills_its_field_is_cut_unless_it_ends() {
        let fill = |end: &str, length: usize| {
            let text = "Trees are counted. ".repeat(300);
            let head: String = text.chars().take(length - end.chars().count()).collect();
            head + end
        };
        assert_eq!(cut_at(&fill(" and the oth", 4000)), Some(4000));
        assert_eq!(cut_at(&fill(" and the oth", 255)), Some(255));
        assert_eq!(cut_at(&fill(" and the oth", 254)), None);
        assert_eq!(cut_at(&fill(" and the others.", 4000)), None);
        assert_eq!(cut_at(&fill(" https://data.example/trees", 255)), None);
        assert_eq!(cut_at(&fill(" 2018 to 2019", 255)), None);
        assert_eq!(cut_at(&fill(" and the others", 255)), None);
        assert_eq!(cut_at(&"x".repeat(255)), None);
    }
}
