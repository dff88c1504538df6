use crate::rule::{Check, declare_rule};

declare_rule! {
    /// One key stands twice in a record.
    ///
    /// ## Why it matters
    /// Most software keeps the last value and silently loses the first.
    ///
    /// ## How to mend it
    /// Keep the value that is right and delete the other.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Trees", "title": "Street trees"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees"}
    /// ```
    ///
    /// ## Source
    /// RFC 8259, section 4: names within an object should be unique.
    rule {
        id: "doubled-key",
        code: "D0-07",
        item: D0,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Reading,
    }
}
