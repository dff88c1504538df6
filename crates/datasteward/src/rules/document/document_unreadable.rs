use crate::rule::{Check, declare_rule};

declare_rule! {
    /// A document, or a record in it, cannot be read.
    ///
    /// ## Why it matters
    /// Nobody can use what software cannot open, and harvesters drop the whole catalogue.
    ///
    /// ## How to mend it
    /// Open the file at the line that is named; often a comma or a quotation mark is missing or doubled.
    ///
    /// ## Bad
    /// ```data.json
    /// {"dataset": [{"title": "Street trees", "keyword": , "accessLevel": "public"}]}
    /// ```
    ///
    /// ## Good
    /// ```data.json
    /// {"dataset": [{"title": "Street trees", "keyword": ["trees"], "accessLevel": "public"}]}
    /// ```
    ///
    /// ## Source
    /// RFC 8259 (JSON).
    rule {
        id: "document-unreadable",
        code: "D0-01",
        item: D0,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Reading,
    }
}
