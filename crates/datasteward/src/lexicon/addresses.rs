//! Web addresses: whether others can open them, and what kind of page they lead to.

/// Why nobody else can open an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No `https://` or the like in front.
    NotAbsolute,
    /// A drive, a shared folder or `file:`.
    OwnComputer,
    /// `localhost` or a private network.
    OwnNetwork,
    /// A host for examples.
    Stock,
    /// An e-mail address.
    Mail,
    /// A name and a password are written into it.
    Password,
    /// A blank stands inside.
    Blank,
    /// `http://` twice, or no host.
    Broken,
}

/// Whether, and why, an address cannot be opened by others.
///
/// ```
/// use datasteward::lexicon::addresses::{Problem, problem};
/// assert_eq!(problem("https://data.city.gov/trees.csv"), None);
/// assert_eq!(problem(r"C:\data\trees.csv"), Some(Problem::OwnComputer));
/// assert_eq!(problem("data.city.gov/trees.csv"), Some(Problem::NotAbsolute));
/// ```
#[must_use]
pub fn problem(address: &str) -> Option<Problem> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let drive = address.as_bytes().get(1) == Some(&b':')
        && address
            .as_bytes()
            .first()
            .is_some_and(u8::is_ascii_alphabetic);
    if drive || lower.starts_with("file:") || address.starts_with(r"\\") {
        return Some(Problem::OwnComputer);
    }
    // How ArcGIS writes that a layer comes out of a database: `Server=…; Service=…; Database=…`.
    if lower.starts_with("server=") {
        return Some(Problem::OwnNetwork);
    }
    let Some((scheme, rest)) = lower.split_once("://") else {
        let mail = lower.starts_with("mailto:") || (lower.contains('@') && !lower.contains('/'));
        return Some(if mail {
            Problem::Mail
        } else {
            Problem::NotAbsolute
        });
    };
    if !matches!(
        scheme,
        "http" | "https" | "ftp" | "ftps" | "sftp" | "s3" | "gs" | "abfs" | "doi" | "globus"
    ) {
        return Some(Problem::NotAbsolute);
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if user.contains(':') {
        return Some(Problem::Password);
    }
    let host = host.split(':').next().unwrap_or_default();
    if matches!(scheme, "http" | "https") {
        if host.is_empty() || matches!(host, "http" | "https" | "www." | "www") {
            return Some(Problem::Broken);
        }
        if is_private(host) {
            return Some(Problem::OwnNetwork);
        }
        if matches!(
            host,
            "example.com" | "www.example.com" | "example.org" | "example.net" | "www.example.org"
        ) {
            return Some(Problem::Stock);
        }
    }
    let inside = address
        .chars()
        .any(|sign| sign.is_whitespace() || sign.is_control());
    inside.then_some(Problem::Blank)
}

/// Whether a text is a web address, or several, and nothing else.
///
/// ```
/// use datasteward::lexicon::addresses::is_all_there_is;
/// assert!(is_all_there_is("https://maps.city.gov/rest/services/Parks/MapServer/3"));
/// assert!(!is_all_there_is("Parks, from https://maps.city.gov/rest/services/Parks/MapServer/3"));
/// ```
#[must_use]
pub fn is_all_there_is(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            let scheme = word.split_once("://").map(|(scheme, _)| scheme);
            scheme.is_some_and(|it| matches!(it, "http" | "https" | "ftp"))
                || word.starts_with("www.")
        })
}

/// Whether an address leads to one computer or into an inner network, which nobody outside can open.
#[must_use]
pub fn is_inner(address: &str) -> bool {
    // The host of a web address tells it, without a look at the rest.
    let web = ["https://", "http://"]
        .iter()
        .find_map(|scheme| address.trim_start().strip_prefix(scheme));
    if let Some(rest) = web {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        return is_private(&host.to_ascii_lowercase());
    }
    matches!(
        problem(address),
        Some(Problem::OwnComputer | Problem::OwnNetwork)
    )
}

fn is_private(host: &str) -> bool {
    if matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0")
        || host.ends_with(".local")
        || host.ends_with(".internal")
    {
        return true;
    }
    let mut numbers = host.split('.').map(str::parse::<u8>);
    let four = [
        numbers.next(),
        numbers.next(),
        numbers.next(),
        numbers.next(),
    ];
    match four {
        [Some(Ok(10)), Some(Ok(_)), Some(Ok(_)), Some(Ok(_))]
        | [Some(Ok(192)), Some(Ok(168)), Some(Ok(_)), Some(Ok(_))] => true,
        [Some(Ok(172)), Some(Ok(second)), Some(Ok(_)), Some(Ok(_))] => (16..32).contains(&second),
        _ => false,
    }
}

/// What an address leads to, where it cannot be the source of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSource {
    /// The text of a license.
    License,
    /// A search engine.
    Search,
    /// A host for examples.
    Stock,
}

/// Whether an address in the place of a source leads to something that is none.
#[must_use]
pub fn no_source(address: &str) -> Option<NoSource> {
    let lower = address.trim().to_ascii_lowercase();
    let rest = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if matches!(
        host,
        "creativecommons.org" | "opendatacommons.org" | "opensource.org"
    ) || (host == "usa.gov" && path.starts_with("publicdomain"))
    {
        return Some(NoSource::License);
    }
    if matches!(
        host,
        "google.com" | "bing.com" | "duckduckgo.com" | "search.yahoo.com"
    ) && (path.is_empty() || path.starts_with("search"))
    {
        return Some(NoSource::Search);
    }
    matches!(host, "example.com" | "example.org" | "example.net").then_some(NoSource::Stock)
}

#[cfg(test)]
mod tests {
    use super::{NoSource, Problem, no_source, problem};

    #[test]
    fn finds_what_others_cannot_open() {
        for (address, wrong) in [
            (
                "Server=HARBOUR; Service=5151; Database=PARKS",
                Problem::OwnNetwork,
            ),
            (r"\\server\share\trees.csv", Problem::OwnComputer),
            ("file:///home/trees.csv", Problem::OwnComputer),
            ("http://localhost:8080/trees", Problem::OwnNetwork),
            ("https://192.168.3.4/arcgis/rest", Problem::OwnNetwork),
            ("mailto:gis@city.gov", Problem::Mail),
            ("gis@city.gov", Problem::Mail),
            ("ftp://name:word@files.city.gov/trees", Problem::Password),
            ("https://city.gov/my trees.csv", Problem::Blank),
            ("http://http://city.gov", Problem::Broken),
            ("n/a", Problem::NotAbsolute),
        ] {
            assert_eq!(problem(address), Some(wrong), "{address}");
        }
        for address in [
            "https://city.gov/trees?x=a@b",
            "ftp://ftp.city.gov/trees",
            "http://10.city.gov/",
            " https://city.gov ",
        ] {
            assert_eq!(problem(address), None, "{address}");
        }
    }

    #[test]
    fn knows_what_is_no_source() {
        assert_eq!(
            no_source("https://creativecommons.org/licenses/by/4.0/"),
            Some(NoSource::License)
        );
        assert_eq!(no_source("https://www.google.com/"), Some(NoSource::Search));
        assert_eq!(no_source("https://www.census.gov/acs"), None);
    }
}
