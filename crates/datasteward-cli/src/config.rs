//! `datasteward.toml`: a department's own options, found beside the files judged or in a folder above them.
//!
//! Its keys are those of the engine's options (`profile`, `required`, `recommended`, `select`, `ignore`, `severity`,
//! `read_as`, `as_of`, `acknowledge`); `schema` names a file, beside the configuration. Where there is no such file a
//! `[tool.datasteward]` table in `pyproject.toml` will do. What is said on the command line comes after it.

use std::path::{Path, PathBuf};

use datasteward::Options;

use crate::Failure;

const NAME: &str = "datasteward.toml";
const PYPROJECT: &str = "pyproject.toml";

/// The options of the configuration that was named, or is found upwards from the first path judged.
pub(crate) fn options(named: Option<&Path>, judged: Option<&Path>) -> Result<Options, Failure> {
    let found = match named {
        Some(path) => Some(path.to_owned()),
        None => judged.and_then(find),
    };
    let Some(path) = found else {
        return Ok(Options::default());
    };
    let text = std::fs::read_to_string(&path).map_err(|error| failed(&path, error.to_string()))?;
    let mut table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        failed(&path, error.to_string().trim().replace('\n', " "))
    })?;
    if path.file_name().is_some_and(|name| name == PYPROJECT) {
        table = match own_table(table) {
            Some(table) => table,
            None => return Ok(Options::default()),
        };
    }
    // A day may stand with or without quotes.
    let mut table = toml::Value::Table(table);
    days_as_text(&mut table);
    let mut json =
        serde_json::to_value(&table).map_err(|error| failed(&path, error.to_string()))?;
    if let Some(schema) = json.get_mut("schema") {
        let name = schema.as_str().unwrap_or_default();
        let beside = path.parent().unwrap_or(Path::new("")).join(name);
        let text =
            std::fs::read_to_string(&beside).map_err(|error| failed(&beside, error.to_string()))?;
        *schema = serde_json::Value::String(text);
    }
    Options::from_json(&json.to_string()).map_err(|error| failed(&path, error.to_string()))
}

fn failed(path: &Path, reason: String) -> Failure {
    Failure::Read {
        path: path.display().to_string(),
        reason,
    }
}

fn days_as_text(value: &mut toml::Value) {
    match value {
        toml::Value::Datetime(day) => *value = toml::Value::String(day.to_string()),
        toml::Value::Array(list) => list.iter_mut().for_each(days_as_text),
        toml::Value::Table(table) => table.iter_mut().for_each(|(_, part)| days_as_text(part)),
        _ => {}
    }
}

fn own_table(mut pyproject: toml::Table) -> Option<toml::Table> {
    match pyproject.remove("tool")? {
        toml::Value::Table(mut tools) => match tools.remove("datasteward")? {
            toml::Value::Table(own) => Some(own),
            _ => None,
        },
        _ => None,
    }
}

/// The nearest configuration in the folder of a path or above it.
fn find(path: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(path).ok()?;
    let folders = start.ancestors().skip(usize::from(!start.is_dir()));
    for folder in folders {
        let own = folder.join(NAME);
        if own.is_file() {
            return Some(own);
        }
        let pyproject = folder.join(PYPROJECT);
        let has_table = std::fs::read_to_string(&pyproject)
            .is_ok_and(|text| text.contains("[tool.datasteward"));
        if has_table {
            return Some(pyproject);
        }
    }
    None
}
