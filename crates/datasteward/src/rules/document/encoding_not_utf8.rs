use crate::rule::{Check, declare_rule};

declare_rule! {
    /// A document is written in another encoding than UTF-8: in UTF-16, or a table in Windows-1252.
    ///
    /// ## Why it matters
    /// Many readers refuse anything else, or show wrong letters in place of accents; JSON that is exchanged must be UTF-8.
    ///
    /// ## How to mend it
    /// Save the file as UTF-8.
    ///
    /// ## Source
    /// RFC 8259, section 8.1.
    rule {
        id: "encoding-not-utf8",
        code: "D0-08",
        item: D0,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Reading,
    }
}
