//! What a dataset is, whatever format it came in.
//!
//! Readers fill a [`Dataset`]; rules judge it and never see a format. Each value is a [`Held`] that knows its place
//! ([`At`]); each place where a value could stand is a [`Slot`], so that "left empty" and "this format has no place for
//! it" are never mixed up.

mod agent;
mod column;
mod coverage;
mod dataset;
mod distribution;
mod facts;
mod fault;
mod license;
mod links;
mod slot;
mod text;

pub use crate::source::tree::At;
pub use agent::{Agent, AgentKind, Contact, Origin};
pub use column::{Column, Columns, Dictionary, Stats, ValueItem};
pub use coverage::{Day, Period, Spatial};
pub use dataset::{
    Access, AssetKind, Dataset, Decision, Lineage, Link, OwnerKind, Refresh, UnusualText,
};
pub use distribution::Distribution;
pub use facts::{ColumnFacts, DataFacts, Matched, with_facts};
pub use fault::{Fault, FaultKind};
pub use license::{AddressPlace, License};
pub use links::{LinkAnswer, LinkReport};
pub use slot::{BlankKind, Held, Inner, Slot};
pub use text::Text;
