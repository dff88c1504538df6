use crate::lexicon::{html, licenses};
use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// The license is none that readers or software know.
    ///
    /// ## Why it matters
    /// Whoever wants to use the data must read the terms, or ask a lawyer, or leave it.
    ///
    /// ## How to mend it
    /// Choose a standard license, such as CC0 or CC BY 4.0, and give its address; other terms can stand beside it.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "license": "Public"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "license": "https://creativecommons.org/licenses/by/4.0/"}
    /// ```
    rule {
        id: "license-unrecognised",
        code: "C2-13",
        item: C2,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let license = match &dataset.license {
        Slot::Filled(held) => &held.value,
        Slot::Blank { .. } => return Verdict::NotApplicable(Reason::Dependency),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    if licenses::is_unknown(license.raw) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let text = html::to_text(license.raw);
    // A name may have an office or an address on the line below it.
    let name = text.lines().next().unwrap_or_default();
    let found = [&*text, name]
        .into_iter()
        .chain(license.url)
        .find_map(licenses::told);
    if found.is_some() {
        return Verdict::Pass;
    }
    let is_address = text.contains("://") || license.url.is_some();
    // A page of terms may well be clear to people; a word such as "public" is not.
    let (message, severity) = if licenses::is_prose(&text) {
        (
            "The license field holds a text of its own in place of a standard license".to_owned(),
            Severity::Info,
        )
    } else if licenses::is_portal_page(&text) || license.url.is_some_and(licenses::is_portal_page) {
        (
            "The address of the license is the portal's own page of this dataset; name the license itself".to_owned(),
            Severity::Info,
        )
    } else if is_address {
        (
            format!(
                "The license `{}` is none of the well-known ones",
                shorten(&text)
            ),
            Severity::Info,
        )
    } else {
        (
            format!("`{}` is not the name of a license", shorten(&text)),
            Severity::Warning,
        )
    };
    let draft = Draft::new("license", message)
        .at(dataset.license.at())
        .quoting(&text)
        .weighing(severity);
    Verdict::fail(draft)
}
