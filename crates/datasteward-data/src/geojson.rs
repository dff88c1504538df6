//! GeoJSON: a collection of features, one at a time.

use std::fmt;
use std::io::Read;

use datasteward::lexicon::roles::DataType;
use datasteward::model::DataFacts;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::DataError;
use crate::collect::Collector;

pub(crate) fn profile(file: impl Read) -> Result<DataFacts, DataError> {
    let mut json = serde_json::Deserializer::from_reader(file);
    let mut table = Collector::default();
    let seen = Collection { table: &mut table }.deserialize(&mut json);
    match seen {
        Err(error) => Err(DataError::Broken(format!(
            "it is no GeoJSON that can be read: {error}"
        ))),
        Ok(false) => Err(DataError::Broken(
            "it is JSON without `features`; of JSON only GeoJSON is read as data".to_owned(),
        )),
        Ok(true) => Ok(table.finish()),
    }
}

/// The document: whether it had features.
struct Collection<'c> {
    table: &'c mut Collector,
}

impl<'de> DeserializeSeed<'de> for Collection<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<bool, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = bool;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a collection of features")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<bool, M::Error> {
        let mut seen = false;
        while let Some(key) = members.next_key::<String>()? {
            if key == "features" {
                seen = true;
                members.next_value_seed(Features { table: self.table })?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(seen)
    }
}

struct Features<'c> {
    table: &'c mut Collector,
}

/// What is looked at of a feature; the corners of its shape are passed over.
#[derive(Deserialize)]
struct Feature {
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of features")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<(), S::Error> {
        while let Some(feature) = items.next_element::<Feature>()? {
            self.table.row();
            for (name, value) in feature.properties.unwrap_or_default() {
                if self.table.len() > 5_000 {
                    return Err(S::Error::custom("the features have more than 5,000 fields"));
                }
                let at = self.table.named(&name);
                match value {
                    Value::Null => {}
                    Value::String(text) => self.table.value(at, &text),
                    other => self.table.value(at, &other.to_string()),
                }
            }
            if let Some(kind) = feature.geometry.and_then(|geometry| geometry.kind) {
                self.table.shape("geometry", DataType::parse(&kind));
            }
        }
        Ok(())
    }
}
