//! A metadata quality linter for open data, built on the City of Los Angeles' data standards checklist.
//!
//! ```
//! use datasteward::{Options, Source, check};
//!
//! let record = br#"{"datasteward": "1", "id": "trees", "title": "Street trees", "description": "Street trees"}"#;
//! let options = Options::default().with_as_of("2026-11-25")?;
//! let report = check(&[Source::new("trees.json", record)], &options);
//! assert!(report.findings.iter().any(|finding| finding.rule == "description-repeats-title"));
//! # Ok::<(), datasteward::OptionsError>(())
//! ```
//!
//! The engine is pure: it opens no file and no socket, and asks no clock; the day of judgement is an option. A document
//! that cannot be read is a finding, never an error; only bad options are errors.
//!
//! The chain runs one way: [`source`] cuts bytes into records, [`mod@format`] fills the [`model`], [`judgement`] and the
//! [`lexicon`] say what a careful reader would, [`rules`] turn that into verdicts, [`report`] gathers them, [`render`]
//! writes them out.

mod acknowledge;
mod check;
pub mod fix;
pub mod format;
mod inspect;
pub mod judgement;
pub mod lexicon;
pub mod limits;
pub mod model;
mod options;
pub mod profile;
mod reading;
pub mod render;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod source;
pub mod wire;
mod workers;

pub use acknowledge::Acknowledge;
pub use check::{Checker, Follow, SoFar, Told, check};
pub use inspect::{Inspection, Unread, inspect, native_document};
pub use options::{Options, OptionsError};
pub use reading::{is_metadata, is_metadata_of_stream};
pub use report::Report;
pub use source::place::Offsets;
pub use source::{Source, Stream};
