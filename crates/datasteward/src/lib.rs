//! A metadata quality linter for open data.

pub mod lexicon;
pub mod source;
