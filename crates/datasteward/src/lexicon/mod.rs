//! What words mean: pure look-ups and text judgements over the vocabularies in `data/`.
//!
//! Nothing here knows a dataset, a format or a rule. Start with [`fold`] for how text is made comparable,
//! [`plain`] for how a field name is judged, [`refresh`] for how a refresh rate is read.

pub mod abbreviations;
pub mod addresses;
pub mod codes;
pub mod dates;
pub mod english;
pub mod field;
pub mod fold;
pub mod formats;
pub mod guides;
pub mod headings;
pub mod html;
pub mod initials;
pub mod labels;
pub mod language;
pub mod licenses;
pub(crate) mod lists;
pub mod mailbox;
pub(crate) mod memo;
pub mod mojibake;
pub(crate) mod name_parts;
pub mod opposites;
pub mod personal;
pub mod phrases;
pub mod placeholder;
pub mod plain;
pub mod planar;
pub mod publishers;
pub(crate) mod quick;
pub mod readability;
pub mod refresh;
pub mod restate;
pub mod roles;
pub mod scaffold;
pub mod secrets;
pub mod spelling;
pub mod spoken;
pub mod titles;
pub mod unit_stated;
pub mod units;
