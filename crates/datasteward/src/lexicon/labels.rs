//! The label of a fact written where the fact belongs: `Name of the data set` as a title, `keyword 1` as a keyword. It
//! is what a form, or a sample of one, held before anybody filled it in.

use std::sync::LazyLock;

use super::fold::with_folded_piece;
use super::lists;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The title of a dataset.
    Title,
    /// Its description.
    Description,
    /// One of its keywords.
    Keyword,
    /// The name of its publisher.
    Publisher,
}

/// The words of labels.
struct Labels {
    /// May stand before a label: how to fill it, or which of several it is.
    before: Vec<&'static str>,
    /// May follow it: what it is of.
    after: Vec<&'static str>,
    title: Vec<&'static str>,
    description: Vec<&'static str>,
    keyword: Vec<&'static str>,
    tag: Vec<&'static str>,
    body: Vec<&'static str>,
}

impl Labels {
    /// Whether the first word of a text can begin a label: with most texts there is nothing more to ask.
    fn may_open(&self, text: &str, asked: Asked) -> bool {
        let is_part = |sign: char| sign.is_alphanumeric();
        let mut words = text.split(|sign| !is_part(sign));
        let Some(first) = words.find(|word| !word.is_empty()) else {
            return false;
        };
        with_folded_piece(first, |first| {
            let bare = first.trim_end_matches(|last: char| last.is_ascii_digit());
            let own = match asked {
                Asked::Title => self.title.contains(&bare),
                Asked::Description => self.description.contains(&bare),
                Asked::Keyword => self.keyword.contains(&bare) || self.tag.contains(&bare),
                Asked::Publisher => bare == "name" || self.body.contains(&bare),
            };
            own || self.before.contains(&first)
        })
    }
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let of = |kind| lists::of(include_str!("../../data/form-labels.tsv"), kind, '|');
    Labels {
        before: of("before"),
        after: of("after"),
        title: of("title"),
        description: of("description"),
        keyword: of("keyword"),
        tag: of("tag"),
        body: of("body"),
    }
});

/// Whether the whole text is only the label of what is asked for.
///
/// ```
/// use datasteward::lexicon::labels::{Asked, is_label};
/// assert!(is_label("Name of the data set", Asked::Title));
/// assert!(is_label("Long text about the dataset", Asked::Description));
/// assert!(is_label("keyword2", Asked::Keyword));
/// assert!(is_label("Publisher's name", Asked::Publisher));
/// assert!(!is_label("Names of streets", Asked::Title));
/// ```
#[must_use]
pub fn is_label(text: &str, asked: Asked) -> bool {
    // The longest of these phrases is far shorter, and most texts of a catalogue are far longer.
    if text.len() > 80 {
        return false;
    }
    let labels = &*LABELS;
    if !labels.may_open(text, asked) {
        return false;
    }
    let folded = text.to_lowercase().replace("'s", "").replace("’s", "");
    let mut words = folded
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    let mut leads = 0;
    while words.next_if(|word| labels.before.contains(word)).is_some() {
        leads += 1;
    }
    let Some(label) = words.next() else {
        return false;
    };
    let rest: Vec<&str> = words.collect();
    let is_numbered = label.ends_with(|last: char| last.is_ascii_digit())
        || matches!(rest.as_slice(), [number] if number.parse::<u8>().is_ok());
    let label = label.trim_end_matches(|last: char| last.is_ascii_digit());
    let ends = |rest: &[&str]| rest.iter().all(|word| labels.after.contains(word));
    match asked {
        Asked::Title => labels.title.contains(&label) && ends(&rest),
        Asked::Description => labels.description.contains(&label) && ends(&rest),
        Asked::Keyword if labels.keyword.contains(&label) => is_numbered || rest.is_empty(),
        // Fish are tagged, so that a lone "tag" may be a real one.
        Asked::Keyword if labels.tag.contains(&label) => {
            is_numbered || (leads > 0 && rest.is_empty())
        }
        Asked::Keyword => false,
        Asked::Publisher => {
            let is_body = |word: &str| labels.body.contains(&word);
            match rest.as_slice() {
                ["name"] => is_body(label),
                ["of", .., body] => label == "name" && rest.len() <= 3 && is_body(body),
                _ => false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, is_label};

    #[test]
    fn knows_what_a_form_held_before_it_was_filled_in() {
        for (text, asked) in [
            ("Title", Asked::Title),
            ("Dataset name", Asked::Title),
            ("Enter the title of your data set here", Asked::Title),
            ("Description", Asked::Description),
            ("A brief description of the dataset.", Asked::Description),
            ("Some text", Asked::Description),
            ("keyword", Asked::Keyword),
            ("first keyword", Asked::Keyword),
            ("tag 3", Asked::Keyword),
            ("Name of the organisation", Asked::Publisher),
            ("Your agency name", Asked::Publisher),
        ] {
            assert!(is_label(text, asked), "{text}");
        }
    }

    #[test]
    fn leaves_words_that_tell_something_alone() {
        for (text, asked) in [
            ("Street names", Asked::Title),
            ("Name changes", Asked::Title),
            ("Data set of trees", Asked::Title),
            ("Title 20 providers", Asked::Title),
            ("Description of streets", Asked::Description),
            ("Text of the laws", Asked::Description),
            ("tag", Asked::Keyword),
            ("keyword search", Asked::Keyword),
            ("Department of Parks", Asked::Publisher),
            ("Agency", Asked::Publisher),
            ("", Asked::Title),
            ("The", Asked::Title),
        ] {
            assert!(!is_label(text, asked), "{text}");
        }
    }
}
