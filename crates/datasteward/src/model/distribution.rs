//! Files and services through which data can be had.

use super::{Day, License, Slot, Text};

/// One file or service.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution<'t> {
    /// Its title.
    pub title: Slot<Text<'t>>,
    /// What it holds.
    pub description: Slot<Text<'t>>,
    /// A page or service that leads to the data.
    pub access_url: Slot<&'t str>,
    /// The file itself.
    pub download_url: Slot<&'t str>,
    /// The format as written.
    pub format: Slot<&'t str>,
    /// The media type as written.
    pub media_type: Slot<&'t str>,
    /// What is inside an archive.
    pub inner_format: Slot<&'t str>,
    /// Size in bytes.
    pub bytes: Slot<u64>,
    /// When it last changed.
    pub modified: Slot<Day<'t>>,
    /// Terms of its own.
    pub license: Slot<License<'t>>,
    /// A schema or data dictionary of its own.
    pub schema_ref: Slot<&'t str>,
    /// The portal makes it on request; no steward wrote it.
    pub made_by_portal: bool,
}

impl<'t> Distribution<'t> {
    /// A distribution of which nothing is known yet; every slot is missing from the value at `at`.
    #[must_use]
    pub fn empty(at: super::At) -> Self {
        Self {
            title: Slot::absent(at),
            description: Slot::absent(at),
            access_url: Slot::absent(at),
            download_url: Slot::absent(at),
            format: Slot::absent(at),
            media_type: Slot::absent(at),
            inner_format: Slot::absent(at),
            bytes: Slot::absent(at),
            modified: Slot::absent(at),
            license: Slot::absent(at),
            schema_ref: Slot::absent(at),
            made_by_portal: false,
        }
    }

    /// The address of the file, else of the page or service.
    #[must_use]
    pub fn url(&self) -> Option<&'t str> {
        self.download_url
            .value()
            .or_else(|| self.access_url.value())
            .copied()
    }
}
