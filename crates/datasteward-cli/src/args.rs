//! What can be said on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use datasteward::render::{self, FORMS, Form};

/// Reads the metadata of open datasets and says in plain words what a reader will stumble over.
#[derive(Debug, Parser)]
#[command(name = "datasteward", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge the datasets in files or folders.
    Check(Box<CheckArguments>),
    /// Put the safe fixes of findings into the files themselves; every other byte stays as it is.
    Fix(FixArguments),
    /// Show what was understood of each dataset, without findings.
    Inspect(InspectArguments),
    /// Explain a rule, an item or area of the checklist, or a field, and say where it is edited.
    Explain {
        /// A rule (`refresh-overdue`, `C3-03`), an item (`C3`), an area (`consistency`) or a field (`license`).
        topic: String,
    },
    /// Write the metadata guide: the checklist, every rule, and where each field is edited.
    Guide {
        /// How the guide is written.
        #[arg(long, value_enum, default_value_t = GuideFormat::Markdown)]
        format: GuideFormat,
        /// Write the guide to this file, not to standard output.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print model records to copy from: a table, a map layer and a filtered view that have no finding.
    Examples {
        /// The record: `table`, `map-layer`, `filtered-view`, or `faults` for one with faults planted in it.
        name: Option<String>,
        /// The format of the record: `socrata`, `arcgis-hub`, `ckan`, `data.json`, `data-package` …
        #[arg(long)]
        format: Option<String>,
        /// Write to this file, not to standard output.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Begin: write a `datasteward.toml` with every option explained, or draft a record from a file of data.
    #[command(args_conflicts_with_subcommands = true)]
    Init {
        #[command(subcommand)]
        command: Option<InitCommand>,
        /// The folder for `datasteward.toml`; this one where none is given.
        folder: Option<PathBuf>,
    },
    /// Show how the figures in a history file went over time; `check --history FILE` writes one.
    History {
        /// The history.
        file: PathBuf,
        /// How it is written.
        #[arg(long, value_enum, default_value_t = HistoryFormat::Text)]
        format: HistoryFormat,
        /// Write to this file, not to standard output.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// List the rules.
    Rules {
        /// How the list is written.
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// List the formats that are read, and by what each is known.
    Formats {
        /// How the list is written.
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Write the completions of a shell to standard output.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder.
    Man {
        /// The folder; it is made where there is none.
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum InitCommand {
    /// Draft the record of a dataset from its data: fields, types, rows, days covered, and what a person must write.
    Metadata {
        /// A CSV, GeoJSON, Excel or Parquet file.
        from: PathBuf,
        /// The format of the record.
        #[arg(long = "as", value_enum, default_value_t = DraftFormat::Native)]
        form: DraftFormat,
        /// Write the record to this new file, not to standard output.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DraftFormat {
    /// datasteward's own, which has a place for everything.
    Native,
    /// A Data Package.
    DataPackage,
    /// A `data.json` with one dataset.
    #[value(name = "data.json", alias = "dcat-us-1.1")]
    DataJson,
    /// A CKAN package.
    Ckan,
}

#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files or folders; `-` reads standard input.
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The name of what comes from standard input, for messages.
    #[arg(long, default_value = "standard input")]
    pub(crate) stdin_name: String,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// How the report is written.
    #[arg(long, default_value = "text", value_parser = form())]
    pub(crate) format: &'static Form,
    /// Write the report to this file, not to standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// With `--format tracker`: keep the steward's own columns of this earlier tracker, CSV or XLSX. With `--output
    /// tracker.xlsx` the tracker is a workbook with a sheet a department.
    #[arg(long, value_name = "FILE")]
    pub(crate) tracker_from: Option<PathBuf>,
    /// With `--format tracker` or `dashboard`: what people ask for, a CSV with `dataset` or `subject`, `date` and `count`.
    #[arg(long, value_name = "FILE")]
    pub(crate) requests: Option<PathBuf>,
    /// The day of judgement, as 2026-11-25; today where it is not given.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The set of expectations: `la` where nothing is said; `docs/profiles.md` lists them.
    #[arg(long)]
    pub(crate) profile: Option<String>,
    /// Ask for these fields as well, whatever the profile says: `contact,row-label`.
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(crate) require: Vec<String>,
    /// Hold every record against this JSON Schema of your own.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// Hold the record against its data: a CSV, GeoJSON, Excel or Parquet file. Goes with one record.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// What a link checker found: a table with the headings `url`, `status` and `checked`, or such a list in JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) link_check: Option<PathBuf>,
    /// The format of the records, where it should not be told from them: see `datasteward formats`.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) read_as: Option<String>,
    /// The configuration; otherwise `datasteward.toml` beside the files judged or in a folder above them.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Let only these rules speak.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Silence these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Weigh a rule differently: `refresh-overdue=info`.
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',')]
    pub(crate) severity: Vec<String>,
    /// End with exit code 1 from this severity on.
    #[arg(long, value_enum, default_value_t = Level::Warning)]
    pub(crate) fail_on: Level,
    /// End with exit code 0 whatever is found.
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Write out at most this many findings, the gravest; 0 for all. Text stops at 200 where it is not given.
    #[arg(long, value_name = "N")]
    pub(crate) max_findings: Option<usize>,
    /// Be silent about the findings that this file knows, and tell how many of them are gone.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings to this file as known; the run does not fail for them.
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Write down the figures of this run in this small file, one line a day, and show how they went over time.
    #[arg(long, value_name = "FILE")]
    pub(crate) history: Option<PathBuf>,
    /// Write how often each rule speaks, not the findings; as text or json.
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Write no notes to standard error, and no text or markdown where nothing is found at the level of `--fail-on`.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// How many threads judge records; all that the machine has where it is not given. The report is the same.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Judge each file as a catalogue of its own: datasets of different files are not held against each other.
    #[arg(long)]
    pub(crate) each_file: bool,
    /// Do not show how far a long run is.
    #[arg(long)]
    pub(crate) no_progress: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FixArguments {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Also put fixes in place that a person should read first.
    #[arg(long = "unsafe")]
    pub(crate) needs_review: bool,
    /// Show what would be changed as a unified diff, and change nothing; exit code 1 where there is something.
    #[arg(long)]
    pub(crate) diff: bool,
    /// Ask at the terminal, one finding after the other.
    #[arg(long, conflicts_with = "needs_review")]
    pub(crate) review: bool,
    /// Only the fixes of these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// The day of judgement, as 2026-11-25; today where it is not given.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The configuration; otherwise `datasteward.toml` beside the files or in a folder above them.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArguments {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = InspectFormat::Text)]
    pub(crate) format: InspectFormat,
    /// The day of judgement, as 2026-11-25; today where it is not given.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The format of the records, where it should not be told from them: see `datasteward formats`.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) read_as: Option<String>,
}

/// The forms of the engine, by their names.
fn form() -> impl TypedValueParser<Value = &'static Form> {
    let names = FORMS
        .iter()
        .map(|form| PossibleValue::new(form.name).help(form.about));
    PossibleValuesParser::new(names).try_map(|name| render::form(&name).ok_or("no such form"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// Fields, places and judgements for people.
    Text,
    /// The same as one JSON object a dataset.
    Jsonl,
    /// The records in datasteward's own format, as one document.
    Native,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HistoryFormat {
    /// The course, drawn with small bars.
    Text,
    /// A table, one row a run.
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GuideFormat {
    /// One page to read or print.
    Html,
    /// For a wiki.
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Level {
    Info,
    Warning,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}
