//! `cargo dev office`: what LibreOffice makes of a tracker and of tables whose every word from outside is a formula, an
//! escape or a script: texts, and nothing that is worked out.

use std::fs;
use std::path::Path;

use crate::run::{cargo, program, quiet, root, target};
use crate::{pages, setup};

/// Texts that a spreadsheet works out where it takes them for formulas: with each sign that begins one, behind a blank, a
/// tab and a line break, and the old kind that starts programs.
const FORMULAS: [&str; 9] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "=HYPERLINK(\"http://evil.example\";\"trees\")",
    "=cmd|' /C calc'!A0",
];

/// How LibreOffice is told to read a CSV: commas, UTF-8, special numbers looked for, and formulas worked out.
const TOLD_TO_EVALUATE: &str =
    "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,0,true";

/// Opens the files and prints what was found.
pub(crate) fn run() -> Result<(), String> {
    let folder = target().join("office");
    let failed = |error: std::io::Error| format!("failed to write {}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    let mut records = pages::hostile_records();
    for words in FORMULAS {
        records.push_str(&pages::hostile_record(words));
    }
    fs::write(folder.join("hostile.jsonl"), records).map_err(failed)?;
    quiet(
        cargo("build --locked -p datasteward-cli"),
        "build the command",
    )?;
    let office = setup::office()?;
    for (form, name) in [
        ("tracker", "tracker.xlsx"),
        ("tracker", "tracker.csv"),
        ("csv", "findings.csv"),
        ("csv-datasets", "datasets.csv"),
    ] {
        let mut command = program(target().join("debug/datasteward"), ".");
        command
            .args([
                "check",
                "--exit-zero",
                "--as-of",
                "2026-11-25",
                "--format",
                form,
            ])
            .arg("--output")
            .arg(folder.join(name))
            .arg(folder.join("hostile.jsonl"));
        quiet(command, "judge hostile records")?;
        let texts = opened(&office, &folder, name)?;
        println!("{name}: {texts} cells that might be formulas, all of them texts");
    }
    Ok(())
}

/// Has LibreOffice read a file and write down what it has understood; how many cells look like formulas and are texts.
fn opened(office: &Path, folder: &Path, name: &str) -> Result<usize, String> {
    let mut command = program(office, ".");
    command
        .arg(format!(
            "-env:UserInstallation=file://{}",
            root().join(folder).join("profile").display()
        ))
        .args(["--headless", "--convert-to", "fods", "--outdir"])
        .arg(folder);
    if name.ends_with(".csv") {
        command.arg(TOLD_TO_EVALUATE);
    }
    command.arg(folder.join(name));
    quiet(command, "open a table in LibreOffice")?;
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let path = folder.join(stem).with_extension("fods");
    let sheets = fs::read_to_string(&path)
        .map_err(|error| format!("failed to read {}: {error}", path.display()))?;
    // The next file of the same stem must not be taken for this one.
    fs::remove_file(&path)
        .map_err(|error| format!("failed to remove {}: {error}", path.display()))?;
    judged(name, &sheets)
}

/// What LibreOffice has understood: no formula, no link, and the words of the records as texts.
fn judged(name: &str, sheets: &str) -> Result<usize, String> {
    for mark in ["table:formula=", "xlink:href=\"http", "table:dde-link"] {
        if let Some(at) = sheets.find(mark) {
            let near: String = sheets[at..].chars().take(120).collect();
            return Err(format!(
                "LibreOffice took a text of {name} for a formula or a link: {near}"
            ));
        }
    }
    let is_formula = |text: &str| {
        let text = text.trim_start_matches(['\'', ' ']);
        text.starts_with(['=', '+', '@']) || text.starts_with("&apos;=")
    };
    let texts = sheets
        .split("<text:p>")
        .skip(1)
        .filter(|text| is_formula(text))
        .count();
    if texts == 0 {
        return Err(format!("{name} holds none of the words it was made of."));
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::judged;

    #[test]
    fn a_formula_is_told_from_a_text_that_looks_like_one() {
        let text = "<table:table-cell office:value-type=\"string\"><text:p>=1+1</text:p>";
        assert_eq!(judged("t.csv", text), Ok(1));
        let formula =
            "<table:table-cell table:formula=\"of:=1+1\" office:value=\"2\"><text:p>2</text:p>";
        let said = judged("t.csv", formula).err().unwrap_or_default();
        assert!(said.contains("of:=1+1"), "{said}");
        assert!(judged("t.csv", "<text:p>trees</text:p>").is_err());
    }
}
