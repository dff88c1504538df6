//! A YAML reader: the events of `saphyr-parser`, which does not recurse, become a tree.
//!
//! Aliases (`*name`) repeat what their anchor holds, up to a bound: a few lines of YAML can otherwise unfold into
//! gigabytes. Of several documents in one file the first is read.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::Bounds;
use super::syntax::Unreadable;
use super::tree::{Builder, Key, Kind, Syntax, Tree};

/// How many values aliases may repeat in one document. Published packages repeat a few dozen.
const REPEATED: usize = 100_000;

/// Reads a YAML document.
///
/// # Errors
/// Where and why the text is not YAML, or goes beyond a bound.
pub fn read<'s>(text: &'s str, bounds: &Bounds) -> Result<Tree<'s>, Unreadable> {
    let offsets = Offsets::of(text);
    let mut events = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((Event::DocumentEnd, _)) => break,
            Ok((event, span)) => events.push((event, offsets.range(span))),
            Err(error) => {
                return Err(Unreadable {
                    offset: offsets.byte(error.marker().index()),
                    message: format!("This stops being valid YAML here: {}", error.info()),
                    how: "Mend the line, or check its indentation and quotation marks.",
                });
            }
        }
    }
    let mut reader = Reader {
        tree: Builder::new(Syntax::Yaml, text, bounds),
        events: &events,
        anchors: BTreeMap::new(),
        open: Vec::new(),
        key: None,
        repeated: 0,
    };
    reader.replay(0..events.len(), true)?;
    Ok(reader.tree.finish())
}

/// A list or an object that is open.
struct Open {
    is_object: bool,
    /// The event that opened it.
    from: usize,
    /// Its anchor, or 0.
    anchor: usize,
}

struct Reader<'s, 'e> {
    tree: Builder<'s>,
    events: &'e [(Event<'e>, Range<usize>)],
    /// The events of each anchor.
    anchors: BTreeMap<usize, Range<usize>>,
    open: Vec<Open>,
    /// The key that was read and waits for its value.
    key: Option<(String, usize)>,
    repeated: usize,
}

impl Reader<'_, '_> {
    /// Adds what some events say; `is_own` where they stand and are not repeated by an alias.
    fn replay(&mut self, range: Range<usize>, is_own: bool) -> Result<(), Unreadable> {
        // Aliases in what an alias repeats would nest: what waits is kept in a list of our own.
        let mut waiting = vec![(range, is_own)];
        while let Some((mut range, is_own)) = waiting.pop() {
            while let Some(index) = range.next() {
                let Some((event, span)) = self.events.get(index) else {
                    break;
                };
                if !is_own {
                    self.repeated += 1;
                    if self.repeated > REPEATED {
                        return Err(Unreadable {
                            offset: span.start,
                            message:
                                "Aliases repeat so much of this file that it is not read to its end"
                                    .to_owned(),
                            how: "Write repeated parts out, or repeat fewer of them.",
                        });
                    }
                }
                if let Event::Alias(anchor) = event
                    && let Some(repeated) = self.anchors.get(anchor).cloned()
                {
                    waiting.push((range, is_own));
                    waiting.push((repeated, false));
                    break;
                }
                self.event(index, event, span)?;
            }
        }
        Ok(())
    }

    fn event(
        &mut self,
        index: usize,
        event: &Event<'_>,
        span: &Range<usize>,
    ) -> Result<(), Unreadable> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                if *anchor > 0 {
                    self.anchors.insert(*anchor, index..index + 1);
                }
                self.scalar(text, *style, span);
            }
            Event::MappingStart(anchor, _) | Event::SequenceStart(anchor, _) => {
                let is_object = matches!(event, Event::MappingStart(..));
                let kind = if is_object { Kind::Object } else { Kind::Array };
                let key = self.take_key();
                self.tree
                    .open(kind, as_key(key.as_ref()), span.start)
                    .map_err(|problem| Unreadable::bound(span.start, problem))?;
                self.open.push(Open {
                    is_object,
                    from: index,
                    anchor: *anchor,
                });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.tree.close(span.end);
                if let Some(done) = self.open.pop()
                    && done.anchor > 0
                    && done.from < index
                {
                    self.anchors.insert(done.anchor, done.from..index + 1);
                }
            }
            // An alias whose anchor is still open, or unknown, repeats nothing.
            Event::Alias(_) => self.scalar("", ScalarStyle::Plain, span),
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: &Range<usize>) {
        let in_object = self.open.last().is_some_and(|open| open.is_object);
        if in_object && self.key.is_none() {
            self.key = Some((text.to_owned(), span.start));
            return;
        }
        let kind = if style == ScalarStyle::Plain {
            kind_of(text)
        } else {
            Kind::String
        };
        let key = self.take_key();
        self.tree
            .scalar(kind, as_key(key.as_ref()), span.clone(), text);
    }

    /// The key for the value that comes; in an object a value in the place of a key (`? [a]`) has none to stand under.
    fn take_key(&mut self) -> Option<(String, usize)> {
        let in_object = self.open.last().is_some_and(|open| open.is_object);
        let key = self.key.take();
        if in_object {
            Some(key.unwrap_or_default())
        } else {
            None
        }
    }
}

fn as_key(key: Option<&(String, usize)>) -> Option<Key<'_>> {
    key.map(|(text, start)| Key {
        text,
        start: *start,
    })
}

/// What an unquoted value is, by the core schema of YAML 1.2; a date stays a text.
fn kind_of(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::True,
        "false" | "False" | "FALSE" => Kind::False,
        _ => {
            let numeric = text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
            let finite = text.parse::<f64>().is_ok_and(f64::is_finite);
            if numeric && finite {
                Kind::Number
            } else {
                Kind::String
            }
        }
    }
}

/// Byte offsets of characters: the parser counts characters.
struct Offsets {
    /// The byte at which every 256th character starts; nothing where all characters are bytes.
    marks: Option<Vec<usize>>,
    text: Vec<u8>,
}

const STEP: usize = 256;

impl Offsets {
    fn of(text: &str) -> Self {
        let marks = (!text.is_ascii()).then(|| {
            text.char_indices()
                .step_by(STEP)
                .map(|(at, _)| at)
                .collect()
        });
        Self {
            text: if marks.is_some() {
                text.as_bytes().to_vec()
            } else {
                Vec::new()
            },
            marks,
        }
    }

    fn byte(&self, character: usize) -> usize {
        let Some(marks) = &self.marks else {
            return character;
        };
        let Some(start) = marks.get(character / STEP) else {
            return self.text.len();
        };
        let rest = self.text.get(*start..).unwrap_or_default();
        let starts = rest
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte & 0xC0 != 0x80);
        starts
            .map(|(at, _)| start + at)
            .nth(character % STEP)
            .unwrap_or(self.text.len())
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::source::Bounds;
    use crate::source::tree::{Kind, Value};

    #[test]
    fn reads_values_and_their_places() {
        let text = "# é\ntitle: Bäume\nrows: 12\nfields:\n  - name: 'it''s'\n    draft: true\n    note: ~\n";
        let tree = read(text, &Bounds::default()).expect("valid");
        let root = tree.root();
        assert_eq!(root.get("title").map(Value::raw), Some("Bäume"));
        assert_eq!(root.get("rows").and_then(Value::as_f64), Some(12.0));
        let field = root.get("fields").and_then(|list| list.items().next());
        let field = field.expect("one field");
        let name = field.get("name").expect("there");
        assert_eq!((name.as_str(), name.raw()), (Some("it's"), "'it''s'"));
        assert_eq!(field.get("draft").and_then(Value::as_bool), Some(true));
        assert!(field.get("note").is_some_and(Value::is_null));
        let mut pointer = String::new();
        name.write_pointer(&mut pointer);
        assert_eq!(pointer, "/fields/0/name");
    }

    #[test]
    fn repeats_what_an_alias_names() {
        let text = "a: &x {unit: m, list: [1, 2]}\nb: *x\nc: [*x, &y z, *y]\n";
        let tree = read(text, &Bounds::default()).expect("valid");
        let unit = |value: Value<'_>| value.get("unit").and_then(Value::as_str).map(str::to_owned);
        assert_eq!(tree.root().get("b").and_then(unit).as_deref(), Some("m"));
        let last = tree.root().get("c").and_then(|list| list.items().last());
        assert_eq!(last.and_then(Value::as_str), Some("z"));
    }

    #[test]
    fn refuses_a_bomb_of_aliases_and_endless_nesting() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let before = level - 1;
            let items = format!("*a{before}, ").repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        assert!(read(&bomb, &Bounds::default()).is_err());
        assert!(read(&"[".repeat(5000), &Bounds::default()).is_err());
    }

    #[test]
    fn says_where_it_breaks() {
        let error = read("a: 1\nb: [1, 2\nc: \"x\n", &Bounds::default()).expect_err("broken");
        assert!(error.offset > 4, "{error:?}");
        assert!(error.message.starts_with("This stops being valid YAML"));
    }

    #[test]
    fn an_empty_file_is_nothing() {
        let tree = read("# only a comment\n", &Bounds::default()).expect("valid");
        assert_eq!(tree.root().kind(), Kind::Null);
    }
}
