//! `datasteward fix`: the fixes of findings put into the files themselves.

mod diff;

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use datasteward::fix::{Fixed, Left};
use datasteward::report::{Finding, Fix, Safety};
use datasteward::{Options, Source, render, rules};

use crate::args::FixArguments;
use crate::inputs::Input;
use crate::{Failure, config, inputs, output};

pub(super) fn run(arguments: &FixArguments) -> Result<ExitCode, Failure> {
    let options = options(arguments)?;
    let selected = selected(&arguments.select)?;
    if arguments.review && !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "`--review` asks at a terminal, and standard input is none; `--diff` shows what would be changed"
                .to_owned(),
        ));
    }
    let mut review = Review::default();
    let mut sum = Sum::default();
    for input in &inputs::list(&arguments.inputs)? {
        let Some(path) = input.path() else {
            return Err(Failure::Usage(
                "`fix` changes files, and standard input is none; name a file".to_owned(),
            ));
        };
        let bytes = std::fs::read(path).map_err(|error| input.failed(&error))?;
        let source = Source::new(&input.name, &bytes);
        if input.found && !datasteward::is_metadata(&source) {
            continue;
        }
        let fixed = datasteward::fix::fix(&source, &options, |finding, fix| {
            let is_meant = selected.is_empty() || selected.contains(&&*finding.rule);
            let is_allowed =
                fix.safety == Safety::Safe || arguments.needs_review || arguments.review;
            is_meant
                && is_allowed
                && (!arguments.review
                    || review.asks(finding, fix, std::io::stdin().lock(), std::io::stderr()))
        });
        sum.add(input, &fixed);
        if fixed.applied.is_empty() {
            continue;
        }
        if arguments.diff {
            output::write(&diff::unified(&input.name, &bytes, &fixed.bytes), None)?;
        } else if let Err(failure) = put_in_place(path, &bytes, &fixed.bytes) {
            eprintln!("datasteward: {failure}");
            sum.has_failed = true;
        }
    }
    Ok(sum.told(arguments))
}

fn options(arguments: &FixArguments) -> Result<Options, Failure> {
    let judged = arguments.inputs.paths.first();
    let found = config::options(arguments.config.as_deref(), judged.map(PathBuf::as_path))?;
    super::with_day(found, arguments.as_of.as_deref())
}

/// The rules named, by their ids. The others are asked all the same: no fix may make them speak.
fn selected(handles: &[String]) -> Result<Vec<&'static str>, Failure> {
    for handle in handles {
        // Tells the nearest right name.
        Options::default().select(handle)?;
    }
    Ok(handles
        .iter()
        .filter_map(|handle| rules::find(handle).map(|rule| rule.id))
        .collect())
}

/// Replaces a file by its new text, if it is still the one that was read; what a link points to, not the link.
fn put_in_place(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Failure> {
    let failed = |reason: String| Failure::Write {
        path: path.display().to_string(),
        reason,
    };
    let real = std::fs::canonicalize(path).map_err(|error| failed(error.to_string()))?;
    let now = std::fs::read(&real).map_err(|error| failed(error.to_string()))?;
    if now != old {
        return Err(failed(
            "it was changed by someone else meanwhile; nothing is written, run `fix` again"
                .to_owned(),
        ));
    }
    let permissions = std::fs::metadata(&real)
        .map_err(|error| failed(error.to_string()))?
        .permissions();
    if permissions.readonly() {
        return Err(failed("it is read-only; nothing is written".to_owned()));
    }
    output::replace(&real, new, permissions)
}

/// What the run comes to.
#[derive(Default)]
struct Sum {
    applied: usize,
    files: usize,
    needs_review: usize,
    overlapping: usize,
    has_failed: bool,
}

impl Sum {
    fn add(&mut self, input: &Input, fixed: &Fixed) {
        self.applied += fixed.applied.len();
        self.files += usize::from(!fixed.applied.is_empty());
        let mut not_editable = 0;
        for (finding, why) in &fixed.left {
            let is_safe = finding
                .fix
                .as_ref()
                .is_some_and(|fix| fix.safety == Safety::Safe);
            match why {
                Left::NotWanted => self.needs_review += usize::from(!is_safe),
                Left::Overlapping => self.overlapping += 1,
                Left::NotEditable => not_editable += 1,
            }
        }
        if not_editable > 0 {
            eprintln!(
                "{}: {} cannot be put in place here: only JSON, YAML and tables in UTF-8 are edited, and no text that YAML folds",
                input.name,
                fixes(not_editable)
            );
        }
        if let Some(reason) = &fixed.refused {
            eprintln!("{}: left as it is: {reason}", input.name);
            self.has_failed = true;
        }
    }

    fn told(&self, arguments: &FixArguments) -> ExitCode {
        let is_are = if self.applied == 1 { "is" } else { "are" };
        let files = match self.files {
            0 => String::new(),
            1 => " in 1 file".to_owned(),
            many => format!(" in {many} files"),
        };
        if arguments.diff {
            eprintln!("{}{files} would be put in place", fixes(self.applied));
        } else if !self.has_failed {
            eprintln!("{}{files} {is_are} in place", fixes(self.applied));
        }
        if self.needs_review > 0 && !arguments.review {
            eprintln!(
                "{} for a person to read first: `--review` asks one by one, `--unsafe` takes them all",
                fixes(self.needs_review)
            );
        }
        if self.overlapping > 0 {
            eprintln!(
                "{} left for the next run: another one changed the same text",
                fixes(self.overlapping)
            );
        }
        match (self.has_failed, arguments.diff && self.applied > 0) {
            (true, _) => ExitCode::from(2),
            (false, would_change) => ExitCode::from(u8::from(would_change)),
        }
    }
}

fn fixes(count: usize) -> String {
    if count == 1 {
        "1 fix".to_owned()
    } else {
        format!("{count} fixes")
    }
}

/// What a fix takes away and what it puts there, a line each. A step of its patch that only looks whether the old value
/// still stands is shown where that value goes.
fn changes(fix: &Fix) -> Vec<String> {
    let goes = |path: &str| {
        fix.patch.iter().any(|step| match step.op.as_str() {
            "replace" | "remove" => step.path == path,
            _ => false,
        })
    };
    let lines = fix.patch.iter().filter_map(|step| {
        let value = step.value.as_deref().unwrap_or_default();
        match step.op.as_str() {
            "test" => goes(&step.path).then(|| format!("  - {value}")),
            "replace" => Some(format!("  + {value}")),
            "add" => Some(format!("  + {}: {value}", step.path)),
            "move" => Some(format!(
                "  {} → {}",
                step.from.as_deref().unwrap_or_default(),
                step.path
            )),
            _ => None,
        }
    });
    lines.collect()
}

/// The answers of a person, one finding after the other.
#[derive(Default)]
struct Review {
    /// What is said of all that follow.
    rest: Option<bool>,
}

impl Review {
    /// Asks for one finding; what cannot be asked is a no.
    fn asks(
        &mut self,
        finding: &Finding,
        fix: &Fix,
        mut answers: impl BufRead,
        mut screen: impl Write,
    ) -> bool {
        if let Some(rest) = self.rest {
            return rest;
        }
        let mut question = format!(
            "\n{}: {}\n  {}\n",
            finding.rule,
            render::for_terminal(&finding.message),
            fix.title
        );
        for line in changes(fix) {
            question.push_str(&render::for_terminal(&line));
            question.push('\n');
        }
        loop {
            let _ = write!(
                screen,
                "{question}Put it in place? (y)es, (n)o, (a)ll, (q)uit: "
            );
            let _ = screen.flush();
            let mut answer = String::new();
            if !matches!(answers.read_line(&mut answer), Ok(1..)) {
                self.rest = Some(false);
                return false;
            }
            match answer.trim() {
                "y" | "yes" => return true,
                "n" | "no" => return false,
                "a" | "all" => {
                    self.rest = Some(true);
                    return true;
                }
                "q" | "quit" => {
                    self.rest = Some(false);
                    return false;
                }
                _ => question = String::new(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use datasteward::{Options, Source};

    use super::{Review, put_in_place};

    #[test]
    fn a_file_that_has_gone_or_changed_meanwhile_is_left_and_said() {
        let folder = std::env::temp_dir().join(format!("datasteward-fix-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("a.json");
        let gone = put_in_place(&path, b"old", b"new").expect_err("nothing there");
        assert!(gone.to_string().contains("a.json"), "{gone}");
        let entries = || std::fs::read_dir(&folder).expect("the folder").count();
        assert_eq!(entries(), 0);
        std::fs::write(&path, b"other").expect("a file");
        let changed = put_in_place(&path, b"old", b"new").expect_err("another text");
        assert!(
            changed.to_string().contains("changed by someone else"),
            "{changed}"
        );
        assert_eq!(std::fs::read(&path).expect("the file"), b"other");
        put_in_place(&path, b"other", b"new").expect("in place");
        assert_eq!(std::fs::read(&path).expect("the file"), b"new");
        assert_eq!(entries(), 1);
        std::fs::remove_dir_all(&folder).expect("gone again");
    }

    fn answered(answers: &str) -> (usize, String) {
        let text = r#"{"datasteward": "1", "id": "maps", "title": "Maps of the cityâ€™s parks", "description": "A list of the cityâ€™s maps."}"#;
        let source = Source::new("maps.json", text.as_bytes());
        let mut review = Review::default();
        let mut lines = answers.as_bytes();
        let mut screen = Vec::new();
        let fixed = datasteward::fix::fix(&source, &Options::default(), |finding, fix| {
            review.asks(finding, fix, &mut lines, &mut screen)
        });
        (
            fixed.applied.len(),
            String::from_utf8(screen).unwrap_or_default(),
        )
    }

    #[test]
    fn what_is_added_taken_out_and_renamed_is_shown_as_that() {
        let text = r#"{"datasteward": "1", "id": "maps", "title": "Maps of parks", "license": {"name": "CC BY 4.0"},
            "keywords": ["parks", "maps", "parks"], "discription": "A list."}"#;
        let source = Source::new("maps.json", text.as_bytes());
        let mut shown = Vec::new();
        let _ = datasteward::fix::fix(&source, &Options::default(), |finding, fix| {
            shown.push((finding.rule.clone(), super::changes(fix)));
            false
        });
        let of = |rule: &str| {
            let found = shown.iter().find(|(it, _)| it == rule);
            found.map(|(_, lines)| lines.join("\n"))
        };
        assert_eq!(
            of("license-without-address").as_deref(),
            Some("  + /license/url: https://creativecommons.org/licenses/by/4.0/")
        );
        assert_eq!(of("keywords-joined").as_deref(), Some("  - parks"));
        assert_eq!(
            of("key-or-type-wrong").as_deref(),
            Some("  /discription → /description")
        );
    }

    #[test]
    fn asks_one_by_one() {
        assert_eq!(answered("y\nn\n").0, 1);
        assert_eq!(answered("a\n").0, 2);
        assert_eq!(answered("q\ny\n").0, 0);
        assert_eq!(answered("").0, 0);
        let (applied, screen) = answered("what\ny\ny\n");
        assert_eq!(applied, 2);
        assert!(screen.contains("+ A list of the city’s maps."), "{screen}");
    }
}
