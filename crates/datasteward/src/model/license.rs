//! Under which terms data may be used.

/// A license as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct License<'t> {
    /// The name, identifier or address as written.
    pub raw: &'t str,
    /// A link beside the name.
    pub url: Option<&'t str>,
}
