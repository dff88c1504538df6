//! Passwords and access keys in texts and addresses.
//!
//! Only what is surely one is found: a value of the right shape behind a word that announces it. A table of users with
//! a field `password`, "a password is required" and `api_key=YOUR_KEY` are left alone.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr2_iter, memmem};

use super::lists;

/// What gives others access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A password in words: `Password: …`.
    Password,
    /// A password that a text means for everyone: that of a guest.
    OpenPassword,
    /// A name and a password in front of the host of an address.
    Login,
    /// A key: `…?api_key=…`.
    Key,
}

/// A password or key, and where it stands in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What it is.
    pub kind: Kind,
    /// The secret itself.
    pub range: Range<usize>,
}

/// The first password or key in a text.
///
/// ```
/// use datasteward::lexicon::secrets::{Kind, find};
/// let found = find("See https://api.city.example/v1?api_key=4f9a81c27be0d3365a").expect("a key");
/// assert_eq!(found.kind, Kind::Key);
/// assert_eq!(find("https://api.city.example/v1?api_key=YOUR_API_KEY"), None);
/// assert_eq!(find("Password: required"), None);
/// ```
#[must_use]
pub fn find(text: &str) -> Option<Secret> {
    after(text, 0)
}

/// What stands in the place of a secret.
pub const MASK: &str = "•••";

/// The text with every password and key masked.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut from = 0;
    let mut kept = String::new();
    while let Some(secret) = after(text, from) {
        kept.push_str(text.get(from..secret.range.start).unwrap_or_default());
        kept.push_str(MASK);
        from = secret.range.end;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(kept)
}

/// The words of `data/secrets.tsv`.
struct Words {
    label: Vec<&'static str>,
    user: Vec<&'static str>,
    key: Vec<&'static str>,
    parameter: Vec<&'static str>,
    weak: Vec<&'static str>,
    sample: Vec<&'static str>,
    open: Vec<&'static str>,
    no: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |kind| lists::of(include_str!("../../data/secrets.tsv"), kind, '|');
    Words {
        label: of("label"),
        user: of("user"),
        key: of("key"),
        parameter: of("parameter"),
        weak: of("weak"),
        sample: of("sample"),
        open: of("open"),
        no: of("no"),
    }
});

static IS: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("assword is "));

/// How far before a value the words stand that say what it is, in bytes.
const NEAR: usize = 80;

/// The first secret behind a place.
fn after(text: &str, from: usize) -> Option<Secret> {
    let rest = text.as_bytes().get(from..)?;
    let mut signs = memchr2_iter(b':', b'=', rest).map(|at| from + at);
    let marked = signs.find_map(|at| at_sign(text, at));
    // Nothing is looked at twice by whoever asks for one secret after the other.
    let before = marked.as_ref().map_or(text.len(), |it| it.range.start);
    let said = IS
        .find_iter(text.as_bytes().get(from..before)?)
        .find_map(|at| {
            let start = from + at + "assword is ".len();
            password(text, near(text, from + at), start)
        });
    said.or(marked)
}

/// The secret behind a colon or an equals sign, where one stands there.
fn at_sign(text: &str, at: usize) -> Option<Secret> {
    let behind = text.get(at + 1..)?;
    if behind.starts_with("//") {
        return login(text, at + 3);
    }
    let before = near(text, at);
    let named = before.trim_end_matches([' ', '*', '"', '\'', '\u{a0}']);
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '$');
    let word_at = named.rfind(|letter| !is_part(letter)).map_or(0, |last| {
        last + named.get(last..).map_or(1, |rest| first_length(rest))
    });
    let (head, word) = named.split_at_checked(word_at)?;
    if word.is_empty() || word.len() > LONGEST_LABEL {
        return None;
    }
    let word = word.to_lowercase();
    let bare = word.trim_start_matches('$');
    let words = &*WORDS;
    let is_equals = text.as_bytes().get(at) == Some(&b'=');
    if is_equals && head.ends_with(['?', '&', ';', '#']) {
        let length = behind
            .find(|sign: char| sign.is_whitespace() || "&#\"'<>)],;`|".contains(sign))
            .unwrap_or(behind.len());
        let value = behind.get(..length)?;
        let strong = words.parameter.contains(&bare) && !head.contains("alt=media");
        let weak = words.weak.contains(&bare) && is_of_interface(head) && is_machine_made(value);
        return ((strong || weak) && is_key(value, SHORTEST_KEY)).then(|| Secret {
            kind: Kind::Key,
            range: at + 1..at + 1 + length,
        });
    }
    let start = at + 1 + behind.len() - behind.trim_start_matches(VALUE_LEADS).len();
    if words.label.contains(&bare) {
        return password(text, head, start);
    }
    if matches!(bare, "key" | "token" | "secret") {
        let head = head.to_lowercase();
        let first = head.trim_end().rsplit([' ', '-', '_']).next()?;
        let pair = words.key.iter().filter_map(|pair| pair.split_once(' '));
        if pair
            .into_iter()
            .any(|(one, two)| one == first && two == bare)
        {
            let value = value_at(text, start)?;
            return is_key(value, SHORTEST_KEY).then(|| Secret {
                kind: Kind::Key,
                range: start..start + value.len(),
            });
        }
    }
    None
}

/// Signs between a label and its value.
const VALUE_LEADS: [char; 8] = [' ', '\t', '\u{a0}', '"', '\'', '`', '*', '“'];

/// No label is longer, in bytes.
const LONGEST_LABEL: usize = 32;

/// No key that opens anything is shorter.
const SHORTEST_KEY: usize = 12;

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// The text shortly before a place.
fn near(text: &str, at: usize) -> &str {
    let from = at.saturating_sub(NEAR);
    (from..from + 4)
        .find_map(|from| text.get(from..at))
        .unwrap_or_default()
}

/// `name:word@host` behind the strokes of an address.
fn login(text: &str, start: usize) -> Option<Secret> {
    let rest = text.get(start..)?;
    let end = rest
        .find(|sign: char| {
            sign.is_whitespace() || matches!(sign, '/' | '?' | '#' | '"' | '<' | '>')
        })
        .unwrap_or(rest.len());
    let (who, _) = rest.get(..end)?.rsplit_once('@')?;
    let (name, word) = who.split_once(':')?;
    if word.is_empty() || word == MASK || is_sample(word) || word.starts_with(['{', '[', '$', '%'])
    {
        return None;
    }
    let from = start + name.len() + 1;
    Some(Secret {
        kind: Kind::Login,
        range: from..from + word.len(),
    })
}

/// The value that begins at a place: up to a blank or a closing sign.
fn value_at(text: &str, start: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    let end = rest
        .find(|sign: char| sign.is_whitespace() || "\"'`<>”“".contains(sign))
        .unwrap_or(rest.len());
    let value = rest
        .get(..end)?
        .trim_end_matches(['.', ',', ';', ':', ')', ']', '*']);
    (!value.is_empty()).then_some(value)
}

/// A password behind a label; `head` is what stands before the label.
fn password(text: &str, head: &str, start: usize) -> Option<Secret> {
    let value = value_at(text, start)?;
    let length = value.chars().count();
    let lower = value.to_lowercase();
    let words = &*WORDS;
    if !(4..=64).contains(&length)
        || value.contains("://")
        || lower.starts_with("www.")
        || words.no.contains(&lower.as_str())
        || is_sample(value)
        || value.starts_with(['{', '[', '$', '(', '%'])
    {
        return None;
    }
    let has = |test: fn(char) -> bool| value.chars().any(test);
    let mixed = has(char::is_alphabetic)
        && (has(|sign| sign.is_ascii_digit()) || has(|sign| "!@#$%^&*+".contains(sign)));
    // Any word may be a password where a name stands beside it, and nothing but the end of the line behind it.
    let head = head.to_lowercase();
    let beside = head.contains([':', '='])
        && head
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| words.user.contains(&word));
    let closes = text.get(start + value.len()..).is_some_and(|rest| {
        let rest = rest.trim_start_matches([' ', '"', '\'', '`', ')', '.', '*']);
        rest.is_empty() || rest.starts_with(['\n', '\r', ';', ','])
    });
    if !mixed && !(beside && closes) {
        return None;
    }
    let open = head
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| words.open.contains(&word))
        || words.open.iter().any(|word| lower.contains(word));
    Some(Secret {
        kind: if open {
            Kind::OpenPassword
        } else {
            Kind::Password
        },
        range: start..start + value.len(),
    })
}

/// Whether a value says itself that it is none.
fn is_sample(value: &str) -> bool {
    let lower = value.to_lowercase();
    WORDS.sample.iter().any(|word| lower.contains(word))
        || matches!(lower.as_str(), "pass" | "pwd" | "pw" | "***" | "..." | "…")
}

/// Whether a value has the shape of a key.
fn is_key(value: &str, shortest: usize) -> bool {
    let mut seen = [false; 128];
    for byte in value.bytes() {
        if let Some(seen) = seen.get_mut(usize::from(byte)) {
            *seen = true;
        }
    }
    let distinct = seen.iter().filter(|seen| **seen).count();
    value.len() >= shortest
        && distinct >= 6
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.%+/=~".contains(&byte))
        && !is_sample(value)
}

/// Hexadecimal digits, in groups or not: nobody wrote that by hand.
fn is_machine_made(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_hexdigit).count();
    digits >= 32
        && value
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Whether the address before a parameter is that of an interface of programs.
fn is_of_interface(head: &str) -> bool {
    let address = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    address
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .any(|word| word.eq_ignore_ascii_case("api"))
}

#[cfg(test)]
mod tests {
    use super::{Kind, find, masked};

    #[test]
    fn finds_what_gives_access() {
        for (text, kind, secret) in [
            (
                "Files are on ftp://loader:Tr33house@files.harbor.example/in.",
                Kind::Login,
                "Tr33house",
            ),
            (
                "The list is behind a login. User: permits Password: harbor",
                Kind::Password,
                "harbor",
            ),
            ("Password: Gu4rd!an.", Kind::Password, "Gu4rd!an"),
            ("The password is boat2019.", Kind::Password, "boat2019"),
            ("Contraseña: puerto2020", Kind::Password, "puerto2020"),
            ("Mot de passe : port2020", Kind::Password, "port2020"),
            ("Kennwort: Hafen2020", Kind::Password, "Hafen2020"),
            ("Senha: porto2020", Kind::Password, "porto2020"),
            (
                "User name: guest  Password: Harbor4guest",
                Kind::OpenPassword,
                "Harbor4guest",
            ),
            (
                "https://api.harbor.example/v2/list?format=csv&api_key=9c1f04be77aa20d1",
                Kind::Key,
                "9c1f04be77aa20d1",
            ),
            (
                "http://api.harbor.example/V1/Rates?KEY=1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b",
                Kind::Key,
                "1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b",
            ),
            (
                "https://data.harbor.example/a.json?$$app_token=Qw8zLk02mNbVcXs9",
                Kind::Key,
                "Qw8zLk02mNbVcXs9",
            ),
            ("API key: 9c1f04be77aa20d1", Kind::Key, "9c1f04be77aa20d1"),
        ] {
            let found = find(text).unwrap_or_else(|| unreachable!("{text}"));
            assert_eq!(
                (found.kind, text.get(found.range)),
                (kind, Some(secret)),
                "{text}"
            );
        }
    }

    #[test]
    fn leaves_words_about_passwords_alone() {
        for text in [
            "",
            "password",
            "A user name and a password are needed to log in.",
            "Password: required",
            "Password: see the page of the office",
            "The password is sent by mail.",
            "The network does not require a password: connect and go.",
            "PWD: Public Works Department",
            "PW: public water",
            "username: text, password: text",
            "ftp://user:password@host.example/",
            "https://{name}:{word}@host.example/",
            "https://api.harbor.example/category?api_key=YOUR_API_KEY_HERE&id=1",
            "https://api.harbor.example/list?api_key=DEMO_KEY",
            "https://sheets.harbor.example/ccc?key=0AjVQk2pE19tRd",
            "https://harbor.example/item?id=1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b",
            "https://files.harbor.example/o/a.csv?alt=media&token=1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b",
            "https://harbor.example/search?token=library",
            "https://harbor.example/map?webmap=0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "Primary key: PERMIT_NUMBER_2019",
            "key=value",
            "mailto:trees@harbor.example",
            "Hours: 9:00 to 17:00",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn masks_every_secret() {
        assert_eq!(
            masked("ftp://a:b1cdef@x.example and Password: Gu4rd!an, twice Password: Gu4rd!an"),
            "ftp://a:•••@x.example and Password: •••, twice Password: •••"
        );
        assert_eq!(masked("Street trees"), "Street trees");
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_points_into_the_text(
            text in "((password|Passwort|user|key|api_key|token|contraseña|is|https://|x9Zk20|[:=?&@/ \"]|é|\\PC) ?){0,24}",
        ) {
            if let Some(found) = find(&text) {
                proptest::prop_assert!(text.get(found.range).is_some_and(|secret| !secret.is_empty()));
            }
            proptest::prop_assert!(find(&masked(&text)).is_none());
        }
    }
}
