//! `cargo dev corpus`: judge a folder of published records, and count what is read and what is found.

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::Instant;

use datasteward::{Options, Report, Source, check};

/// Folders of the formats that are read, one below the corpus.
const FOLDERS: [&str; 4] = [
    "socrata-discovery",
    "socrata-view",
    "socrata-genealogy",
    "dcat-us-1.1",
];

/// What to judge.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of records; DATASTEWARD_CORPUS where it is not given.
    #[arg(long, value_name = "FOLDER")]
    corpus: Option<PathBuf>,
    /// Only these folders in it.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// The day of judgement, so that two runs can be compared.
    #[arg(long, default_value = "2022-07-15")]
    as_of: String,
}

/// The folder named, or that of the environment.
pub(crate) fn folder(named: Option<&Path>) -> Result<PathBuf, String> {
    named
        .map(Path::to_path_buf)
        .or_else(|| std::env::var_os("DATASTEWARD_CORPUS").map(PathBuf::from))
        .filter(|folder| folder.is_dir())
        .ok_or_else(|| {
            "There is no folder of records; name one with --corpus or DATASTEWARD_CORPUS."
                .to_owned()
        })
}

#[derive(Default)]
struct Totals {
    files: usize,
    records: usize,
    bytes: usize,
    unread: Vec<String>,
    panicked: Vec<String>,
    by_rule: BTreeMap<(String, String), usize>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let corpus = folder(arguments.corpus.as_deref())?;
    let options = Options::default()
        .with_as_of(&arguments.as_of)
        .map_err(|error| format!("Could not start: {error}."))?;
    let started = Instant::now();
    let mut totals = Totals::default();
    let folders: Vec<String> = if arguments.only.is_empty() {
        FOLDERS.map(str::to_owned).to_vec()
    } else {
        arguments.only.clone()
    };
    for path in folders
        .iter()
        .flat_map(|folder| files(&corpus.join(folder)))
    {
        judge(&path, &corpus, &options, &mut totals)?;
    }
    totals.print(started.elapsed().as_secs_f64());
    if totals.files == 0 {
        return Err("No file was found.".to_owned());
    }
    if totals.unread.is_empty() && totals.panicked.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} records could not be read; {} files made the engine panic.",
        totals.unread.len(),
        totals.panicked.len()
    ))
}

fn judge(path: &Path, corpus: &Path, options: &Options, totals: &mut Totals) -> Result<(), String> {
    let bytes =
        fs::read(path).map_err(|error| format!("Could not read {}: {error}.", path.display()))?;
    let name = path.strip_prefix(corpus).unwrap_or(path);
    let name = name.display().to_string();
    totals.files += 1;
    totals.bytes += bytes.len();
    match catch_unwind(|| check(&[Source::new(&name, &bytes)], options)) {
        Ok(report) => totals.add(&name, &report),
        Err(_) => totals.panicked.push(name),
    }
    Ok(())
}

impl Totals {
    fn add(&mut self, name: &str, report: &Report) {
        self.records += report.datasets.len();
        for finding in &report.findings {
            let rule = (finding.code.clone(), finding.rule.clone());
            *self.by_rule.entry(rule).or_default() += 1;
            // A portal's error reply that was kept in place of a record holds none.
            let is_reply = finding.message.contains("error reply from the portal");
            if finding.rule == "document-unreadable" && !is_reply {
                let line = finding.locations.first().and_then(|place| place.line);
                let line = line.unwrap_or_default();
                self.unread
                    .push(format!("{name}, line {line}: {}", finding.message));
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "sizes of files, for people")]
    fn print(&self, seconds: f64) {
        for ((code, rule), count) in &self.by_rule {
            println!("{count:>8}  {code:<7} {rule}");
        }
        println!(
            "{} files, {:.1} MB, {} records read, {} unread, {seconds:.1} s",
            self.files,
            self.bytes as f64 / 1e6,
            self.records,
            self.unread.len(),
        );
        for sentence in self.unread.iter().chain(&self.panicked) {
            eprintln!("{sentence}");
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "json" || ending == "jsonl")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
