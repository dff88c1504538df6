use crate::lexicon::{html, licenses};
use crate::model::{AddressPlace, Slot};
use crate::rule::{Addition, Check, Draft, Reason, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// A license is named where its address belongs, or without its address.
    ///
    /// ## Why it matters
    /// Software and careful people follow the address to the terms; a name has many spellings.
    ///
    /// ## How to mend it
    /// Write the address of the license: https://creativecommons.org/licenses/by/4.0/ for CC BY 4.0.
    ///
    /// ## Bad
    /// ```data.json
    /// {"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [
    ///  {"identifier": "t", "title": "Street trees", "accessLevel": "public", "license": "Creative Commons Attribution 4.0 International"}]}
    /// ```
    ///
    /// ## Good
    /// ```data.json
    /// {"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [
    ///  {"identifier": "t", "title": "Street trees", "accessLevel": "public", "license": "https://creativecommons.org/licenses/by/4.0/"}]}
    /// ```
    ///
    /// ## Source
    /// DCAT-US Schema 1.1 (`license`), Data Package (`licenses`).
    rule {
        id: "license-without-address",
        code: "C2-15",
        item: C2,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let license = match &subject.dataset.license {
        Slot::Filled(held) => &held.value,
        Slot::Blank { .. } => return Verdict::NotApplicable(Reason::Dependency),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    let text = html::to_text(license.raw);
    let name = text.trim();
    // Terms in prose are another rule's matter, and so is a name that nobody knows.
    let is_name = !name.contains("://") && !name.contains('\n') && !licenses::is_prose(name);
    let address = licenses::address(name);
    if address.is_none() && !(is_name && licenses::find(name).is_some()) {
        return Verdict::Pass;
    }
    let (at, message) = match license.address {
        AddressPlace::None => return Verdict::Pass,
        AddressPlace::InPlace(at) => (
            at,
            format!(
                "The license is given by its name, `{}`, where its web address belongs",
                shorten(name)
            ),
        ),
        AddressPlace::Behind(at, _) => (
            at,
            format!(
                "The license `{}` is named without its web address",
                shorten(name)
            ),
        ),
    };
    let mut draft = Draft::new("license", message).at(Some(at)).quoting(name);
    if let Some(address) = address {
        draft.replacing = "Write the license's address";
        draft = draft.mend(format!("Write the address of this version: `{address}`."));
        match license.address {
            AddressPlace::Behind(behind, key) => draft.additions.push(Addition {
                behind,
                key,
                text: address.to_owned(),
            }),
            _ => draft.replacements.push((at, address.to_owned())),
        }
    } else if let Some((version, address)) = licenses::find(name).and_then(licenses::newest) {
        draft = draft.mend(format!(
            "Write the address of the version that you chose; that of {version} is `{address}`."
        ));
    }
    Verdict::fail(draft)
}
