//! The national metadata profile of Argentina: what its catalogues say of themselves that a schema cannot judge.

use std::collections::BTreeSet;

use super::{fault, short};
use crate::model::Fault;
use crate::source::tree::Value;

/// Themes of the catalogue's own list that share a name: a dataset's theme then means either.
pub(super) fn catalog_faults(header: Value<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (key, what) in [("id", "identifier"), ("label", "label")] {
        let mut seen = BTreeSet::new();
        for theme in header
            .get("themeTaxonomy")
            .into_iter()
            .flat_map(Value::items)
        {
            let Some(value) = theme.get(key) else {
                continue;
            };
            let Some(text) = value
                .as_str()
                .map(str::trim)
                .filter(|text| !text.is_empty())
            else {
                continue;
            };
            if !seen.insert(text) {
                faults.push(fault(
                    value,
                    format!(
                        "Two themes of the catalog's list have the {what} `{}`",
                        short(text)
                    ),
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::catalog_faults;

    #[test]
    fn a_theme_has_a_name_of_its_own() {
        let header = r#"{"themeTaxonomy": [{"id": "compras", "label": "Compras"}, {"id": "compras", "label": "Obras"}, {"id": "", "label": null}]}"#;
        assert_eq!(
            said(header, catalog_faults),
            ["Two themes of the catalog's list have the identifier `compras`"]
        );
    }
}
