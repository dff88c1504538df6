//! Files and services through which data can be had.

use super::{Day, License, Slot, Text};
use crate::lexicon::addresses;
use crate::lexicon::formats::{self, Answer, FileFormat};

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

    /// Whether software can read it; what has no address that others can open cannot be had at all.
    #[must_use]
    pub fn readable(&self) -> Answer {
        let Some(url) = self.url().filter(|url| !addresses::is_inner(url)) else {
            return Answer::No;
        };
        match self.file_format() {
            // A service by its label, and neither a service nor a page by its address.
            Some(format) if format.key == "esri-rest" && !formats::is_arcgis_service(url) => {
                Answer::Unknown
            }
            Some(format) => format.machine_readable,
            None => Answer::Unknown,
        }
    }

    /// Its format by its labels and address.
    ///
    /// Portals of map software call every app and page that they list a service; those are web pages here.
    #[must_use]
    pub fn file_format(&self) -> Option<&'static FileFormat> {
        let url = self.url();
        let label = self.inner_format.value().or_else(|| self.format.value());
        let media_type = self.media_type.value().copied();
        let found = formats::find(label.copied(), media_type, url)?;
        let app = found.key == "esri-rest"
            && url.is_some_and(|url| !formats::is_arcgis_service(url) && formats::is_app(url));
        if app {
            formats::by_label("html")
        } else {
            Some(found)
        }
    }
}
