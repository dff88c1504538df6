//! What is wrong with a record's structure: what its format's schema says, and what no schema can say.
//!
//! One file a format for references between the parts of a record. Kinds of values and slips of keys are always
//! looked for; the rest of a schema only where the profile, or the steward, asks for it.

use crate::model::{Fault, FaultKind};
use crate::schema::{self, Schema};
use crate::source::tree::Value;

/// The schemas that speak of one record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schemas<'s> {
    /// That of the format.
    pub(crate) format: Option<&'s Schema>,
    /// That of the profile, where it speaks of this format.
    pub(crate) profile: Option<&'s Schema>,
    /// The steward's own.
    pub(crate) own: Option<&'s Schema>,
}

/// Formats whose keys are addresses in disguise, and are compared without their prefixes.
const LINKED: [&str; 5] = ["schema-org", "croissant", "dcat-ap", "dcat-us-3", "csvw"];

/// Everything that is wrong with the structure of a record.
pub(crate) fn faults(format: &str, record: Value<'_>, schemas: Schemas<'_>) -> Vec<Fault> {
    let is_linked = LINKED.contains(&format);
    let mut faults = Vec::new();
    if let Some(schema) = schemas.format {
        faults.extend(schema.slips(record, is_linked));
    }
    if let Some(schema) = schemas.profile {
        add(&mut faults, schema.faults(record, is_linked));
        add(&mut faults, references(format, record));
    }
    if let Some(schema) = schemas.own {
        add(&mut faults, schema.faults(record, false));
    }
    faults
}

/// Faults of what stands beside the records of a catalogue.
pub(crate) fn catalog_faults(format: &str, header: Value<'_>, schemas: Schemas<'_>) -> Vec<Fault> {
    let is_linked = LINKED.contains(&format);
    schemas
        .profile
        .map_or(Vec::new(), |schema: &schema::Schema| {
            schema.catalog_faults(header, is_linked)
        })
}

/// References between the parts of a record that lead nowhere.
fn references(_format: &str, _record: Value<'_>) -> Vec<Fault> {
    Vec::new()
}

/// Adds faults, but not a second sentence about a place of which the kind of value is wrong already.
fn add(faults: &mut Vec<Fault>, more: Vec<Fault>) {
    let known: Vec<_> = faults
        .iter()
        .filter(|fault| fault.kind == FaultKind::Type)
        .map(|fault| fault.at)
        .collect();
    faults.extend(more.into_iter().filter(|fault| !known.contains(&fault.at)));
}
