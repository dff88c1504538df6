//! The frame of our own pages: one file that stands alone, with its style and at most one script of ours.
//!
//! A content security policy in the page names the style and the script by their hashes, so that a browser runs nothing
//! else and fetches nothing, whatever a record says. The page is written so that it can be read as XML too.

use std::fmt::Write;

use sha2::{Digest, Sha256};

pub(super) use super::html::escape;

const STYLE: &str = include_str!("style.css");

/// The start of a page up to its body. `title` may hold anything.
pub(super) fn open(title: &str, script: Option<&str>) -> String {
    let may_run = script.map_or_else(
        || "'none'".to_owned(),
        |script| format!("'sha256-{}'", hash(script)),
    );
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
    page.push_str("<meta charset=\"utf-8\"/>\n");
    let _ = writeln!(
        page,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; script-src {may_run}; base-uri 'none'; form-action 'none'\"/>",
        hash(STYLE)
    );
    page.push_str(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n",
    );
    let _ = writeln!(page, "<title>{}</title>", escape(title));
    let _ = writeln!(page, "<style>{STYLE}</style>\n</head>\n<body>");
    page
}

/// The end of a page, with its script.
pub(super) fn close(page: &mut String, script: Option<&str>) {
    if let Some(script) = script {
        let _ = writeln!(page, "<script>{script}</script>");
    }
    page.push_str("</body>\n</html>\n");
}

/// A text of our own in which `` ` `` marks code and `*` a name on a screen.
pub(super) fn marked(text: &str) -> String {
    let text = pairs(&escape(text), '`', "code");
    pairs(&text, '*', "em")
}

/// Words from a record, in which our messages set values between `` ` ``.
pub(super) fn coded(text: &str) -> String {
    pairs(&escape(text), '`', "code")
}

/// Every two signs become an element; one that is left over stays.
fn pairs(text: &str, sign: char, element: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once(sign) {
        let Some((inner, after)) = inner.split_once(sign) else {
            break;
        };
        let _ = write!(out, "{before}<{element}>{inner}</{element}>");
        rest = after;
    }
    out.push_str(rest);
    out
}

fn hash(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    let signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let index = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or(0);
            match signs.get(index) {
                Some(sign) if place <= three.len() => out.push(char::from(*sign)),
                _ => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{STYLE, base64, marked, open};

    #[test]
    fn base64_is_that_of_the_standard() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let codes = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        for (text, code) in texts.iter().zip(codes) {
            assert_eq!(base64(text.as_bytes()), code);
        }
    }

    #[test]
    fn marks_come_in_pairs() {
        assert_eq!(
            marked("*Data* holds `a<b`, 3 * 4"),
            "<em>Data</em> holds <code>a&lt;b</code>, 3 * 4"
        );
    }

    #[test]
    fn the_style_fetches_nothing_and_can_stand_in_xml() {
        for wanting in ["url(", "@import", "<", "&"] {
            assert!(!STYLE.contains(wanting), "{wanting}");
        }
        assert!(
            open("</title><script>", None).contains("<title>&lt;/title&gt;&lt;script&gt;</title>")
        );
    }
}
