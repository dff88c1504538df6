//! What is wrong with a record's structure: what its format's schema says, and what no schema can say.
//!
//! One file a format for references between the parts of a record. Kinds of values and slips of keys are always
//! looked for; the rest of a schema only where the profile, or the steward, asks for it.

mod argentina;
mod certain;
mod croissant;
mod csvw;
mod data_json;
mod data_package;

use crate::model::{Fault, FaultKind};
use crate::schema::Schema;
use crate::source::split::Shape;
use crate::source::tree::{Kind, Value};

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

/// Formats whose keys are addresses in disguise, and are compared without their prefixes. CSV on the Web is not one of
/// them: its own keys have no prefix, and `dc:title` is an annotation beside `titles`.
const LINKED: [&str; 4] = ["schema-org", "croissant", "dcat-ap", "dcat-us-3"];

/// Everything that is wrong with the structure of a record.
pub(crate) fn faults(
    format: &str,
    record: Value<'_>,
    shape: Shape,
    schemas: Schemas<'_>,
) -> Vec<Fault> {
    let is_linked = LINKED.contains(&format);
    let mut faults = certain::faults(format, shape, record);
    if let Some(schema) = schemas.format {
        let slips = schema.slips(record, is_linked);
        // Which key is meant says more than that a key has no meaning.
        faults.retain(|fault| !slips.iter().any(|slip| slip.at == fault.at));
        faults.extend(slips);
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
    let Some(schema) = schemas.profile else {
        return Vec::new();
    };
    let mut faults = schema.catalog_faults(header, is_linked);
    if format == "dcat-us-1.1" {
        faults.extend(argentina::catalog_faults(header));
    }
    faults
}

/// What only the format's own profile asks of the parts of a record, and no schema can say.
fn references(format: &str, record: Value<'_>) -> Vec<Fault> {
    match format {
        "croissant" => croissant::of_profile(record),
        _ => Vec::new(),
    }
}

/// A fault of a value.
fn fault(value: Value<'_>, message: String) -> Fault {
    Fault {
        at: value.at(),
        message,
        evidence: value.as_text().map(str::to_owned),
        how: None,
        kind: FaultKind::Schema,
    }
}

/// One value where a list of values is wanted; `says` tells texts that say something from those that do not.
fn lists(
    holder: Value<'_>,
    keys: &[(&str, &str)],
    says: fn(&str) -> bool,
    faults: &mut Vec<Fault>,
) {
    for (key, name) in keys {
        let Some(value) = holder.get(key) else {
            continue;
        };
        let found = match value.kind() {
            Kind::String if value.as_str().is_some_and(says) => "a text",
            Kind::Object => "one object",
            _ => continue,
        };
        let mut found = fault(
            value,
            format!("The {name} is {found}; a list is wanted, even for one"),
        );
        found.how = Some("Put square brackets around it.".to_owned());
        faults.push(found);
    }
}

/// A name short enough for a sentence.
fn short(name: &str) -> String {
    let name = name.trim();
    if name.chars().count() <= 60 {
        return name.to_owned();
    }
    let start: String = name.chars().take(57).collect();
    format!("{}…", start.trim_end())
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

/// What a check says of a record, for the tests of the formats.
#[cfg(test)]
fn said(record: &str, check: fn(Value<'_>) -> Vec<Fault>) -> Vec<String> {
    let bounds = crate::source::Bounds::default();
    let tree = crate::source::tree::Tree::parse(record, &bounds).expect("valid");
    check(tree.root())
        .into_iter()
        .map(|fault| fault.message)
        .collect()
}
