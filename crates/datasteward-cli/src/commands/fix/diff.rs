//! What would be changed, as a unified diff.
//!
//! Only texts within a line are edited: both sides have the same lines, and line 7 of one is line 7 of the other.

use std::fmt::Write;
use std::io::IsTerminal;

use datasteward::render;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// A unified diff that `patch` takes. On a terminal, what would steer it is shown instead of done.
pub(super) fn unified(name: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = of_texts(name, &old, &new);
    if std::io::stdout().is_terminal() {
        let lines: Vec<_> = diff.split('\n').map(render::for_terminal).collect();
        return lines.join("\n");
    }
    diff
}

fn of_texts(name: &str, old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let changed: Vec<usize> = old
        .iter()
        .zip(&new)
        .enumerate()
        .filter(|(_, (old, new))| old != new)
        .map(|(line, _)| line)
        .collect();
    let mut diff = format!("--- {name}\n+++ {name}\n");
    for group in changed.chunk_by(|one, next| next - one <= 2 * CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let start = first.saturating_sub(CONTEXT);
        let end = (last + 1 + CONTEXT).min(old.len());
        // Writing to a text cannot fail.
        let _ = writeln!(diff, "@@ -{0},{1} +{0},{1} @@", start + 1, end - start);
        for line in start..end {
            let (before, after) = (old.get(line), new.get(line));
            if before == after {
                push(&mut diff, ' ', before);
            } else {
                push(&mut diff, '-', before);
                push(&mut diff, '+', after);
            }
        }
    }
    diff
}

fn push(diff: &mut String, sign: char, line: Option<&&str>) {
    let Some(line) = line else {
        return;
    };
    diff.push(sign);
    diff.push_str(line);
    if !line.ends_with('\n') {
        diff.push_str("\n\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::of_texts;

    #[test]
    fn shows_changed_lines_with_three_around() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\nold";
        let new = "1\n2\n3\n4\nnew\n6\n7\n8\n9\nnew";
        assert_eq!(
            of_texts("a", old, new),
            "--- a\n+++ a\n@@ -2,9 +2,9 @@\n 2\n 3\n 4\n-5\n+new\n 6\n 7\n 8\n 9\n-old\n\\ No newline at end of file\n+new\n\\ No newline at end of file\n"
        );
    }
}
