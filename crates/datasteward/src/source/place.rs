//! Offsets turned into lines, columns and the units an editor counts in.

use std::cell::OnceCell;

use memchr::memchr_iter;

use super::text::{Decoded, Encoding};

/// What `start` and `end` of a location count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Offsets {
    /// Bytes of the document as it came.
    #[default]
    Bytes,
    /// UTF-16 units, as JavaScript and most editors count.
    Utf16,
}

/// A place in a document, worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which document, by its number.
    pub document: usize,
    /// JSON Pointer (RFC 6901) into the document, or into the line of a JSON Lines file.
    pub pointer: String,
    /// Line and column, from 1.
    pub line_and_column: Option<(usize, usize)>,
    /// Start and end, in the units asked for.
    pub span: Option<(usize, usize)>,
}

/// Counts between two marks are kept every so many bytes.
const BLOCK: usize = 4096;

/// Turns byte offsets of a decoded document into places; its tables are made when the first place is asked for.
#[derive(Debug)]
pub struct Ruler<'a> {
    decoded: &'a Decoded<'a>,
    offsets: Offsets,
    tables: OnceCell<Tables>,
}

#[derive(Debug)]
struct Tables {
    newlines: Vec<usize>,
    /// Before each block: characters, and of them those that take two UTF-16 units.
    blocks: Vec<(usize, usize)>,
}

impl<'a> Ruler<'a> {
    /// A ruler for a document.
    #[must_use]
    pub fn new(decoded: &'a Decoded<'a>, offsets: Offsets) -> Self {
        Self {
            decoded,
            offsets,
            tables: OnceCell::new(),
        }
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| {
            let bytes = &self.decoded.bytes;
            let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 1);
            let mut before = (0, 0);
            for block in bytes.chunks(BLOCK) {
                blocks.push(before);
                let (characters, wide) = count(block);
                before = (before.0 + characters, before.1 + wide);
            }
            Tables {
                newlines: memchr_iter(b'\n', bytes).collect(),
                blocks,
            }
        })
    }

    /// Characters before an offset, and of them those that take two UTF-16 units.
    fn before(&self, offset: usize) -> (usize, usize) {
        let bytes = &self.decoded.bytes;
        let offset = offset.min(bytes.len());
        let block = (offset / BLOCK).min(self.tables().blocks.len().saturating_sub(1));
        let (characters, wide) = self.tables().blocks.get(block).copied().unwrap_or((0, 0));
        let rest = count(&bytes[block * BLOCK..offset]);
        (characters + rest.0, wide + rest.1)
    }

    /// Line and column of an offset, both from 1; the column counts Unicode characters.
    #[must_use]
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let newlines = &self.tables().newlines;
        let line = newlines.partition_point(|&newline| newline < offset);
        let line_start = line
            .checked_sub(1)
            .and_then(|before| newlines.get(before))
            .map_or(0, |newline| newline + 1);
        let column = self.before(offset).0 - self.before(line_start).0;
        (line + 1, column + 1)
    }

    /// An offset in the document as it came, in the units asked for.
    #[must_use]
    pub fn offset(&self, offset: usize) -> usize {
        let units = |offset| {
            let (characters, wide) = self.before(offset);
            characters + wide
        };
        match (self.offsets, self.decoded.encoding) {
            (Offsets::Bytes, Encoding::Utf8) => self.decoded.mark + offset,
            (Offsets::Bytes, Encoding::Windows1252) => self.before(offset).0,
            (Offsets::Bytes, _) => self.decoded.mark + 2 * units(offset),
            (Offsets::Utf16, _) => usize::from(self.decoded.mark > 0) + units(offset),
        }
    }

    /// The line around an offset, without its end, and where it starts.
    #[must_use]
    pub fn line_around(&self, offset: usize) -> (usize, &[u8]) {
        let bytes = &self.decoded.bytes;
        let offset = offset.min(bytes.len());
        let start = memchr::memrchr(b'\n', &bytes[..offset]).map_or(0, |newline| newline + 1);
        let end = memchr::memchr(b'\n', &bytes[offset..]).map_or(bytes.len(), |at| offset + at);
        (start, &bytes[start..end])
    }
}

fn count(bytes: &[u8]) -> (usize, usize) {
    if bytes.is_ascii() {
        return (bytes.len(), 0);
    }
    let characters = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    let wide = bytes.iter().filter(|&&byte| byte >= 0xF0).count();
    (characters, wide)
}

#[cfg(test)]
mod tests {
    use super::{Offsets, Ruler};
    use crate::source::text::decode;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let decoded = decode("é\n𝄞x\r\ny".as_bytes());
        let ruler = Ruler::new(&decoded, Offsets::Bytes);
        assert_eq!(ruler.line_and_column(0), (1, 1));
        assert_eq!(ruler.line_and_column(7), (2, 2));
        assert_eq!(ruler.line_and_column(10), (3, 1));
        let editor = Ruler::new(&decoded, Offsets::Utf16);
        assert_eq!(editor.offset(7), 4);
    }

    #[test]
    fn counts_bytes_of_the_document_as_it_came() {
        let decoded = decode(b"\xEF\xBB\xBF{}");
        assert_eq!(Ruler::new(&decoded, Offsets::Bytes).offset(1), 4);
        let wide = decode(b"\xFF\xFE{\0}\0");
        assert_eq!(Ruler::new(&wide, Offsets::Bytes).offset(1), 4);
    }

    #[test]
    fn stays_right_over_block_borders() {
        let text = "é".repeat(5000) + "x";
        let decoded = decode(text.as_bytes());
        let ruler = Ruler::new(&decoded, Offsets::Bytes);
        assert_eq!(ruler.line_and_column(10_000), (1, 5001));
    }
}
