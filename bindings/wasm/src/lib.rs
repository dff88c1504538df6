//! The WebAssembly face: text and bytes in, JSON text out.
//!
//! Nothing is decided here. The public functions, with their documentation and types, are in
//! `js/index.js` and `js/index.d.ts`; this crate carries what they hand over to the engine and back.

// Only its feature is wanted: randomness that comes from JavaScript.
#[cfg(all(feature = "rdf", target_arch = "wasm32"))]
use getrandom as _;

use datasteward::{Source, wire};
use datasteward_data::wire::Data;
use wasm_bindgen::prelude::*;

struct Document {
    name: String,
    bytes: Vec<u8>,
    from_value: bool,
}

/// The documents of one call, gathered one by one.
#[wasm_bindgen]
#[derive(Default)]
pub struct Documents {
    list: Vec<Document>,
}

#[wasm_bindgen]
impl Documents {
    /// An empty list.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Documents {
        Documents::default()
    }

    /// Adds a document as it was read from a file.
    pub fn bytes(&mut self, name: String, bytes: Vec<u8>) {
        self.add(name, bytes, false);
    }

    /// Adds a document as it stands in a text field.
    pub fn text(&mut self, name: String, text: String) {
        self.add(name, text.into_bytes(), false);
    }

    /// Adds a document that was a value in memory; `json` is that value as JSON text.
    pub fn value(&mut self, name: String, json: String) {
        self.add(name, json.into_bytes(), true);
    }

    /// Judges the documents; answers with a report as JSON text.
    pub fn check(&self, options: &str) -> Result<String, JsError> {
        Ok(wire::check(&self.sources(), options)?)
    }

    /// Judges the documents, which describe one dataset, held against the bytes of its data.
    #[wasm_bindgen(js_name = checkWithData)]
    pub fn check_with_data(
        &self,
        options: &str,
        name: &str,
        data: &[u8],
    ) -> Result<String, JsError> {
        let data = Data::Bytes(name, data);
        Ok(datasteward_data::wire::check(
            &self.sources(),
            options,
            data,
        )?)
    }

    /// Says what was understood: a JSON array, one object a dataset.
    pub fn inspect(&self, options: &str) -> Result<String, JsError> {
        Ok(wire::inspect(&self.sources(), options)?)
    }

    /// Puts fixes into the text of the first document; answers with a JSON object.
    pub fn fix(
        &self,
        options: &str,
        unsafe_too: bool,
        only: Vec<String>,
    ) -> Result<String, JsError> {
        let (name, bytes) = self
            .list
            .first()
            .map_or(("", &[] as &[u8]), |it| (&it.name, &it.bytes));
        Ok(wire::fix(
            &Source::new(name, bytes),
            options,
            unsafe_too,
            &only,
        )?)
    }

    fn add(&mut self, name: String, bytes: Vec<u8>, from_value: bool) {
        self.list.push(Document {
            name,
            bytes,
            from_value,
        });
    }

    fn sources(&self) -> Vec<Source<'_>> {
        self.list
            .iter()
            .map(|document| {
                if document.from_value {
                    Source::from_value(&document.name, &document.bytes)
                } else {
                    Source::new(&document.name, &document.bytes)
                }
            })
            .collect()
    }
}

/// A rule with its page, as a JSON object.
#[wasm_bindgen]
pub fn explain(rule: &str) -> Result<String, JsError> {
    Ok(wire::explain(rule)?)
}

/// Every rule, as a JSON array.
#[wasm_bindgen]
pub fn rules() -> String {
    wire::rules()
}

/// A report's JSON text in a form for people, or as a table.
#[wasm_bindgen]
pub fn render(report: &str, form: &str) -> Result<String, JsError> {
    Ok(wire::render(report, form)?)
}
