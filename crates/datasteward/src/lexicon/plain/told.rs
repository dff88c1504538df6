//! Whether the texts of a record explain the shorthand in a name.

use super::reads::Reads;
use super::token::read;
use super::tokens::{Tokens, last_of_path};
use super::vocabulary::Vocabulary;

/// Whether the texts of a record explain every piece of shorthand in a name: an acronym written out
/// (`Estimated Market Value`), or what the tables read in an abbreviation (`Cum`, "cumulative counts").
///
/// Only title and main texts are read, and of those the beginning: what explains a field stands there, and a record may
/// have ten thousand fields.
#[must_use]
pub fn is_told(name: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let tokens = Tokens::of(last_of_path(name));
    let mut shorthand = false;
    let mut index = 0;
    while index < tokens.tokens.len() {
        let (reads, used) = read(&tokens, index, vocabulary);
        if matches!(reads, Reads::Abbreviated | Reads::Cryptic) {
            shorthand = true;
            if used > 1
                || !tokens
                    .get(index)
                    .is_some_and(|token| vocabulary.tells(token))
            {
                return false;
            }
        }
        index += used;
    }
    shorthand
}

#[cfg(test)]
mod tests {
    use super::is_told;
    use crate::lexicon::language::Language;
    use crate::lexicon::plain::Vocabulary;

    #[test]
    fn shorthand_is_told_where_the_record_writes_it_out() {
        let mut vocabulary = Vocabulary::new(Language::English);
        vocabulary.set_title("Change of property values");
        vocabulary.add("Medians of Estimated Market Values and cumulative counts by place.");
        assert!(is_told("Median EMV", &vocabulary));
        assert!(is_told("Sales, Cum 2020", &vocabulary));
        assert!(!is_told("Median XQV", &vocabulary));
        assert!(!is_told("Sales by place", &vocabulary));
    }
}
