//! Running text and what a reader sees of it.

use std::borrow::Cow;

use crate::lexicon::html;

/// A text as written, and as a reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Text<'t> {
    /// As written.
    pub raw: &'t str,
    /// Without web-page code, blanks at the ends trimmed.
    pub plain: Cow<'t, str>,
}

impl<'t> Text<'t> {
    /// Reads a text.
    #[must_use]
    pub fn new(raw: &'t str) -> Self {
        Self {
            raw,
            plain: html::to_text(raw),
        }
    }

    /// Whether the text carried web-page code.
    #[must_use]
    pub fn was_html(&self) -> bool {
        matches!(self.plain, Cow::Owned(_))
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.plain
    }
}
