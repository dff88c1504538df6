//! How far a long run is, on standard error: after a second, on a terminal only.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Nothing is shown before this, nor more often than every fifth of it.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the run is.
pub(crate) struct Progress {
    started: Instant,
    drawn: Cell<Option<Instant>>,
    is_on: bool,
    /// Bytes of the documents that are read to their end, of the one at hand, and of all.
    done: Cell<u64>,
    pub(crate) at_hand: Cell<u64>,
    all: u64,
}

impl Progress {
    /// Of documents with so many bytes together, where that is known.
    pub(crate) fn new(all: u64, is_wanted: bool) -> Self {
        let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
        Self {
            started: Instant::now(),
            drawn: Cell::new(None),
            is_on: is_wanted && !is_ci && std::io::stderr().is_terminal(),
            done: Cell::new(0),
            at_hand: Cell::new(0),
            all,
        }
    }

    /// The next document begins.
    pub(crate) fn next(&self) {
        self.done.set(self.done.get() + self.at_hand.take());
    }

    /// Draws the line anew, where it is time.
    pub(crate) fn show(&self, datasets: usize, findings: usize) {
        let last = self.drawn.get().unwrap_or(self.started);
        let wait = match self.drawn.get() {
            None => PATIENCE,
            Some(_) => PATIENCE / 5,
        };
        if !self.is_on || last.elapsed() < wait {
            return;
        }
        self.drawn.set(Some(Instant::now()));
        let read = self.done.get() + self.at_hand.get();
        let line = line(
            datasets,
            findings,
            read,
            self.all,
            self.started.elapsed().as_secs_f64(),
        );
        let mut out = std::io::stderr().lock();
        // Whoever closed standard error does not want to know.
        let _ = write!(out, "\r\u{1b}[2K{line}").and_then(|()| out.flush());
    }

    /// Wipes the line away.
    pub(crate) fn end(&self) {
        if self.drawn.take().is_some() {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r\u{1b}[2K").and_then(|()| out.flush());
        }
    }
}

/// `12400 datasets, 5210 findings, 31.0 MB/s, 40 s left`.
#[expect(
    clippy::cast_precision_loss,
    reason = "a figure for people, with one decimal"
)]
fn line(datasets: usize, findings: usize, read: u64, all: u64, seconds: f64) -> String {
    let speed = read as f64 / seconds.max(0.001);
    let mut line = format!(
        "{datasets} datasets, {findings} findings, {:.1} MB/s",
        speed / 1e6
    );
    if all > read && speed > 0.0 {
        let left = ((all - read) as f64 / speed).ceil();
        line.push_str(&if left < 100.0 {
            format!(", {left} s left")
        } else {
            format!(", {} min left", (left / 60.0).ceil())
        });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn says_how_far_it_is_and_how_long_it_takes() {
        assert_eq!(
            line(12_400, 5210, 31_000_000, 62_000_000, 1.0),
            "12400 datasets, 5210 findings, 31.0 MB/s, 1 s left"
        );
        assert_eq!(
            line(1, 0, 1_000_000, 1_000_000_000, 1.0),
            "1 datasets, 0 findings, 1.0 MB/s, 17 min left"
        );
        assert_eq!(line(1, 0, 5, 0, 1.0), "1 datasets, 0 findings, 0.0 MB/s");
    }
}
