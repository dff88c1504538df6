use crate::rule::{Check, declare_rule};

declare_rule! {
    /// A document is written in UTF-16, not in UTF-8.
    ///
    /// ## Why it matters
    /// JSON that is exchanged must be UTF-8; many readers refuse anything else.
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
