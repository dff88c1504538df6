//! Under which terms data may be used.

use super::At;

/// A license as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct License<'t> {
    /// The name, identifier or address as written.
    pub raw: &'t str,
    /// A link beside the name.
    pub url: Option<&'t str>,
    /// Where the format takes its address, if that is not there yet.
    pub address: AddressPlace,
}

/// Where a format takes the address of a license.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AddressPlace {
    /// In the place of the name: the format asks for an address there.
    InPlace(At),
    /// Under a key of its own, behind the name.
    Behind(At, &'static str),
    /// It is there already, it is nobody's to write, or the name alone is what the format asks for.
    #[default]
    None,
}
