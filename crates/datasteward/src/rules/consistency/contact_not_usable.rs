use crate::lexicon::mailbox::{self, Problem};
use crate::lexicon::placeholder::{self, Placeholder as Filler};
use crate::model::{At, BlankKind, Contact, Slot};
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, shorten};

declare_rule! {
    /// The contact given cannot be reached.
    ///
    /// ## Why it matters
    /// A reader who has found an error, or has a question, writes into the void.
    ///
    /// ## How to mend it
    /// Give the team that answers questions, with a mailbox that several people read.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "contact": {"name": "Tree team", "email": "opendata@example.com"}}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "contact": {"name": "Tree team", "email": "trees@city.gov"}}
    /// ```
    rule {
        id: "contact-not-usable",
        code: "C2-11",
        item: C2,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let contact = match &subject.dataset.contact {
        Slot::Filled(held) => &held.value,
        Slot::Blank { .. } => return Verdict::NotApplicable(Reason::Dependency),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    if let Slot::Filled(name) = &contact.name
        && names_nobody(name.value)
    {
        let message = format!(
            "The contact's name is `{}`, which names nobody",
            shorten(name.value)
        );
        let draft = Draft::new("contact", message)
            .at(Some(name.at))
            .quoting(name.value)
            .mend("Name the office or the role that answers questions.");
        return Verdict::fail(draft);
    }
    let (address, at) = match &contact.email {
        Slot::Filled(held) => (held.value, held.at),
        Slot::Blank {
            at,
            kind: BlankKind::NullWord,
        } => {
            let draft =
                Draft::new("contact", "The contact's address is not filled in").at(Some(*at));
            return Verdict::fail(draft);
        }
        Slot::Blank { at, .. } => return only_named(subject, contact, *at),
        Slot::NotInExport(_) | Slot::NotInFormat(_) => return Verdict::Pass,
    };
    // A template that was never filled in is another rule's matter.
    if placeholder::template_in(address).is_some() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let Some(problem) = mailbox::problem(address) else {
        return Verdict::Pass;
    };
    let reason = match problem {
        Problem::Empty => "holds no address",
        Problem::WebAddress => "is a web page where an e-mail address should stand",
        Problem::Malformed => "is not an e-mail address",
        Problem::Stock => "is an address for examples, which nobody reads",
        Problem::NoReply => "is a mailbox that takes no replies",
    };
    let draft = Draft::new("contact", format!("The contact `{address}` {reason}"))
        .at(Some(at))
        .quoting(address)
        // A page may well have a form on it.
        .weighing(if problem == Problem::WebAddress {
            Severity::Info
        } else {
            Severity::Warning
        });
    Verdict::fail(draft)
}

/// Formats in which a contact has a name and an address, and no telephone or house that would do as well.
const ADDRESS_ALONE: [&str; 1] = ["dcat-us-1.1"];

/// A contact that is somebody's name and no way to them.
fn only_named(subject: &Subject<'_>, contact: &Contact<'_>, at: At) -> Verdict {
    let Slot::Filled(name) = &contact.name else {
        return Verdict::Pass;
    };
    let is_whole = ADDRESS_ALONE.contains(&subject.dataset.format);
    // The address may stand in the place of the name.
    if !is_whole || contact.url.is_filled() || name.value.contains(['@', '/']) {
        return Verdict::Pass;
    }
    let message = format!(
        "The contact names `{}` but gives no address",
        shorten(name.value)
    );
    let draft = Draft::new("contact", message)
        .at_all([name.at, at])
        .quoting(name.value)
        .mend("Add the mailbox of the team that answers questions.")
        .weighing(Severity::Info);
    Verdict::fail(draft)
}

/// Signs alone, or words for nothing: `, `, `null null`.
fn names_nobody(name: &str) -> bool {
    let mut words = name
        .split(|sign: char| sign.is_whitespace() || sign == ',')
        .filter(|word| !word.is_empty());
    words.all(|word| {
        matches!(
            placeholder::classify(word),
            Some(Filler::NullWord | Filler::SingleLetter)
        ) && word.chars().count() != 1
    }) || !name.chars().any(char::is_alphanumeric)
}
