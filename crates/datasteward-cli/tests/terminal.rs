//! Metadata that means to steer a terminal, shown in one: a terminal emulator draws what the command writes to it, and
//! must draw the words and nothing else.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use common::folder;

/// What each does to a terminal that believes it: clears it, moves, paints, renames the window, rings, writes to the
/// clipboard, asks for an answer, switches the screen, hides the cursor, turns the reading order.
const HOSTILE: [&str; 14] = [
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[1;1Hmoved",
    "\u{1b}[31;47mpainted",
    "\u{1b}[8mhidden",
    "\u{1b}]0;renamed\u{7}",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}]8;;http://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}[6n\u{1b}[c",
    "\u{1b}[?1049h",
    "\u{1b}[?25l\u{1b}[?1000h",
    "\u{9b}31mpainted\u{9d}0;renamed\u{9c}",
    "over\rwritten\u{8}\u{8}",
    "\u{202e}desrever\u{202c}\u{2066}",
    "\u{7}\u{0}\u{e}\u{1b}c",
];

const ROWS: u16 = 1500;
const COLUMNS: u16 = 240;

/// Everything that a terminal was made to do beside showing text.
#[derive(Default)]
struct Deeds(Vec<String>);

impl vt100::Callbacks for Deeds {
    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.0.push("rang".to_owned());
    }

    fn visual_bell(&mut self, _: &mut vt100::Screen) {
        self.0.push("flashed".to_owned());
    }

    fn set_window_icon_name(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.0.push("renamed its icon".to_owned());
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.0.push("renamed its window".to_owned());
    }

    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], _: &[u8]) {
        self.0.push("wrote to the clipboard".to_owned());
    }

    fn unhandled_control(&mut self, _: &mut vt100::Screen, sign: u8) {
        self.0.push(format!("met the sign {sign}"));
    }

    fn unhandled_escape(&mut self, _: &mut vt100::Screen, _: Option<u8>, _: Option<u8>, end: u8) {
        self.0.push(format!("met the escape {end}"));
    }

    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        _: Option<u8>,
        _: Option<u8>,
        _: &[&[u16]],
        end: char,
    ) {
        self.0.push(format!("met the sequence {end}"));
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, _: &[&[u8]]) {
        self.0.push("met a command of its own".to_owned());
    }
}

/// What stands on the screen, line by line, and what the terminal did beside.
fn drawn(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let size = |number: u16| number.try_into().unwrap();
    let mut terminal =
        vt100::Parser::new_with_callbacks(size(ROWS), size(COLUMNS), 0, Deeds::default());
    terminal.process(bytes);
    let screen = terminal.screen();
    let mut deeds = Vec::new();
    for (is_so, deed) in [
        (screen.alternate_screen(), "switched the screen"),
        (screen.hide_cursor(), "hid the cursor"),
        (screen.application_cursor(), "took the cursor keys"),
        (screen.bracketed_paste(), "marks what is pasted"),
        (
            screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None,
            "listens to the mouse",
        ),
    ] {
        if is_so {
            deeds.push(deed.to_owned());
        }
    }
    let rows = screen.rows(0, COLUMNS).map(|row| row.trim_end().to_owned());
    let rows: Vec<String> = rows.collect();
    deeds.extend(terminal.callbacks().0.iter().cloned());
    (rows, deeds)
}

/// The text without colours, which are all that may stand beside it.
fn without_colours(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("\u{1b}[") {
        kept.push_str(before);
        let end = behind.find(|sign: char| !sign.is_ascii_digit() && sign != ';');
        match end.map(|end| behind.split_at(end)) {
            Some((_, after)) if after.starts_with('m') => rest = &after[1..],
            _ => {
                // Something else than a colour: it stays, and the comparison fails.
                kept.push('\u{1b}');
                rest = behind;
            }
        }
    }
    kept + rest
}

/// Runs the command as at a terminal: `script` gives it one.
fn at_a_terminal(folder: &Path, arguments: &str) -> Vec<u8> {
    let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_datasteward"));
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(folder)
        .env("TERM", "xterm-256color")
        .env("COLUMNS", "200")
        .env("LC_ALL", "C.UTF-8")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    output.stdout
}

fn records() -> String {
    let record = |(number, words): (usize, &&str)| {
        serde_json::json!({
            "datasteward": "1", "id": format!("{words}{number}"), "title": words, "department": {"name": words},
            "description": format!("{words} the city\u{e2}\u{20ac}\u{2122}s list"), "refresh": {"rate": words},
            "license": words, "keywords": [format!("{words}; b"), words], "contact": {"email": words},
            "columns": [{"name": words, "description": words, "unit": words}, {"name": "TRDBH"}],
            "distributions": [{"url": words, "format": words}], words.to_string(): words,
        })
        .to_string()
            + "\n"
    };
    HOSTILE.iter().enumerate().map(record).collect()
}

#[test]
fn the_emulator_believes_what_it_is_told() {
    for words in HOSTILE
        .iter()
        .filter(|words| !words.starts_with('\u{202e}'))
    {
        let text = format!("before\r\n{words} after");
        let (rows, deeds) = drawn(text.as_bytes());
        let is_plain = rows.concat() == text.replace("\r\n", "");
        assert!(!is_plain || !deeds.is_empty(), "{words:?} does nothing");
    }
}

#[test]
fn no_words_of_a_record_steer_a_terminal() {
    let folder = folder("terminal", &[("a.jsonl", &records())]);
    for arguments in [
        "check a.jsonl --as-of 2026-03-01 --history runs.jsonl",
        "check a.jsonl --as-of 2026-09-01 --history runs.jsonl --max-findings 400",
        "check a.jsonl --format markdown",
        "check a.jsonl --format github",
        "check a.jsonl --statistics",
        "inspect a.jsonl",
        "fix a.jsonl --diff --unsafe",
        "history runs.jsonl",
    ] {
        let written = at_a_terminal(&folder, arguments);
        let text = String::from_utf8(written).unwrap().replace("\r\n", "\n");
        // A line that is broken at the edge would be two on the screen.
        let lines: Vec<(&str, String)> = text
            .lines()
            .map(|line| (line, without_colours(line).trim_end().to_owned()))
            .filter(|(_, plain)| plain.chars().count() < usize::from(COLUMNS))
            .take(usize::from(ROWS) - 1)
            .collect();
        assert!(lines.len() > 5, "{arguments}: {text}");
        let fed: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
        let wanted: Vec<String> = lines.iter().map(|(_, plain)| plain.clone()).collect();
        let (rows, deeds) = drawn(fed.join("\r\n").as_bytes());
        assert_eq!(deeds, Vec::<String>::new(), "{arguments}");
        assert_eq!(
            rows.get(..wanted.len()),
            Some(wanted.as_slice()),
            "{arguments}"
        );
        assert!(
            !text.contains(['\u{202e}', '\u{2066}', '\u{9b}', '\u{7}']),
            "{arguments}"
        );
    }
}
