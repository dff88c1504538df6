//! The macro that turns a doc comment into a rule.

/// Declares the static `RULE` of a file in `rules/`: its doc comment is the rule's page.
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])*
        rule {
            id: $id:literal,
            code: $code:literal,
            item: $item:ident,
            severity: $severity:ident,
            status: $status:ident,
            derived_too: $derived:literal,
            check: $check:expr,
        }
    ) => {
        $(#[doc = $line])*
        pub(super) static RULE: $crate::rule::Rule = $crate::rule::Rule {
            id: $id,
            code: $code,
            item: $crate::rule::Item::$item,
            severity: $crate::rule::Severity::$severity,
            status: $crate::rule::Status::$status,
            derived_too: $derived,
            page: concat!($($line, "\n"),*),
            check: $check,
        };
    };
}
pub(crate) use declare_rule;
