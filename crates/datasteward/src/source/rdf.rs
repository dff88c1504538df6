//! RDF as Turtle, N-Triples or XML: statements are gathered into the nodes of a graph, in the shape of JSON-LD.
//!
//! The tree is a list of nodes in the order in which they first say something: `{"@id": …, "@type": …, "dct:title": …}`.
//! Nodes point to each other by `{"@id": …}` and are never put into one another, so that a ring of nodes costs nothing.
//!
//! The libraries do not tell where a value stood. It is looked for in the text between the value before it and the
//! place up to which the library has read. Where it is not found as written, because it has escapes or was resolved
//! against a base, it is said to stand where its subject does.

mod turtle;
mod xml;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use oxrdf::{NamedOrBlankNode, Term, Triple};

use super::Bounds;
use super::problem::Problem;
use super::syntax::Unreadable;
use super::tree::{Builder, Key, Kind, Syntax, Tree};

/// The most statements that are read. A catalogue of ten thousand datasets has about a million.
const STATEMENTS: usize = 2_000_000;

/// Reads a document in one of the forms of RDF.
///
/// # Errors
/// Where and why the text is not of this form, or goes beyond a bound.
pub fn read<'s>(syntax: Syntax, text: &'s str, bounds: &Bounds) -> Result<Tree<'s>, Unreadable> {
    let mut graph = Graph::default();
    if syntax == Syntax::Turtle {
        turtle::read(text, &mut graph, bounds)?;
    } else {
        xml::read(text, &mut graph, bounds)?;
    }
    graph.tree(syntax, text, bounds)
}

/// What a statement says of its subject.
enum Object {
    Node(u32),
    Text {
        /// In the pool of texts.
        text: Range<usize>,
        /// The name that is its language tag.
        language: Option<u32>,
    },
}

struct Statement {
    subject: u32,
    predicate: u32,
    object: Object,
    span: Range<usize>,
}

/// The statements of a document. Addresses and tags are kept once and called by number.
#[derive(Default)]
struct Graph {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    /// Where each name stood as a subject.
    places: Vec<Option<usize>>,
    texts: String,
    statements: Vec<Statement>,
}

/// Looks for values in the text that was read last.
trait Finder {
    /// Where the object of a statement stands.
    fn object(&mut self, triple: &Triple) -> Option<Range<usize>>;
    /// Where a subject stands that was not met before.
    fn subject(&mut self, subject: &NamedOrBlankNode, object: Option<&Range<usize>>) -> usize;
}

impl Graph {
    fn name(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.places.push(None);
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// The number of a node; what the library calls a blank node does not matter, but it may be a random name.
    fn blank(&mut self, id: &str) -> u32 {
        self.name(&format!("_:{id}"))
    }

    fn add(&mut self, triple: &Triple, finder: &mut impl Finder) -> Result<(), Problem> {
        if self.statements.len() >= STATEMENTS {
            return Err(Problem::TooLarge);
        }
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => self.name(node.as_str()),
            NamedOrBlankNode::BlankNode(node) => self.blank(node.as_str()),
        };
        let found = finder.object(triple);
        let place = match self.place(subject) {
            Some(place) => place,
            None => {
                let place = finder.subject(&triple.subject, found.as_ref());
                self.set_place(subject, place);
                place
            }
        };
        let object = match &triple.object {
            Term::NamedNode(node) => Object::Node(self.name(node.as_str())),
            Term::BlankNode(node) => {
                let number = self.blank(node.as_str());
                if let (None, Some(found)) = (self.place(number), &found) {
                    self.set_place(number, found.start);
                }
                Object::Node(number)
            }
            Term::Literal(literal) => {
                let from = self.texts.len();
                self.texts.push_str(literal.value());
                Object::Text {
                    text: from..self.texts.len(),
                    language: literal.language().map(|tag| self.name(tag)),
                }
            }
        };
        let inner = match object {
            // A node that is written inside this statement.
            Object::Node(number) if found.is_none() => self.place(number),
            _ => None,
        };
        let inner = inner.filter(|inner| *inner > place).unwrap_or(place);
        let predicate = self.name(triple.predicate.as_str());
        self.statements.push(Statement {
            subject,
            predicate,
            object,
            span: found.unwrap_or(inner..inner),
        });
        Ok(())
    }

    fn place(&self, name: u32) -> Option<usize> {
        self.places.get(name as usize).copied().flatten()
    }

    fn set_place(&mut self, name: u32, place: usize) {
        if let Some(slot) = self.places.get_mut(name as usize) {
            *slot = Some(place);
        }
    }

    fn name_of(&self, number: u32) -> &str {
        self.names
            .get(number as usize)
            .map_or("", |name| name.as_str())
    }

    /// The statements by subject and predicate, both in the order of their first use.
    fn in_order(&self) -> Vec<&Statement> {
        let mut first_subject: HashMap<u32, usize> = HashMap::new();
        let mut first_use: HashMap<(u32, u32), usize> = HashMap::new();
        let mut keyed: Vec<_> = self
            .statements
            .iter()
            .enumerate()
            .map(|(index, it)| {
                let subject = *first_subject.entry(it.subject).or_insert(index);
                let key = (it.subject, it.predicate);
                let predicate = *first_use.entry(key).or_insert(index);
                ((subject, predicate, index), it)
            })
            .collect();
        keyed.sort_unstable_by_key(|(key, _)| *key);
        keyed.into_iter().map(|(_, statement)| statement).collect()
    }

    fn tree<'s>(
        &self,
        syntax: Syntax,
        text: &'s str,
        bounds: &Bounds,
    ) -> Result<Tree<'s>, Unreadable> {
        let statements = self.in_order();
        let mut writer = Writer {
            graph: self,
            tree: Builder::new(syntax, text, bounds),
            blanks: HashMap::new(),
        };
        writer
            .nodes(&statements)
            .map_err(|problem| Unreadable::bound(0, problem))?;
        Ok(writer.tree.finish())
    }
}

/// Writes statements as a tree.
struct Writer<'g, 's> {
    graph: &'g Graph,
    tree: Builder<'s>,
    /// Blank nodes by the order in which they are met: their names may be random.
    blanks: HashMap<u32, usize>,
}

impl Writer<'_, '_> {
    fn nodes(&mut self, statements: &[&Statement]) -> Result<(), Problem> {
        self.tree.open(Kind::Array, None, 0)?;
        for node in statements.chunk_by(|one, other| one.subject == other.subject) {
            let Some(first) = node.first() else { continue };
            let start = self.graph.place(first.subject).unwrap_or(0);
            self.tree.open(Kind::Object, None, start)?;
            let id = self.id(first.subject);
            self.member(Kind::String, "@id", &(start..start), &id);
            for values in node.chunk_by(|one, other| one.predicate == other.predicate) {
                self.property(values)?;
            }
            self.tree
                .close(node.last().map_or(start, |last| last.span.end));
        }
        self.tree.close(0);
        Ok(())
    }

    fn member(&mut self, kind: Kind, key: &str, span: &Range<usize>, text: &str) {
        let key = Key {
            text: key,
            start: span.start,
        };
        self.tree.scalar(kind, Some(key), span.clone(), text);
    }

    /// The values of one property of a node.
    fn property(&mut self, values: &[&Statement]) -> Result<(), Problem> {
        let Some(first) = values.first() else {
            return Ok(());
        };
        let name = self.graph.name_of(first.predicate);
        let is_type = name == RDF_TYPE;
        let name = if is_type {
            Cow::Borrowed("@type")
        } else {
            compact(name)
        };
        let key = Some(Key {
            text: &name,
            start: first.span.start,
        });
        // Said twice is said once; a long list is a catalogue's, and not worth comparing all of it with all.
        let mut said: Vec<&Statement> = Vec::new();
        for value in values {
            if values.len() > 64 || !said.iter().any(|it| self.is_same(it, value)) {
                said.push(value);
            }
        }
        let values = said;
        if let [only] = values.as_slice() {
            return self.value(only, key, is_type);
        }
        self.tree.open(Kind::Array, key, first.span.start)?;
        for value in &values {
            self.value(value, None, is_type)?;
        }
        self.tree
            .close(values.last().map_or(first.span.end, |last| last.span.end));
        Ok(())
    }

    fn is_same(&self, one: &Statement, other: &Statement) -> bool {
        let text = |text: &Range<usize>| self.graph.texts.get(text.clone());
        match (&one.object, &other.object) {
            (Object::Node(one), Object::Node(other)) => one == other,
            (
                Object::Text { text: a, language },
                Object::Text {
                    text: b,
                    language: tag,
                },
            ) => language == tag && text(a) == text(b),
            _ => false,
        }
    }

    fn value(
        &mut self,
        statement: &Statement,
        key: Option<Key<'_>>,
        is_type: bool,
    ) -> Result<(), Problem> {
        let span = &statement.span;
        match &statement.object {
            Object::Node(number) if is_type => {
                let name = compact(self.graph.name_of(*number));
                self.tree.scalar(Kind::String, key, span.clone(), &name);
            }
            Object::Node(number) => {
                self.tree.open(Kind::Object, key, span.start)?;
                let id = self.id(*number);
                self.member(Kind::String, "@id", span, &id);
                self.tree.close(span.end);
            }
            Object::Text {
                text,
                language: None,
            } => {
                let text = self.graph.texts.get(text.clone()).unwrap_or_default();
                self.tree.scalar(Kind::String, key, span.clone(), text);
            }
            Object::Text {
                text,
                language: Some(tag),
            } => {
                let text = self.graph.texts.get(text.clone()).unwrap_or_default();
                self.tree.open(Kind::Object, key, span.start)?;
                self.member(
                    Kind::String,
                    "@language",
                    &(span.start..span.start),
                    self.graph.name_of(*tag),
                );
                self.member(Kind::String, "@value", span, text);
                self.tree.close(span.end);
            }
        }
        Ok(())
    }

    fn id(&mut self, number: u32) -> String {
        let name = self.graph.name_of(number);
        if name.starts_with("_:") {
            let next = self.blanks.len();
            let place = *self.blanks.entry(number).or_insert(next);
            return format!("_:b{place}");
        }
        name.to_owned()
    }
}

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// The address of a property or class with the usual prefix of its namespace; other addresses stay whole.
fn compact(address: &str) -> Cow<'_, str> {
    const PREFIXES: [(&str, &str); 20] = [
        ("http://purl.org/dc/terms/", "dct"),
        ("http://www.w3.org/ns/dcat#", "dcat"),
        ("http://xmlns.com/foaf/0.1/", "foaf"),
        ("http://www.w3.org/2006/vcard/ns#", "vcard"),
        ("http://www.w3.org/ns/adms#", "adms"),
        ("http://www.w3.org/ns/prov#", "prov"),
        ("http://www.w3.org/2004/02/skos/core#", "skos"),
        ("https://schema.org/", "schema"),
        ("http://schema.org/", "schema"),
        ("http://www.w3.org/2000/01/rdf-schema#", "rdfs"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
        ("http://purl.org/dc/elements/1.1/", "dc"),
        ("http://www.w3.org/2002/07/owl#", "owl"),
        ("http://www.w3.org/ns/locn#", "locn"),
        ("http://www.w3.org/2006/time#", "time"),
        ("http://data.europa.eu/r5r/", "dcatap"),
        ("http://dati.gov.it/onto/dcatapit#", "dcatapit"),
        ("http://www.w3.org/ns/dqv#", "dqv"),
        ("http://spdx.org/rdf/terms#", "spdx"),
        ("http://www.w3.org/ns/org#", "org"),
    ];
    PREFIXES
        .iter()
        .find_map(|(namespace, prefix)| {
            let name = address.strip_prefix(namespace)?;
            let is_name = !name.is_empty() && !name.contains(['/', '#', ':']);
            is_name.then(|| Cow::Owned(format!("{prefix}:{name}")))
        })
        .unwrap_or(Cow::Borrowed(address))
}

/// Where a text stands first in a part of a document.
fn find(document: &str, part: Range<usize>, text: &str) -> Option<usize> {
    let bytes = document.as_bytes().get(part.clone())?;
    Some(part.start + memchr::memmem::find(bytes, text.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::source::Bounds;
    use crate::source::tree::{Kind, Syntax, Tree, Value};

    fn turtle(text: &str) -> Tree<'_> {
        read(Syntax::Turtle, text, &Bounds::default()).expect("valid Turtle")
    }

    fn xml(text: &str) -> Tree<'_> {
        read(Syntax::RdfXml, text, &Bounds::default()).expect("valid RDF")
    }

    /// What stands in the document where a value is said to stand.
    fn written<'t>(text: &'t str, value: Option<Value<'t>>) -> &'t str {
        let (start, end) = value.expect("a value").span();
        text.get(start..end).expect("a place in the text")
    }

    const TURTLE: &str = r#"@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix ex: <http://example.org/> .
ex:wells a dcat:Dataset ;
  dct:title "Wells"@en, 'Pozos'@es ;
  dct:description """Two
lines of \"words\".""" ;
  dct:publisher [ a <http://xmlns.com/foaf/0.1/Agent> ; <http://xmlns.com/foaf/0.1/name> "Water office" ] ;
  dcat:byteSize 1200 ;
  dct:license <http://example.org/cc0> .
ex:catalog dcat:dataset ex:wells .
"#;

    #[test]
    fn gathers_statements_into_nodes_and_knows_where_each_stands() {
        let tree = turtle(TURTLE);
        let nodes: Vec<_> = tree.root().items().collect();
        let [wells, office, catalog] = nodes.as_slice() else {
            panic!("three nodes, not {}", nodes.len());
        };
        let text = |value: Option<Value<'_>>| value.and_then(Value::as_str).map(str::to_owned);
        assert_eq!(
            text(wells.get("@id")).as_deref(),
            Some("http://example.org/wells")
        );
        assert_eq!(text(wells.get("@type")).as_deref(), Some("dcat:Dataset"));
        let titles = wells.get("dct:title").expect("titles");
        let spanish = titles
            .items()
            .find(|it| text(it.get("@language")).as_deref() == Some("es"));
        assert_eq!(titles.items().count(), 2);
        assert_eq!(
            written(TURTLE, spanish.and_then(|it| it.get("@value"))),
            "'Pozos'"
        );
        assert_eq!(
            written(TURTLE, wells.path(&["dct:license", "@id"])),
            "<http://example.org/cc0>"
        );
        assert_eq!(written(TURTLE, wells.get("dcat:byteSize")), "1200");
        let description = wells.get("dct:description");
        assert_eq!(
            text(description).as_deref(),
            Some("Two\nlines of \"words\".")
        );
        assert_eq!(written(TURTLE, office.get("foaf:name")), "\"Water office\"");
        assert!(TURTLE[office.span().0..].starts_with("[ a <http"));
        assert!(TURTLE[wells.span().0..].starts_with("ex:wells a"));
        assert_eq!(
            written(TURTLE, catalog.path(&["dcat:dataset", "@id"])),
            "ex:wells"
        );
        assert_eq!(
            text(office.get("@id")),
            text(wells.path(&["dct:publisher", "@id"]))
        );
    }

    #[test]
    fn reads_n_triples_in_any_order_and_twice_said_once() {
        let text = r#"<http://example.org/1> <http://purl.org/dc/terms/title> "One" .
_:x <http://purl.org/dc/terms/title> "Two" .
<http://example.org/1> <http://purl.org/dc/terms/title> "One" .
<http://example.org/1> <http://purl.org/dc/terms/source> _:x .
"#;
        let tree = turtle(text);
        assert_eq!(tree.root().items().count(), 2);
        let first = tree.root().items().next().expect("a node");
        assert_eq!(written(text, first.get("dct:title")), "\"One\"");
        let source = first.path(&["dct:source", "@id"]);
        assert_eq!(source.and_then(Value::as_str), Some("_:b0"));
    }

    const XML: &str = r#"<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:foaf="http://xmlns.com/foaf/0.1/">
  <dcat:Dataset rdf:about="wells">
    <dct:title xml:lang="en">Wells &amp; springs</dct:title>
    <dct:description>Where water is.</dct:description>
    <dct:license/>
    <dct:publisher>
      <foaf:Agent><foaf:name><![CDATA[Water office]]></foaf:name></foaf:Agent>
    </dct:publisher>
    <dct:accessRights rdf:resource="http://example.org/public?a=1&amp;b=2"/>
  </dcat:Dataset>
</rdf:RDF>"#;

    #[test]
    fn reads_xml_and_knows_where_each_value_stands() {
        let tree = xml(XML);
        let text = |value: Option<Value<'_>>| value.and_then(Value::as_str).map(str::to_owned);
        let wells = tree.root().items().next().expect("a node");
        assert_eq!(text(wells.get("@id")).as_deref(), Some("wells"));
        assert!(XML[wells.span().0..].starts_with("<dcat:Dataset rdf:about"));
        let title = wells.path(&["dct:title", "@value"]);
        assert_eq!(text(title).as_deref(), Some("Wells & springs"));
        assert_eq!(written(XML, title), "Wells &amp; springs");
        assert_eq!(
            written(XML, wells.get("dct:description")),
            "Where water is."
        );
        assert_eq!(text(wells.get("dct:license")).as_deref(), Some(""));
        let access = wells.path(&["dct:accessRights", "@id"]);
        assert_eq!(
            text(access).as_deref(),
            Some("http://example.org/public?a=1&b=2")
        );
        assert_eq!(
            written(XML, access),
            r#""http://example.org/public?a=1&amp;b=2""#
        );
        let office = tree.root().items().nth(1).expect("a second node");
        assert_eq!(
            text(office.get("foaf:name")).as_deref(),
            Some("Water office")
        );
        assert!(XML[office.span().0..].starts_with("<foaf:Agent>"));
    }

    #[test]
    fn says_where_it_breaks() {
        let fails =
            |syntax, text: &str| read(syntax, text, &Bounds::default()).expect_err("broken");
        let broken = TURTLE.replace("1200 ;", "1200");
        let error = fails(Syntax::Turtle, &broken);
        assert!(
            broken[error.offset..].starts_with("dct:license"),
            "{}",
            error.offset
        );
        let error = fails(
            Syntax::RdfXml,
            &XML.replace("</dcat:Dataset>", "</dcat:Data>"),
        );
        assert!(error.message.contains("RDF in XML"), "{}", error.message);
        assert!(error.offset > XML.len() / 2);
    }

    #[test]
    fn refuses_what_costs_more_than_its_length() {
        let refused = |syntax, text: &str| read(syntax, text, &Bounds::default()).is_err();
        assert!(refused(Syntax::Turtle, &"<a> <b> [ <c> ".repeat(500)));
        assert!(refused(Syntax::RdfXml, &"<a>".repeat(500)));
        let many: String = (0..400).map(|it| format!(" a{it}=\"\"")).collect();
        let crowded = XML.replace("<dct:license/>", &format!("<dct:license{many}/>"));
        assert!(refused(Syntax::RdfXml, &crowded));
        let with =
            |definitions: &str| XML.replacen("?>", &format!("?><!DOCTYPE r [{definitions}]>"), 1);
        let unfolding = r#"<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">"#;
        assert!(refused(Syntax::RdfXml, &with(unfolding)));
        let names = r#"<!ENTITY xsd "http://www.w3.org/2001/XMLSchema#">"#;
        assert!(!refused(Syntax::RdfXml, &with(names)));
    }

    #[test]
    fn brackets_in_texts_and_addresses_are_no_nesting() {
        let many = "[(".repeat(200);
        let text = format!(
            "<http://example.org/{many}> <b> \"{many}\\\"{many}\", '''{many}' ''' . # {many}"
        );
        assert_eq!(turtle(&text).root().items().count(), 1);
    }

    #[test]
    fn a_long_text_over_many_lines_is_read_in_a_moment() {
        let lines = "one line of a very long text\n".repeat(200_000);
        let text = format!(
            "<http://example.org/a> <http://purl.org/dc/terms/description> \"\"\"{lines}\"\"\" ."
        );
        let tree = turtle(&text);
        let node = tree.root().items().next().expect("a node");
        assert_eq!(
            node.get("dct:description").map(Value::kind),
            Some(Kind::String)
        );
    }

    #[test]
    fn an_empty_document_has_no_nodes() {
        assert!(turtle("# nothing\n").root().is_empty());
        let empty = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>"#;
        assert!(xml(empty).root().is_empty());
    }

    #[test]
    fn odd_addresses_and_bases_are_kept_as_they_are() {
        for base in [
            "",
            "x",
            ":",
            "//",
            "http:",
            "http://",
            "é",
            "a b",
            "http://[::",
            "?",
            "#",
        ] {
            for address in [
                "", "a", "?q", "#f", "//h", "../..", "::", "http:x", "é{}", "%",
            ] {
                let text =
                    format!("@base <{base}> .\n<{address}> <http://x.example/p> <{address}> .");
                let _ = read(Syntax::Turtle, &text, &Bounds::default());
                let text = XML
                    .replace("<rdf:RDF", &format!("<rdf:RDF xml:base=\"{base}\""))
                    .replace("\"wells\"", &format!("\"{address}\""));
                let _ = read(Syntax::RdfXml, &text, &Bounds::default());
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn damaged_documents_are_refused_or_read(from in 0usize..1000, length in 0usize..40, put in "[\\PC\n\"'<>\\[\\]();.:@_#/&\\\\]{0,12}") {
            for (syntax, text) in [(Syntax::Turtle, TURTLE), (Syntax::RdfXml, XML)] {
                let letters: Vec<char> = text.chars().collect();
                let from = from.min(letters.len());
                let mut damaged: String = letters.iter().take(from).collect();
                damaged.push_str(&put);
                damaged.extend(letters.iter().skip(from + length));
                if let Ok(tree) = read(syntax, &damaged, &Bounds::default()) {
                    for node in tree.root().items() {
                        let (start, end) = node.span();
                        proptest::prop_assert!(start <= end && end <= damaged.len());
                    }
                }
            }
        }
    }
}
