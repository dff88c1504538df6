//! Files as people export them, and files that are broken.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::path::{Path, PathBuf};

use datasteward::lexicon::roles::DataType;
use datasteward::model::DataFacts;
use datasteward_data::{DataError, profile, profile_bytes};
use proptest::prelude::*;

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn names(facts: &DataFacts) -> Vec<&str> {
    facts.columns.iter().map(|it| it.name.as_str()).collect()
}

#[test]
fn tables_are_read_with_any_delimiter_and_a_mark_at_the_start() {
    for text in [
        "\u{feff}name,height\noak,\"3.5\"\n\nelm,4\n",
        "name;height\r\noak;3.5\r\nelm;4\r\n",
        "name\theight\noak\t3.5\nelm\t4",
    ] {
        let facts = profile_bytes(text.as_bytes(), "t.csv").unwrap();
        assert_eq!(names(&facts), ["name", "height"]);
        assert_eq!(facts.rows, Some(2), "{text}");
        assert_eq!(facts.columns[1].largest.as_deref(), Some("4"));
    }
    // Windows-1252, and a row cut short.
    let facts = profile_bytes(b"stra\xdfe,n\nHauptstra\xdfe\n", "t.csv").unwrap();
    assert_eq!(names(&facts), ["straße", "n"]);
    assert_eq!(facts.columns[1].filled, Some(0));
    // Headings alone are a table without rows.
    assert_eq!(profile_bytes(b"a,b\n", "t.csv").unwrap().rows, Some(0));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_of_another_writer_is_read_from_a_file_and_in_memory() {
    // Written by Arrow for Python.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity/data/trees.parquet");
    let facts = profile(&path).unwrap();
    assert_eq!(names(&facts), ["TREE_ID", "HEIGHT", "PLANTED", "NOTES"]);
    assert_eq!(facts.rows, Some(4));
    assert_eq!(facts.columns[1].filled, Some(3));
    assert_eq!(facts.columns[2].largest.as_deref(), Some("2021-03-11"));
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(profile_bytes(&bytes, "trees.parquet").unwrap(), facts);
    assert!(profile_bytes(&bytes[..bytes.len() - 8], "t").is_err());
}

#[test]
fn features_are_read_with_their_shape() {
    let text = br#"{"type": "FeatureCollection", "name": "parks", "features": [
        {"type": "Feature", "properties": {"park": "A", "acres": 2.5}, "geometry": {"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]]}},
        {"type": "Feature", "properties": {"park": "B", "acres": null, "opened": "2019-05-01"}, "geometry": null}]}"#;
    let facts = profile(&file("parks.geojson", text)).unwrap();
    assert_eq!(
        (facts.name.as_str(), facts.rows),
        ("parks.geojson", Some(2))
    );
    assert_eq!(names(&facts), ["park", "acres", "geometry", "opened"]);
    assert_eq!(facts.columns[2].datatype, DataType::Polygon);
    assert_eq!(facts.columns[3].datatype, DataType::Date);
    assert_eq!(facts.columns[1].filled, Some(1));
}

#[test]
fn a_sheet_below_a_title_is_read() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "Trees of the city").unwrap();
    for (row, cells) in [
        ["species", "height", "zone"],
        ["oak", "3", "a"],
        ["elm", "4", "b"],
    ]
    .into_iter()
    .enumerate()
    {
        for (column, cell) in cells.into_iter().enumerate() {
            let row = u32::try_from(row + 2).unwrap();
            sheet
                .write(row, u16::try_from(column).unwrap(), cell)
                .unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let facts = profile(&file("trees.xlsx", &bytes)).unwrap();
    assert_eq!(names(&facts), ["species", "height", "zone"]);
    assert_eq!(facts.rows, Some(2));
    assert_eq!(facts.columns[1].datatype, DataType::Integer);
}

#[test]
fn what_cannot_be_read_is_told_in_a_sentence() {
    let said = |path: &Path| profile(path).unwrap_err().to_string();
    assert!(said(Path::new(env!("CARGO_TARGET_TMPDIR"))).contains("it is a folder"));
    for (name, bytes, wanted) in [
        ("empty.csv", &b""[..], "it is empty"),
        ("blank.csv", b" \n\n", "it is empty"),
        (
            "more.csv",
            b"a,b\n1,2\n1,2,3\n",
            "the row on line 3 has 3 cells",
        ),
        ("page.csv", b"<html></html>", "it is no CSV"),
        ("list.json", b"[1, 2]", "it is no CSV"),
        ("other.json", b"{\"a\": 1}", "without `features`"),
        (
            "cut.geojson",
            b"{\"features\": [{\"prop",
            "no GeoJSON that can be read",
        ),
        ("wide.csv", b"\xff\xfea\0", "UTF-16"),
        ("bytes.csv", b"a\0b", "it is no CSV"),
        ("zip.xlsx", b"PK\x03\x04 nothing", "not an Excel workbook"),
        #[cfg(feature = "parquet")]
        ("cut.parquet", b"PAR1 nothing", "no Parquet file"),
    ] {
        let said = said(&file(name, bytes));
        assert!(said.contains(wanted), "{name}: {said}");
    }
    assert!(matches!(
        profile(Path::new("nowhere.csv")),
        Err(DataError::Io(_))
    ));
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
    let mut text = b"a,b\n1,\"".to_vec();
    text.resize(40 << 20, b'x');
    let said = profile_bytes(&text, "t.csv").unwrap_err().to_string();
    assert!(said.contains("never closed"), "{said}");
}

proptest! {
    #[test]
    fn no_bytes_stop_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = profile_bytes(&bytes, "t.csv");
        let path = file("any", &bytes);
        let _ = profile(&path);
    }

    #[test]
    fn rows_are_counted_whatever_stands_in_them(cells in proptest::collection::vec("[^\"\\r\\n\\x00]{1,20}", 1..50)) {
        let mut text = "head,other\n".to_owned();
        for cell in &cells {
            text.push_str(&format!("\"{cell}\",1\n"));
        }
        let facts = profile_bytes(text.as_bytes(), "t.csv").unwrap();
        prop_assert_eq!(facts.rows, Some(cells.len() as u64));
    }
}
