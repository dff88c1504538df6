//! A metadata quality linter for open data.

pub mod lexicon;
pub mod model;
pub mod source;
