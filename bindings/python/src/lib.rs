//! The Python face: text and bytes in, JSON text out.
//!
//! Nothing is decided here. The public functions, with their documentation and types, are in
//! `python/datasteward/__init__.py`; this module takes what they have already sorted out, lets go of
//! Python's lock while the engine works, and hands back the engine's answer.

use std::path::Path;

use datasteward::{OptionsError, Source, wire};
use datasteward_data::wire::{CheckError, Data};
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};

create_exception!(
    datasteward,
    OptionError,
    PyValueError,
    "An option, a rule or a form that datasteward does not know."
);

create_exception!(
    datasteward,
    DataError,
    PyValueError,
    "Data that cannot be read, or that belongs to none of the records."
);

/// One document as Python hands it over: its name, its bytes, and whether they were made from a value in memory.
/// Name and bytes stay where Python has them; nothing is copied.
type Document = (PyBackedStr, PyBackedBytes, bool);

fn sources(documents: &[Document]) -> Vec<Source<'_>> {
    documents
        .iter()
        .map(|(name, bytes, from_value)| {
            if *from_value {
                Source::from_value(name, bytes)
            } else {
                Source::new(name, bytes)
            }
        })
        .collect()
}

fn option_error(error: &OptionsError) -> PyErr {
    OptionError::new_err(error.to_string())
}

/// Judges documents; answers with a report as JSON text.
#[pyfunction]
fn check(py: Python<'_>, documents: Vec<Document>, options: &str) -> PyResult<String> {
    py.detach(|| wire::check(&sources(&documents), options))
        .map_err(|error| option_error(&error))
}

/// Judges documents that describe one dataset, held against its data: the file of that name, or these bytes.
#[pyfunction]
fn check_with_data(
    py: Python<'_>,
    documents: Vec<Document>,
    options: &str,
    name: &str,
    bytes: Option<PyBackedBytes>,
) -> PyResult<String> {
    let data = match &bytes {
        Some(bytes) => Data::Bytes(name, bytes),
        None => Data::File(Path::new(name)),
    };
    py.detach(|| datasteward_data::wire::check(&sources(&documents), options, data))
        .map_err(|error| match error {
            CheckError::Options(error) => option_error(&error),
            other => DataError::new_err(other.to_string()),
        })
}

/// Says what was understood: a JSON array, one object a dataset.
#[pyfunction]
fn inspect(py: Python<'_>, documents: Vec<Document>, options: &str) -> PyResult<String> {
    py.detach(|| wire::inspect(&sources(&documents), options))
        .map_err(|error| option_error(&error))
}

/// Puts fixes into the text of one document; answers with a JSON object.
#[pyfunction]
fn fix(
    py: Python<'_>,
    document: Document,
    options: &str,
    unsafe_too: bool,
    only: Vec<String>,
) -> PyResult<String> {
    let (name, bytes, _) = &document;
    py.detach(|| wire::fix(&Source::new(name, bytes), options, unsafe_too, &only))
        .map_err(|error| option_error(&error))
}

/// A rule with its page, as a JSON object.
#[pyfunction]
fn explain(rule: &str) -> PyResult<String> {
    wire::explain(rule).map_err(|error| option_error(&error))
}

/// Every rule, as a JSON array.
#[pyfunction]
fn rules() -> String {
    wire::rules()
}

/// A report's JSON text in another form.
#[pyfunction]
fn render(py: Python<'_>, report: &str, form: &str) -> PyResult<String> {
    py.detach(|| wire::render(report, form))
        .map_err(|error| option_error(&error))
}

/// The compiled half of the package `datasteward`.
#[pymodule]
fn _datasteward(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("OptionError", module.py().get_type::<OptionError>())?;
    module.add("DataError", module.py().get_type::<DataError>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(check, module)?)?;
    module.add_function(wrap_pyfunction!(check_with_data, module)?)?;
    module.add_function(wrap_pyfunction!(inspect, module)?)?;
    module.add_function(wrap_pyfunction!(fix, module)?)?;
    module.add_function(wrap_pyfunction!(explain, module)?)?;
    module.add_function(wrap_pyfunction!(rules, module)?)?;
    module.add_function(wrap_pyfunction!(render, module)?)?;
    Ok(())
}
