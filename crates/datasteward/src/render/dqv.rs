//! The scores in the W3C Data Quality Vocabulary, for catalogues that publish the quality of their datasets.
//!
//! One measurement a dataset and area (a share between 0 and 1) and one a dataset and item that could be judged (whether
//! it is in order). What does not apply or cannot be told is not measured. The metrics are our own and described in the
//! same document. Both syntaxes say the same, triple for triple.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::report::{Dataset, Outcome, Report};
use crate::rule::{Area, Item};

/// Names of our own: metrics and dimensions.
const OWN: &str = "urn:x-datasteward:";

/// The vocabularies, by the prefixes used below.
const PREFIXES: [(&str, &str); 8] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("dqv", "http://www.w3.org/ns/dqv#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("qb", "http://purl.org/linked-data/cube#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A thing that is spoken of: an address, or a node of this document.
enum Name {
    Iri(String),
    Blank(String),
}

/// What a thing is said to be, have or measure.
enum Object {
    Iri(String),
    Node(Name),
    Text(String),
    /// A text in English.
    English(String),
    /// A lexical form and the name of its type in XML Schema.
    Typed(String, &'static str),
    /// A thing without a name, described on the spot.
    Inline(Vec<(&'static str, Object)>),
}

/// A thing with what is said of it, by prefixed names of properties; the type first.
struct Node {
    name: Name,
    says: Vec<(&'static str, Object)>,
}

/// Writes the scores as JSON-LD; its context stands in the document.
#[must_use]
pub fn dqv(report: &Report) -> String {
    let context: Map<String, Value> = PREFIXES
        .iter()
        .map(|(prefix, iri)| ((*prefix).to_owned(), json!(iri)))
        .collect();
    let graph: Vec<Value> = nodes(report)
        .into_iter()
        .map(|node| {
            let mut object = Map::new();
            object.insert("@id".to_owned(), json!(address(&node.name)));
            describe(&mut object, &node.says);
            Value::Object(object)
        })
        .collect();
    format!("{:#}\n", json!({ "@context": context, "@graph": graph }))
}

/// Writes the scores as Turtle.
#[must_use]
pub fn dqv_turtle(report: &Report) -> String {
    let mut out = String::new();
    for (prefix, iri) in PREFIXES {
        let _ = writeln!(out, "@prefix {prefix}: <{iri}> .");
    }
    for node in nodes(report) {
        out.push('\n');
        name(&mut out, &node.name);
        statements(&mut out, &node.says, 1);
        out.push_str(" .\n");
    }
    out
}

fn nodes(report: &Report) -> Vec<Node> {
    let mut nodes = vec![about_the_report(report)];
    for area in Area::ALL {
        nodes.push(dimension(area));
        nodes.push(area_metric(area));
        let items = Item::TEN
            .into_iter()
            .filter(|item| item.area() == Some(area));
        nodes.extend(items.map(|item| item_metric(item, area)));
    }
    nodes.extend(
        report
            .datasets
            .iter()
            .enumerate()
            .map(|(index, dataset)| measured(index, dataset)),
    );
    nodes
}

fn about_the_report(report: &Report) -> Node {
    let tool = vec![
        ("rdf:type", Object::Iri("prov:SoftwareAgent".to_owned())),
        (
            "foaf:name",
            Object::Text(format!("{} {}", report.tool.name, report.tool.version)),
        ),
    ];
    let mut says = vec![
        (
            "rdf:type",
            Object::Iri("dqv:QualityMeasurementDataset".to_owned()),
        ),
        ("prov:wasAttributedTo", Object::Inline(tool)),
    ];
    if let Some(day) = &report.as_of {
        says.push(("dcterms:date", Object::Typed(day.clone(), "xsd:date")));
    }
    Node {
        name: Name::Blank("report".to_owned()),
        says,
    }
}

fn own(kind: &str, name: &str) -> String {
    format!("{OWN}{kind}:{name}")
}

fn area_name(area: Area) -> String {
    area.as_str().to_ascii_lowercase()
}

fn dimension(area: Area) -> Node {
    Node {
        name: Name::Iri(own("dimension", &area_name(area))),
        says: vec![
            ("rdf:type", Object::Iri("dqv:Dimension".to_owned())),
            ("skos:prefLabel", Object::English(area.as_str().to_owned())),
        ],
    }
}

fn metric(name: &str, label: String, definition: String, kind: &str, area: Area) -> Node {
    Node {
        name: Name::Iri(own("metric", name)),
        says: vec![
            ("rdf:type", Object::Iri("dqv:Metric".to_owned())),
            ("skos:prefLabel", Object::English(label)),
            ("skos:definition", Object::English(definition)),
            ("dqv:expectedDataType", Object::Iri(kind.to_owned())),
            (
                "dqv:inDimension",
                Object::Node(Name::Iri(own("dimension", &area_name(area)))),
            ),
        ],
    }
}

fn area_metric(area: Area) -> Node {
    let definition = format!(
        "The mean credit, from 0 to 1, of the items of the area {} that could be judged.",
        area.as_str()
    );
    metric(
        &area_name(area),
        area.as_str().to_owned(),
        definition,
        "xsd:decimal",
        area,
    )
}

fn item_metric(item: Item, area: Area) -> Node {
    let label = format!("{}: {}", item.code(), item.label());
    let definition = format!(
        "Whether item {} of the City of Los Angeles data standards checklist ({}) is in order.",
        item.code(),
        item.label()
    );
    metric(item.code(), label, definition, "xsd:boolean", area)
}

fn measured(index: usize, dataset: &Dataset) -> Node {
    let name = || match dataset.id.as_deref().filter(|id| is_address(id)) {
        Some(iri) => Name::Iri(iri.to_owned()),
        None => Name::Blank(format!("dataset{index}")),
    };
    let mut says = vec![("rdf:type", Object::Iri("dcat:Dataset".to_owned()))];
    for (property, text) in [
        ("dcterms:identifier", &dataset.id),
        ("dcterms:title", &dataset.title),
    ] {
        says.extend(
            text.iter()
                .map(|text| (property, Object::Text(text.clone()))),
        );
    }
    let mut measure = |metric: &str, value: String, kind: &'static str| {
        let measurement = vec![
            ("rdf:type", Object::Iri("dqv:QualityMeasurement".to_owned())),
            ("dqv:computedOn", Object::Node(name())),
            (
                "dqv:isMeasurementOf",
                Object::Node(Name::Iri(own("metric", metric))),
            ),
            ("dqv:value", Object::Typed(value, kind)),
            ("qb:dataSet", Object::Node(Name::Blank("report".to_owned()))),
        ];
        says.push(("dqv:hasQualityMeasurement", Object::Inline(measurement)));
    };
    for (area, score) in Area::ALL.iter().zip(dataset.areas.each()) {
        if let Some(score) = score.score {
            measure(&area_name(*area), format!("{score:.2}"), "xsd:decimal");
        }
    }
    for item in &dataset.items {
        let known = Item::TEN.iter().find(|known| known.code() == item.item);
        let value = match item.outcome {
            Outcome::Pass => "true",
            Outcome::Fail => "false",
            Outcome::NotApplicable | Outcome::Unknown => continue,
        };
        if let Some(known) = known {
            measure(known.code(), value.to_owned(), "xsd:boolean");
        }
    }
    Node { name: name(), says }
}

/// Whether an identifier is a web address that needs no escape in any syntax. In doubt it is none: the dataset is then a
/// node with the identifier beside it, which says as much.
fn is_address(id: &str) -> bool {
    let Some(rest) = id
        .strip_prefix("https://")
        .or_else(|| id.strip_prefix("http://"))
    else {
        return false;
    };
    let (host, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !host.is_empty()
        && host.bytes().all(plain)
        && tail
            .bytes()
            .all(|byte| plain(byte) || b"/?#!$&'()*+,;=:@".contains(&byte))
        && tail.matches('#').count() < 2
}

fn address(name: &Name) -> String {
    match name {
        Name::Iri(iri) => iri.clone(),
        Name::Blank(label) => format!("_:{label}"),
    }
}

/// JSON-LD: what is said of a thing, as members of its object.
fn describe(object: &mut Map<String, Value>, says: &[(&'static str, Object)]) {
    for (property, said) in says {
        let value = match said {
            Object::Iri(iri) if *property == "rdf:type" => json!(iri),
            Object::Iri(iri) => json!({ "@id": iri }),
            Object::Node(name) => json!({ "@id": address(name) }),
            Object::Text(text) => json!(text),
            Object::English(text) => json!({ "@value": text, "@language": "en" }),
            Object::Typed(text, kind) => json!({ "@value": text, "@type": kind }),
            Object::Inline(says) => {
                let mut inner = Map::new();
                describe(&mut inner, says);
                Value::Object(inner)
            }
        };
        let key = if *property == "rdf:type" {
            "@type"
        } else {
            property
        };
        match object.get_mut(key) {
            Some(Value::Array(list)) => list.push(value),
            Some(one) => *one = json!([one.take(), value]),
            None => {
                object.insert(key.to_owned(), value);
            }
        }
    }
}

/// Turtle: the same, as a list of properties.
fn statements(out: &mut String, says: &[(&'static str, Object)], depth: usize) {
    for (index, (property, said)) in says.iter().enumerate() {
        if index > 0 {
            out.push_str(" ;");
        }
        let property = if *property == "rdf:type" {
            "a"
        } else {
            property
        };
        let _ = write!(out, "\n{}{property} ", "  ".repeat(depth));
        match said {
            Object::Iri(prefixed) => out.push_str(prefixed),
            Object::Node(node) => name(out, node),
            Object::Text(text) => literal(out, text),
            Object::English(text) => {
                literal(out, text);
                out.push_str("@en");
            }
            Object::Typed(text, kind) => {
                literal(out, text);
                let _ = write!(out, "^^{kind}");
            }
            Object::Inline(says) => {
                out.push('[');
                statements(out, says, depth + 1);
                let _ = write!(out, "\n{}]", "  ".repeat(depth));
            }
        }
    }
}

fn name(out: &mut String, name: &Name) {
    match name {
        Name::Iri(iri) => {
            let _ = write!(out, "<{iri}>");
        }
        Name::Blank(label) => {
            let _ = write!(out, "_:{label}");
        }
    }
}

/// A text between quotation marks: what would end it, steer a terminal or turn the reading order is escaped.
fn literal(out: &mut String, text: &str) {
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(out, "\\u{:04X}", u32::from(sign));
            }
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn only_a_plain_web_address_names_a_dataset() {
        for id in [
            "https://data.city.example/d/ab12-cd34",
            "http://x.example?q=a,b#c",
        ] {
            assert!(is_address(id), "{id}");
        }
        for id in [
            "ab12-cd34",
            "https://",
            "https://x.example/a b",
            "https://x.example/>\"",
            "https://user:word@x.example/",
            "https://x.example/#a#b",
            "javascript:alert(1)",
            "https://x.example/%zz",
        ] {
            assert!(!is_address(id), "{id}");
        }
    }
}
