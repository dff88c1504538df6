//! Offsets turned into lines, columns and the units an editor counts in.

use std::sync::OnceLock;

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

/// What stands in a document before one of its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Bytes.
    pub bytes: usize,
    /// Line breaks.
    lines: usize,
    /// Characters, and of them those that take two UTF-16 units.
    characters: usize,
    wide: usize,
    /// Characters since the last line break.
    column: usize,
}

impl Origin {
    /// What stands before the text that follows this one.
    #[must_use]
    pub fn behind(self, text: &[u8]) -> Self {
        let (characters, wide) = count(text);
        let last_line = memchr::memrchr(b'\n', text).map(|newline| &text[newline + 1..]);
        Self {
            bytes: self.bytes + text.len(),
            lines: self.lines + memchr_iter(b'\n', text).count(),
            characters: self.characters + characters,
            wide: self.wide + wide,
            column: last_line.map_or(self.column + characters, |line| count(line).0),
        }
    }
}

/// Counts between two marks are kept every so many bytes.
const BLOCK: usize = 4096;

/// Turns byte offsets of a decoded document into places; its tables are made when the first place is asked for. It may
/// know a part of the document only; offsets are those of the document all the same.
#[derive(Debug)]
pub struct Ruler<'a> {
    decoded: &'a Decoded<'a>,
    offsets: Offsets,
    origin: Origin,
    tables: OnceLock<Tables>,
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
        Self::behind(decoded, offsets, Origin::default())
    }

    /// A ruler for a part of a document.
    #[must_use]
    pub fn behind(decoded: &'a Decoded<'a>, offsets: Offsets, origin: Origin) -> Self {
        Self {
            decoded,
            offsets,
            origin,
            tables: OnceLock::new(),
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

    /// An offset of the document in the part that is known.
    fn local(&self, offset: usize) -> usize {
        offset
            .saturating_sub(self.origin.bytes)
            .min(self.decoded.bytes.len())
    }

    /// Characters of the part before an offset in it, and of them those that take two UTF-16 units.
    fn before(&self, offset: usize) -> (usize, usize) {
        let bytes = &self.decoded.bytes;
        let block = (offset / BLOCK).min(self.tables().blocks.len().saturating_sub(1));
        let (characters, wide) = self.tables().blocks.get(block).copied().unwrap_or((0, 0));
        let rest = count(&bytes[block * BLOCK..offset]);
        (characters + rest.0, wide + rest.1)
    }

    /// Line and column of an offset, both from 1; the column counts Unicode characters.
    #[must_use]
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.local(offset);
        let newlines = &self.tables().newlines;
        let line = newlines.partition_point(|&newline| newline < offset);
        let line_start = line
            .checked_sub(1)
            .and_then(|before| newlines.get(before))
            .map_or(0, |newline| newline + 1);
        let mut column = match self.decoded.bytes.get(line_start..offset) {
            Some(near) if near.len() <= BLOCK => count(near).0,
            _ => self.before(offset).0 - self.before(line_start).0,
        };
        if line == 0 {
            column += self.origin.column;
        }
        (self.origin.lines + line + 1, column + 1)
    }

    /// An offset in the document as it came, in the units asked for.
    #[must_use]
    pub fn offset(&self, offset: usize) -> usize {
        let characters = |offset| self.origin.characters + self.before(self.local(offset)).0;
        let units = |offset| {
            let (characters, wide) = self.before(self.local(offset));
            self.origin.characters + characters + self.origin.wide + wide
        };
        match (self.offsets, self.decoded.encoding) {
            (Offsets::Bytes, Encoding::Utf8) => self.decoded.mark + offset,
            (Offsets::Bytes, Encoding::Windows1252) => characters(offset),
            (Offsets::Bytes, _) => self.decoded.mark + 2 * units(offset),
            (Offsets::Utf16, _) => usize::from(self.decoded.mark > 0) + units(offset),
        }
    }

    /// The line around an offset, as far as the part goes, without its end, and where it starts.
    #[must_use]
    pub fn line_around(&self, offset: usize) -> (usize, &[u8]) {
        let bytes = &self.decoded.bytes;
        let offset = self.local(offset);
        let start = memchr::memrchr(b'\n', &bytes[..offset]).map_or(0, |newline| newline + 1);
        let end = memchr::memchr(b'\n', &bytes[offset..]).map_or(bytes.len(), |at| offset + at);
        (self.origin.bytes + start, &bytes[start..end])
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
    use super::{Offsets, Origin, Ruler};
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
    fn knows_the_same_places_from_a_part() {
        let text = "é\n𝄞x\r\nyé𝄞zé";
        let whole = decode(text.as_bytes());
        for offsets in [Offsets::Bytes, Offsets::Utf16] {
            let ruler = Ruler::new(&whole, offsets);
            for (start, _) in text.char_indices() {
                let origin = Origin::default().behind(&text.as_bytes()[..start]);
                let rest = decode(&text.as_bytes()[start..]);
                let part = Ruler::behind(&rest, offsets, origin);
                for (at, _) in text.char_indices().skip_while(|(at, _)| *at < start) {
                    assert_eq!(part.line_and_column(at), ruler.line_and_column(at));
                    assert_eq!(part.offset(at), ruler.offset(at));
                }
            }
        }
    }

    #[test]
    fn stays_right_over_block_borders() {
        let text = "é".repeat(5000) + "x";
        let decoded = decode(text.as_bytes());
        let ruler = Ruler::new(&decoded, Offsets::Bytes);
        assert_eq!(ruler.line_and_column(10_000), (1, 5001));
    }
}
