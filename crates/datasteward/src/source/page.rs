//! JSON that a web page carries for machines: `<script type="application/ld+json">`.

/// Where the JSON-LD of a page stands: byte ranges, in order.
#[must_use]
pub fn blocks(page: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = find(page, from, b"<script") {
        let Some(tag_end) = memchr::memchr(b'>', &page[open..]).map(|at| open + at + 1) else {
            break;
        };
        let end = find(page, tag_end, b"</script").unwrap_or(page.len());
        if find(&page[open..tag_end], 0, b"application/ld+json").is_some() {
            found.push(tag_end..end);
        }
        from = end.max(tag_end);
    }
    found
}

/// The next place of an ASCII word written in any case, from an offset on.
fn find(page: &[u8], from: usize, word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut at = from;
    let swapped = if first.is_ascii_lowercase() {
        first.to_ascii_uppercase()
    } else {
        first
    };
    while let Some(found) = memchr::memchr2(first, swapped, page.get(at..)?) {
        let start = at + found;
        if page
            .get(start..start + word.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(word))
        {
            return Some(start);
        }
        at = start + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn finds_each_block_and_nothing_else() {
        let page = br#"<html><script>var a = 1</script><SCRIPT type='application/ld+json'>{"a": 1}</SCRIPT>
            <script type="application/ld+json">[2]</script><script type="application/ld+json">{"#;
        let texts: Vec<&str> = blocks(page)
            .into_iter()
            .filter_map(|range| std::str::from_utf8(&page[range]).ok())
            .collect();
        assert_eq!(texts, [r#"{"a": 1}"#, "[2]", "{"]);
    }

    #[test]
    fn many_open_tags_cost_no_more_than_their_length() {
        let page = "<script".repeat(100_000);
        assert!(blocks(page.as_bytes()).is_empty());
    }
}
