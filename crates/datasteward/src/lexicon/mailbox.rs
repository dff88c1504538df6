//! E-mail addresses of contacts.

/// Why nobody can be reached at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// `mailto:` and nothing behind it.
    Empty,
    /// A web address.
    WebAddress,
    /// Not of the form name@host.
    Malformed,
    /// `example.com` and the like.
    Stock,
    /// `noreply@…`.
    NoReply,
}

/// What is wrong with an address; `None` where a letter would reach somebody.
///
/// ```
/// use datasteward::lexicon::mailbox::{Problem, problem};
/// assert_eq!(problem("mailto:trees@city.gov"), None);
/// assert_eq!(problem("mailto:"), Some(Problem::Empty));
/// assert_eq!(problem("trees@example.com"), Some(Problem::Stock));
/// ```
#[must_use]
pub fn problem(address: &str) -> Option<Problem> {
    let mut bare = address.trim();
    while let Some(rest) = bare
        .get(..7)
        .filter(|head| head.eq_ignore_ascii_case("mailto:"))
        .and_then(|_| bare.get(7..))
    {
        bare = rest.trim();
    }
    if bare.is_empty() {
        return Some(Problem::Empty);
    }
    // Several addresses, a name before the address, a subject behind it: the first address counts.
    let bare = bare
        .split(['?', ';', ','])
        .next()
        .unwrap_or_default()
        .trim();
    let bare = match bare.split_once('<') {
        Some((_, inner)) => inner.trim_end_matches('>'),
        None => bare,
    };
    let lower = bare.to_lowercase();
    let Some((name, host)) = lower.split_once('@') else {
        let web = lower.starts_with("http") || lower.starts_with("www.");
        return Some(if web {
            Problem::WebAddress
        } else {
            Problem::Malformed
        });
    };
    let ending = host.rsplit('.').next().unwrap_or_default();
    let sound = !name.is_empty()
        && !name.contains("://")
        && !name.contains(char::is_whitespace)
        && !host.contains(['@', ' ', '/'])
        && host.contains('.')
        && !host.starts_with('.')
        && ending.chars().count() >= 2
        && ending.chars().all(char::is_alphabetic);
    let stock = matches!(
        host,
        "example.com"
            | "example.org"
            | "example.net"
            | "test.com"
            | "domain.com"
            | "email.com"
            | "none.com"
            | "localhost"
            | "abc.com"
    );
    if stock {
        return Some(Problem::Stock);
    }
    if !sound {
        return Some(Problem::Malformed);
    }
    let silent = [
        "noreply",
        "no-reply",
        "no_reply",
        "donotreply",
        "do-not-reply",
    ];
    silent.contains(&name).then_some(Problem::NoReply)
}

#[cfg(test)]
mod tests {
    use super::{Problem, problem};

    #[test]
    fn tells_what_is_wrong() {
        for (address, wrong) in [
            ("MAILTO: ", Problem::Empty),
            ("http://city.gov/contact", Problem::WebAddress),
            ("trees at city.gov", Problem::Malformed),
            ("trees@city", Problem::Malformed),
            ("e@d", Problem::Malformed),
            ("no-reply@city.gov", Problem::NoReply),
        ] {
            assert_eq!(problem(address), Some(wrong), "{address}");
        }
    }

    #[test]
    fn lets_every_usable_way_of_writing_pass() {
        for address in [
            "mailto:mailto:trees@city.gov",
            "Trees <trees@city.gov>",
            "a@city.gov; b@city.gov",
            "trees@city.gov?subject=Trees",
        ] {
            assert_eq!(problem(address), None, "{address}");
        }
    }
}
