//! What would be changed, as a unified diff.

use std::io::IsTerminal;
use std::time::Duration;

use datasteward::render;
use similar::TextDiff;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Looking for the shortest diff ends after this; a longer one says the same.
const PATIENCE: Duration = Duration::from_secs(2);

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
    TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(old, new)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(name, name)
        .to_string()
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

    #[test]
    fn shows_lines_that_were_added() {
        assert_eq!(
            of_texts("a", "{\n  1\n}\n", "{\n  1,\n  2\n}\n"),
            "--- a\n+++ a\n@@ -1,3 +1,4 @@\n {\n-  1\n+  1,\n+  2\n }\n"
        );
    }
}
