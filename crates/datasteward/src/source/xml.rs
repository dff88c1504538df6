//! An XML reader: elements become objects under their local names, so that readers of formats see the tree they know.
//!
//! An element that holds only text is a text; attributes stand under `@name`, text beside them under `#text`; elements
//! that stand several times are a list. Line breaks and runs of blanks that only lay out the file are taken out of texts.
//! Entities that a document declares are never expanded and nothing is fetched: such a document is refused.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::{Document, Error, Node, ParsingOptions, TextPos};

use super::Bounds;
use super::problem::Problem;
use super::syntax::Unreadable;
use super::tree::{Builder, Key, Kind, Syntax, Tree};

/// How many elements and texts a document may have. The largest metadata record seen has under 20 000.
const NODES: u32 = 2_000_000;

/// Reads an XML document.
///
/// # Errors
/// Where and why the text is not XML, declares entities, or goes beyond a bound.
pub fn read<'s>(text: &'s str, bounds: &Bounds) -> Result<Tree<'s>, Unreadable> {
    if let Some(offset) = declared_entity(text) {
        return Err(Unreadable {
            offset,
            message: "This XML declares entities of its own (`<!ENTITY`), which are not expanded: they can be made to fetch files or to fill the memory"
                .to_owned(),
            how: "Export the metadata without a document type, or write the text out in place of the entity.",
        });
    }
    let options = ParsingOptions {
        // A document type that only names a schema is common in older exports, and nothing is fetched for it.
        allow_dtd: true,
        nodes_limit: NODES,
        entity_resolver: None,
    };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let offset = match error {
            Error::UnclosedRootNode | Error::UnexpectedEndOfStream => text.trim_end().len(),
            _ => offset_of(text, error.pos()),
        };
        refusal(&error, offset)
    })?;
    let mut writer = Writer {
        text,
        tree: Builder::new(Syntax::Xml, text, bounds),
        steps: Vec::new(),
    };
    writer.document(document.root_element())?;
    Ok(writer.tree.finish())
}

/// Where a document type declares an entity.
fn declared_entity(text: &str) -> Option<usize> {
    let from = memchr::memmem::find(text.as_bytes(), b"<!DOCTYPE")?;
    let rest = text.as_bytes().get(from..)?;
    memchr::memmem::find(rest, b"<!ENTITY").map(|at| from + at)
}

/// The byte offset of a line and a column, both counted from 1, columns in characters.
fn offset_of(text: &str, position: TextPos) -> usize {
    let row = position.row.saturating_sub(1) as usize;
    let start = if row == 0 {
        0
    } else {
        memchr::memchr_iter(b'\n', text.as_bytes())
            .nth(row - 1)
            .map_or(text.len(), |at| at + 1)
    };
    let line = text.get(start..).unwrap_or_default();
    let column = position.col.saturating_sub(1) as usize;
    line.char_indices()
        .nth(column)
        .map_or(text.len(), |(at, _)| start + at)
}

fn refusal(error: &Error, offset: usize) -> Unreadable {
    if matches!(
        error,
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached
    ) {
        return Unreadable::bound(offset, Problem::TooLarge);
    }
    let (what, how): (Cow<'_, str>, _) = match error {
        Error::UnexpectedCloseTag(expected, actual, _) => (
            format!("`</{actual}>` closes an element that was opened as `<{expected}>`").into(),
            "Close each element before the one around it.",
        ),
        Error::UnknownEntityReference(name, _) => (
            format!("the entity `&{name};` is declared nowhere").into(),
            "Write the sign itself; only &amp; &lt; &gt; &quot; and &apos; need no declaration.",
        ),
        Error::MalformedEntityReference(_) => (
            "a bare `&` stands in a text".into(),
            "Write `&amp;` for it.",
        ),
        Error::UnknownNamespace(prefix, _) => (
            format!("the prefix `{prefix}:` is declared nowhere").into(),
            "Declare it on the first element, with `xmlns:…`.",
        ),
        Error::DuplicatedAttribute(name, _) => (
            format!("the attribute `{name}` stands twice in one element").into(),
            "Keep one of the two.",
        ),
        Error::InvalidAttributeValue(_) => {
            ("an attribute holds a `<`".into(), "Write `&lt;` for it.")
        }
        Error::NonXmlChar(..) => (
            "a control character stands here, which XML cannot hold".into(),
            "Delete it.",
        ),
        Error::NoRootNode => ("there is no element in it".into(), EXPORT),
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            ("the file ends in the middle of an element".into(), EXPORT)
        }
        Error::UnexpectedDeclaration(_) => (
            "an `<?xml … ?>` line may only be the very first thing of a file".into(),
            "Delete what stands before it.",
        ),
        _ => ("this does not follow the grammar".into(), EXPORT),
    };
    Unreadable {
        offset,
        message: format!("This stops being valid XML here: {what}"),
        how,
    }
}

const EXPORT: &str = "Check that the export is complete, or export it again.";

/// What is still to be written, the next last: the document is walked without recursion.
enum Step<'a, 'i> {
    Element {
        node: Node<'a, 'i>,
        is_item: bool,
    },
    /// Elements of one name, as a list.
    List(Vec<Node<'a, 'i>>),
    Close(usize),
}

struct Writer<'s, 'a, 'i> {
    text: &'s str,
    tree: Builder<'s>,
    steps: Vec<Step<'a, 'i>>,
}

impl<'a, 'i> Writer<'_, 'a, 'i> {
    fn document(&mut self, root: Node<'a, 'i>) -> Result<(), Unreadable> {
        self.open(Kind::Object, None, 0)?;
        self.steps.push(Step::Close(self.text.len()));
        self.steps.push(Step::Element {
            node: root,
            is_item: false,
        });
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Element { node, is_item } => self.element(node, is_item)?,
                Step::List(nodes) => self.list(nodes)?,
                Step::Close(end) => self.tree.close(end),
            }
        }
        Ok(())
    }

    fn open(&mut self, kind: Kind, key: Option<Key<'_>>, start: usize) -> Result<(), Unreadable> {
        self.tree
            .open(kind, key, start)
            .map_err(|problem| Unreadable::bound(start, problem))
    }

    fn element(&mut self, node: Node<'a, 'i>, is_item: bool) -> Result<(), Unreadable> {
        let key = (!is_item).then(|| self.key_of(node));
        let is_text = node.attributes().len() == 0 && !node.children().any(|it| it.is_element());
        if is_text {
            let (span, text) = text_of(node);
            let span = span.unwrap_or_else(|| node.range());
            self.tree.scalar(Kind::String, key, span, &text);
            return Ok(());
        }
        let range = node.range();
        self.open(Kind::Object, key, range.start)?;
        for attribute in node.attributes() {
            let name = format!("@{}", attribute.name());
            let key = Key {
                text: &name,
                start: attribute.range().start,
            };
            self.tree.scalar(
                Kind::String,
                Some(key),
                attribute.range_value(),
                attribute.value(),
            );
        }
        if let (Some(span), text) = text_of(node)
            && !text.is_empty()
        {
            let key = Key {
                text: "#text",
                start: span.start,
            };
            self.tree.scalar(Kind::String, Some(key), span, &text);
        }
        self.steps.push(Step::Close(range.end));
        self.children(node);
        Ok(())
    }

    /// The elements below one, gathered by their names in the order in which these first stand.
    fn children(&mut self, node: Node<'a, 'i>) {
        let mut groups: Vec<Vec<Node<'a, 'i>>> = Vec::new();
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        for child in node.children().filter(Node::is_element) {
            let group = *by_name
                .entry(child.tag_name().name())
                .or_insert_with(|| groups.len());
            match groups.get_mut(group) {
                Some(group) => group.push(child),
                None => groups.push(vec![child]),
            }
        }
        for group in groups.into_iter().rev() {
            self.steps.push(match group.as_slice() {
                [only] => Step::Element {
                    node: *only,
                    is_item: false,
                },
                _ => Step::List(group),
            });
        }
    }

    fn list(&mut self, nodes: Vec<Node<'a, 'i>>) -> Result<(), Unreadable> {
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            return Ok(());
        };
        let (start, end) = (first.range().start, last.range().end);
        let key = self.key_of(*first);
        self.open(Kind::Array, Some(key), start)?;
        self.steps.push(Step::Close(end));
        let items = nodes.into_iter().rev().map(|node| Step::Element {
            node,
            is_item: true,
        });
        self.steps.extend(items);
        Ok(())
    }

    /// The local name of an element, and where it stands behind `<` and the prefix.
    fn key_of(&self, node: Node<'a, 'i>) -> Key<'i>
    where
        'a: 'i,
    {
        let text = node.tag_name().name();
        let start = node.range().start + 1;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let window = rest.get(..rest.len().min(128)).unwrap_or_default();
        let end = window
            .iter()
            .position(|byte| b" \t\r\n/>".contains(byte))
            .unwrap_or(window.len());
        let prefix = window
            .get(..end)
            .and_then(|name| memchr::memchr(b':', name))
            .map_or(0, |colon| colon + 1);
        Key {
            text,
            start: start + prefix,
        }
    }
}

/// The text directly in an element and where it stands; layout is taken out of it.
fn text_of(node: Node<'_, '_>) -> (Option<Range<usize>>, String) {
    let mut span: Option<Range<usize>> = None;
    let mut text = String::new();
    for child in node.children().filter(Node::is_text) {
        let part = child.text().unwrap_or_default();
        if part.trim().is_empty() {
            continue;
        }
        let range = child.range();
        let lead = part.len() - part.trim_start().len();
        let tail = part.len() - part.trim_end().len();
        // Blanks at both ends are layout; where signs are escaped, the ends may be a little off inside the text.
        let inside = range.start.saturating_add(lead)..range.end.saturating_sub(tail);
        let inside = if inside.start < inside.end {
            inside
        } else {
            range
        };
        span = Some(match span {
            Some(before) => before.start..inside.end,
            None => inside,
        });
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part.trim());
    }
    (span, without_layout(&text).into_owned())
}

/// A text without what layout has put into it: a line break is a blank, unless an item of a list or an empty line
/// follows.
fn without_layout(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let laid_out = memchr::memchr3(b'\n', b'\r', b'\t', bytes).is_some()
        || memchr::memmem::find(bytes, b"  ").is_some();
    if !laid_out {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([' ', '\t', '\n', '\r']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let end = from
            .find(|sign: char| !matches!(sign, ' ' | '\t' | '\n' | '\r'))
            .unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        let breaks = run.bytes().filter(|byte| *byte == b'\n').count();
        plain.push_str(match breaks {
            1 if starts_an_item(after) => "\n",
            0 | 1 => " ",
            _ => "\n\n",
        });
        rest = after;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// `- `, `* `, `• `
fn starts_an_item(line: &str) -> bool {
    line.strip_prefix(['-', '*', '•', '–'])
        .is_some_and(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::{read, without_layout};
    use crate::source::Bounds;
    use crate::source::tree::{Kind, Value};

    #[test]
    fn reads_elements_attributes_and_lists() {
        let text = "<?xml version=\"1.0\"?>\n<g:a xmlns:g=\"urn:g\">\n  <g:t>Bäume &amp; Parks</g:t>\n  <k>one</k>\n  <e/>\n  <k g:lang=\"en\">two</k>\n</g:a>\n";
        let tree = read(text, &Bounds::default()).expect("valid");
        let root = tree.root().get("a").expect("by its local name");
        let title = root.get("t").expect("there");
        assert_eq!(title.as_str(), Some("Bäume & Parks"));
        assert_eq!(title.raw(), "Bäume &amp; Parks");
        assert_eq!(root.get("e").and_then(Value::as_str), Some(""));
        let words: Vec<_> = root.get("k").expect("a list").items().collect();
        assert_eq!(words[0].as_str(), Some("one"));
        assert_eq!(words[1].get("@lang").and_then(Value::as_str), Some("en"));
        let second = words[1].get("#text").expect("beside the attribute");
        let mut pointer = String::new();
        second.write_pointer(&mut pointer);
        assert_eq!(
            (second.as_str(), pointer.as_str()),
            (Some("two"), "/a/k/1/#text")
        );
        assert_eq!(root.get("k").map(Value::kind), Some(Kind::Array));
    }

    #[test]
    fn takes_indentation_out_of_texts_and_keeps_paragraphs() {
        let plain = |text| without_layout(text).into_owned();
        assert_eq!(plain("Parks of\n        the city"), "Parks of the city");
        assert_eq!(plain("One.\n\n    Two."), "One.\n\nTwo.");
        assert_eq!(plain("- a\n- b   c"), "- a\n- b c");
        assert_eq!(plain("a\r\nb"), "a b");
    }

    #[test]
    fn refuses_entities_and_fetches_nothing() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        let error = read(bomb, &Bounds::default()).expect_err("refused");
        assert_eq!(error.offset, 13);
        let file = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>";
        assert!(read(file, &Bounds::default()).is_err());
        let schema = "<!DOCTYPE a SYSTEM \"http://schemas.example/a.dtd\"><a>b</a>";
        let tree = read(schema, &Bounds::default()).expect("only names a schema");
        assert_eq!(tree.root().get("a").and_then(Value::as_str), Some("b"));
    }

    #[test]
    fn says_where_it_breaks() {
        let text = "<a>\n  <b>x</c>\n</a>";
        let error = read(text, &Bounds::default()).expect_err("broken");
        assert_eq!(text.get(error.offset..error.offset + 4), Some("</c>"));
        assert!(error.message.contains("`</c>`"), "{error:?}");
        let cut = "<a>\n  <b>x</b>\n";
        let error = read(cut, &Bounds::default()).expect_err("cut off");
        assert_eq!(error.offset, cut.len() - 1);
        for broken in [
            "<a>&nbsp;</a>",
            "<a>",
            "<a><b></a>",
            "<",
            "<a x=1/>",
            "<p:a/>",
        ] {
            assert!(read(broken, &Bounds::default()).is_err(), "{broken}");
        }
    }

    #[test]
    fn bounds_nesting_and_takes_many_names_in_its_stride() {
        let deep = "<a>".repeat(50_000) + &"</a>".repeat(50_000);
        assert!(read(&deep, &Bounds::default()).is_err());
        let many: String = (0..50_000).map(|number| format!("<n{number}/>")).collect();
        let wide = format!("<a>{many}</a>");
        let tree = read(&wide, &Bounds::default()).expect("valid");
        let count = tree.root().get("a").map(|root| root.members().count());
        assert_eq!(count, Some(50_000));
    }
}
