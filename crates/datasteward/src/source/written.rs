//! How a text is written anew where it stands: in its syntax, and in the style that it had.

use super::tree::{Syntax, Value};

/// The new text as it stands in the document; nothing where it cannot be told how to write it. `raw` is what stands there
/// and `old` what it says.
#[must_use]
pub fn rewritten(syntax: Syntax, raw: &str, old: &str, new: &str) -> Option<String> {
    if !reads_as(raw, old) {
        return None;
    }
    match syntax {
        Syntax::Json => json_text(raw).map(|_| quoted(new)),
        Syntax::Yaml => yaml(raw, new),
        Syntax::Table => cell(raw, new),
        Syntax::Xml | Syntax::Workbook | Syntax::Turtle | Syntax::RdfXml | Syntax::Page => None,
    }
}

/// Whether what stands in a document says a text, in one of the ways in which texts are edited here.
#[must_use]
pub fn reads_as(raw: &str, text: &str) -> bool {
    raw == text
        || json_text(raw).as_deref() == Some(text)
        || doubled(raw, '\'').as_deref() == Some(text)
        || doubled(raw, '"').as_deref() == Some(text)
}

/// A text with a new member of its object behind it, laid out as the text itself is; nothing where it cannot be told how.
#[must_use]
pub fn written_behind(value: Value<'_>, key: &str, text: &str) -> Option<String> {
    let (raw, own_key) = (value.raw(), value.written_key()?);
    let before = value.text_before_key();
    match value.syntax() {
        Syntax::Json => {
            json_text(raw)?;
            let gap = blank_end(before);
            // Between the key and the value, its colon included.
            let between = value.text_before();
            let colon = between.get(between.rfind(own_key)? + own_key.len()..)?;
            Some(format!("{raw},{gap}{}{colon}{}", quoted(key), quoted(text)))
        }
        Syntax::Yaml => {
            let line = before.rsplit('\n').next()?;
            let is_own_line = line.chars().all(|sign| matches!(sign, ' ' | '-'));
            let rest = value.text_behind();
            let ending = rest.split_inclusive('\n').next().unwrap_or_default();
            // A comment behind the text belongs to it.
            if !is_own_line || raw.contains('\n') || !ending.trim().is_empty() {
                return None;
            }
            let feed = if ending.ends_with("\r\n") {
                "\r\n"
            } else {
                "\n"
            };
            let indent = " ".repeat(line.len());
            let key = yaml(key, key)?;
            let text = yaml("", text)?;
            Some(format!("{raw}{feed}{indent}{key}: {text}"))
        }
        _ => None,
    }
}

/// The blanks and line breaks at the end.
fn blank_end(text: &str) -> &str {
    let kept = text.trim_end_matches([' ', '\t', '\r', '\n']).len();
    text.get(kept..).unwrap_or_default()
}

/// A text in quotation marks, with what has to be escaped.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn json_text(raw: &str) -> Option<String> {
    serde_json::from_str(raw).ok()
}

/// What stands between two marks in which the mark itself is doubled.
fn doubled(raw: &str, mark: char) -> Option<String> {
    let inner = raw.strip_prefix(mark)?.strip_suffix(mark)?;
    let twice = [mark, mark].iter().collect::<String>();
    let is_whole = !inner.replace(&twice, "").contains(mark);
    is_whole.then(|| inner.replace(&twice, &mark.to_string()))
}

/// A text on one line keeps its marks where the new one can stand between them.
fn yaml(raw: &str, new: &str) -> Option<String> {
    // A text that goes over several lines is folded there, and where is the writer's own choice.
    if raw.contains(['\n', '\r']) {
        return None;
    }
    let is_plain_line = !new.chars().any(char::is_control);
    if raw.starts_with('\'') {
        return Some(if is_plain_line {
            format!("'{}'", new.replace('\'', "''"))
        } else {
            quoted(new)
        });
    }
    let stands_bare = !raw.starts_with('"') && is_plain_line && is_bare(new);
    Some(if stands_bare {
        new.to_owned()
    } else {
        quoted(new)
    })
}

/// Whether a text is one in YAML without marks: it begins with a letter, holds nothing that steers, and is no word that
/// stands for a truth value or for nothing.
fn is_bare(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ];
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(char::is_whitespace)
        && !text.contains([
            ':', '#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`',
        ])
        && !WORDS.contains(&text.to_lowercase().as_str())
}

/// A cell keeps its marks; where it has none and the new text needs them, it gets them.
fn cell(raw: &str, new: &str) -> Option<String> {
    let needs_marks = new.contains([',', ';', '\t', '|', '"', '\n', '\r']);
    if raw.starts_with('"') || needs_marks {
        return Some(format!("\"{}\"", new.replace('"', "\"\"")));
    }
    // Blanks at the ends of a bare cell are not always kept.
    (new.trim() == new).then(|| new.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Syntax, reads_as, rewritten};

    #[test]
    fn keeps_the_style_of_yaml() {
        let new = |raw, old, new| rewritten(Syntax::Yaml, raw, old, new);
        assert_eq!(
            new("Cafe list", "Cafe list", "Café list").as_deref(),
            Some("Café list")
        );
        assert_eq!(
            new("Cafe", "Cafe", "Café: a list").as_deref(),
            Some("\"Café: a list\"")
        );
        assert_eq!(
            new("July", "July", "2018-07-01").as_deref(),
            Some("\"2018-07-01\"")
        );
        assert_eq!(new("Nein", "Nein", "No").as_deref(), Some("\"No\""));
        assert_eq!(
            new("'it''s'", "it's", "it’s o'clock").as_deref(),
            Some("'it’s o''clock'")
        );
        assert_eq!(
            new("\"a \\u00e9\"", "a é", "b é").as_deref(),
            Some("\"b é\"")
        );
        assert_eq!(new(">\n  folded\n", "folded\n", "new"), None);
        assert_eq!(new("what stands there", "something else", "new"), None);
    }

    #[test]
    fn keeps_the_style_of_a_cell() {
        let new = |raw, old, new| rewritten(Syntax::Table, raw, old, new);
        assert_eq!(new("Cafe", "Cafe", "Café").as_deref(), Some("Café"));
        assert_eq!(
            new("Cafe", "Cafe", "Café, bar").as_deref(),
            Some("\"Café, bar\"")
        );
        assert_eq!(
            new("\"a \"\"b\"\"\"", "a \"b\"", "c \"b\"").as_deref(),
            Some("\"c \"\"b\"\"\"")
        );
        assert_eq!(new("Cafe", "Cafe", " Café"), None);
    }

    #[test]
    fn other_syntaxes_are_left_alone() {
        assert_eq!(rewritten(Syntax::Xml, "a", "a", "b"), None);
        assert_eq!(rewritten(Syntax::Json, "a", "a", "b"), None);
        assert!(!reads_as("\"a\" \"b\"", "a\" \"b"));
    }
}
