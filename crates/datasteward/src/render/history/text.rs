//! The course of a catalogue for a terminal: a line of small bars for each area, then who has risen.

use std::fmt::Write;

use super::{Change, History, Run};
use crate::render::guide::checklist::items;
use crate::render::text::{TextOptions, grouped, plural};
use crate::render::{for_terminal, markdown};
use crate::rule::Area;

/// How many of the last runs are drawn.
const DRAWN: usize = 24;

/// How wide the names of areas and items are.
const NAMES: usize = 22;

/// How many departments are named.
const NAMED: usize = 3;

const SIGNS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII: [char; 8] = ['.', ':', '-', '=', '+', '*', '#', '@'];

impl History {
    /// The course as text; a note where there is only one run.
    #[must_use]
    pub fn text(&self, options: &TextOptions) -> String {
        let (Some(first), Some(last)) = (self.runs.first(), self.runs.last()) else {
            return "Nothing has been written down yet.\n".to_owned();
        };
        let spoken = |run: &Run| run.day().map_or_else(String::new, |day| day.spoken());
        if self.runs.len() == 1 {
            return format!(
                "First written down on {}; the course shows from the next run on.\n",
                spoken(last)
            );
        }
        let mut out = format!(
            "Over time: {} runs, {} to {}\n",
            grouped(self.runs.len()),
            spoken(first),
            spoken(last)
        );
        let drawn = self.runs.len().saturating_sub(DRAWN);
        let drawn = self.runs.get(drawn..).unwrap_or_default();
        for area in Area::ALL {
            let of_area = |run: &Run| run.area(area);
            self.line(&mut out, area.as_str(), drawn, options, &of_area);
            for item in items(area) {
                let name = format!("  {}", item.label());
                let of_item = |run: &Run| run.item(item);
                self.line(&mut out, &name, drawn, options, &of_item);
            }
        }
        let each = drawn.iter().map(Run::to_mend_each);
        let most = each.clone().fold(f64::MIN_POSITIVE, f64::max);
        let shares: Vec<Option<f64>> = each.map(|each| Some(each / most)).collect();
        let _ = writeln!(
            out,
            "  {:<NAMES$} {}  {:>5.1} → {:>5.1}  in each dataset",
            "To mend",
            bars(&shares, options.ascii),
            first.to_mend_each(),
            last.to_mend_each()
        );
        let _ = writeln!(
            out,
            "  {:<NAMES$} {}  {:>5} → {:>5}",
            "Datasets",
            " ".repeat(drawn.len()),
            grouped(first.datasets),
            grouped(last.datasets)
        );
        departments(&mut out, &self.changes());
        if !self.is_of_one_kind() {
            out.push_str("Some runs were judged by another version or profile: part of a change may come from that.\n");
        }
        if options.ascii {
            out = out.replace('→', "->").replace('–', "-");
        }
        out
    }

    /// One figure: its bars, its first and last number, and the change; nothing where it was never told.
    fn line(
        &self,
        out: &mut String,
        name: &str,
        drawn: &[Run],
        options: &TextOptions,
        share: &dyn Fn(&Run) -> Option<f64>,
    ) {
        let shares: Vec<Option<f64>> = drawn.iter().map(share).collect();
        let known = self.runs.iter().filter_map(share);
        let (before, now) = (known.clone().next(), known.clone().next_back());
        let is_item = name.starts_with(' ');
        if is_item && before.is_none() {
            return;
        }
        let _ = writeln!(
            out,
            "  {name:<NAMES$} {}  {:>5} → {:>5}  {}",
            bars(&shares, options.ascii),
            markdown::percent(before),
            markdown::percent(now),
            before
                .zip(now)
                .map_or_else(String::new, |(before, now)| points(before, now))
        );
    }
}

fn departments(out: &mut String, changes: &[Change<'_>]) {
    let mut rise: Vec<&Change<'_>> = changes.iter().filter(|it| it.is_rise()).collect();
    rise.sort_by(|one, other| other.by().total_cmp(&one.by()));
    let mut fall: Vec<&Change<'_>> = changes.iter().filter(|it| it.is_fall()).collect();
    fall.sort_by(|one, other| one.by().total_cmp(&other.by()));
    for (word, list) in [("Risen most", rise), ("Fallen most", fall)] {
        for (at, change) in list.iter().take(NAMED).enumerate() {
            if at == 0 {
                let _ = writeln!(out, "{word}:");
            }
            let _ = writeln!(
                out,
                "  {}   {} → {}  {}",
                for_terminal(change.department),
                markdown::percent(Some(change.first)),
                markdown::percent(Some(change.last)),
                points(change.first, change.last)
            );
        }
    }
}

/// How a share has changed, in points of a hundred: between the two as they are told, so that a reader can count it.
pub(crate) fn points(before: f64, now: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
    let percent = |share: f64| (share * 100.0).round_ties_even() as i64;
    let points = percent(now) - percent(before);
    let size = usize::try_from(points.unsigned_abs()).unwrap_or(0);
    match points {
        0 => "no change".to_owned(),
        1.. => format!("up {}", plural(size, "point", "points")),
        _ => format!("down {}", plural(size, "point", "points")),
    }
}

fn bars(shares: &[Option<f64>], ascii: bool) -> String {
    let signs = if ascii { ASCII } else { SIGNS };
    let sign = |share: &Option<f64>| match share {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share between 0 and 1"
        )]
        Some(share) => {
            let step = ((share * 8.0) as usize).min(7);
            signs.get(step).copied().unwrap_or(' ')
        }
        None => ' ',
    };
    shares.iter().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::{bars, points};
    use crate::render::History;
    use crate::render::TextOptions;

    fn run(day: &str, share: f64, department: &str) -> String {
        let pass = if share < 0.4 { 1 } else { 3 };
        serde_json::json!({
            "history_version": 1, "as_of": day, "datasteward": "0.1.0", "profile": "la", "datasets": 9,
            "findings": {"error": 1, "warning": 2, "info": 0}, "areas": {"consistency": share, "interest": null},
            "items": {"C1": {"pass": pass, "fail": 4 - pass}, "M6": {"pass": 0, "fail": 0}}, "departments": {department: {"datasets": 9, "mean": share, "findings": {"error": 0, "warning": 0, "info": 0}}}
        })
        .to_string()
    }

    #[test]
    fn shows_the_course_and_who_has_risen() {
        let lines = [
            run("2026-01-31", 0.2, "Parks"),
            run("2026-02-28", 0.5, "Parks"),
            run("2026-03-31", 0.75, "Parks"),
        ];
        let history = History::read(&lines.join("\n")).expect("a history");
        let text = history.text(&TextOptions::default());
        assert!(
            text.starts_with("Over time: 3 runs, 31 January 2026 to 31 March 2026\n"),
            "{text}"
        );
        assert!(
            text.contains("  Consistency            ▂▅▇   20 % →  75 %  up 55 points\n"),
            "{text}"
        );
        assert!(
            text.contains("\n    one parent           ▃▇▇   25 % →  75 %  up 50 points\n"),
            "{text}"
        );
        // Nobody could tell, so there is nothing to draw.
        assert!(!text.contains("units"), "{text}");
        assert!(
            text.contains("Risen most:\n  Parks   20 % → 75 %  up 55 points"),
            "{text}"
        );
        assert!(!text.contains("another version"), "{text}");
    }

    #[test]
    fn a_file_from_a_stranger_steers_nothing_and_breaks_nothing() {
        let hostile = "\u{1b}[31mred\u{202e}";
        let lines = [
            run("2026-01-31", -7.0, hostile),
            run("2026-02-28", 1e300, hostile),
        ];
        let history = History::read(&lines.join("\n")).expect("a history");
        let text = history.text(&TextOptions {
            ascii: true,
            ..TextOptions::default()
        });
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{text}"
        );
        assert!(text.contains("0 % -> 100 %"), "{text}");
    }

    #[test]
    fn draws_and_says_changes() {
        assert_eq!(bars(&[Some(0.0), None, Some(1.0)], false), "▁ █");
        assert_eq!(points(0.5, 0.504), "no change");
        // 63 % and 62 %, whatever stands behind the point.
        assert_eq!(points(0.634, 0.615), "down 1 point");
    }
}
