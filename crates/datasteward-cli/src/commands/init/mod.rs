//! `datasteward init`: a configuration to begin with, and a record half written from the data.

mod draft;
mod forms;

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::args::{DraftFormat, InitCommand};
use crate::{Failure, output};

/// Every option, explained and commented out: as it stands it changes nothing.
const CONFIGURATION: &str = include_str!("datasteward.toml");
const NAME: &str = "datasteward.toml";

pub(super) fn run(
    command: Option<&InitCommand>,
    folder: Option<&Path>,
) -> Result<ExitCode, Failure> {
    match command {
        None => configuration(folder.unwrap_or(Path::new("."))),
        Some(InitCommand::Metadata { from, form, output }) => {
            metadata(from, *form, output.as_deref())
        }
    }
}

fn configuration(folder: &Path) -> Result<ExitCode, Failure> {
    let path = folder.join(NAME);
    let path = path.strip_prefix("./").map_or(path.clone(), PathBuf::from);
    create(&path, CONFIGURATION)?;
    eprintln!(
        "wrote {}; every option in it is explained and switched off",
        path.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn metadata(from: &Path, form: DraftFormat, file: Option<&Path>) -> Result<ExitCode, Failure> {
    let facts = super::data_facts(from)?;
    let draft = draft::Draft::of(&facts);
    let text = forms::write(&draft, form);
    match file {
        Some(path) => create(path, &text)?,
        None => output::write(&text, None)?,
    }
    eprintln!(
        "Fill in what is empty and what stands in {{{{braces}}}}; then `datasteward check` says what is left."
    );
    Ok(ExitCode::SUCCESS)
}

/// A new file. One that is there already is somebody's work and stays as it is.
fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let made = std::fs::File::options()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    made.map_err(|error| Failure::Write {
        path: path.display().to_string(),
        reason: match error.kind() {
            ErrorKind::AlreadyExists => {
                "it is there already and stays as it is; move it away or choose another name"
                    .to_owned()
            }
            ErrorKind::NotFound => "there is no such folder".to_owned(),
            _ => error.to_string(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::CONFIGURATION;

    #[test]
    fn the_configuration_is_read_as_it_stands_and_with_every_option_switched_on() {
        let read = |text: &str| {
            let table: toml::Table = text.parse().expect("a configuration");
            let json = serde_json::to_string(&table).expect("as JSON");
            datasteward::Options::from_json(&json).map(|_| table.len())
        };
        assert_eq!(read(CONFIGURATION), Ok(0));
        // An option is commented out with `#` alone, a remark with `# `.
        let on: Vec<&str> = CONFIGURATION
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(option) if !option.starts_with(' ') => option,
                _ => line,
            })
            .filter(|line| !line.starts_with("schema"))
            .collect();
        assert_eq!(read(&on.join("\n")), Ok(9));
    }
}
