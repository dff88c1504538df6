//! UTF-8 out of the bytes as they came.

use std::borrow::Cow;

use super::syntax::sniff;
use super::tree::Syntax;

/// How the bytes of a document were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, perhaps behind a byte-order mark.
    Utf8,
    /// UTF-16 with the small end first.
    Utf16Le,
    /// UTF-16 with the big end first.
    Utf16Be,
    /// Windows-1252, one byte a character: what spreadsheets of western Europe and America write.
    Windows1252,
}

impl Encoding {
    /// For messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// A document as UTF-8 bytes (not yet proven valid) and what it took to get there.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without a byte-order mark.
    pub bytes: Cow<'a, [u8]>,
    /// How it was written.
    pub encoding: Encoding,
    /// Length of the byte-order mark that was dropped.
    pub mark: usize,
}

/// Makes UTF-8 of a document; a byte-order mark or the zero bytes beside ASCII tell UTF-16.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (encoding, mark) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (Encoding::Utf16Le, 0),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (Encoding::Utf16Be, 0),
        _ => (Encoding::Utf8, 0),
    };
    let rest = bytes.get(mark..).unwrap_or_default();
    // Tables come out of spreadsheets, and spreadsheets write the encoding of their machine.
    if encoding == Encoding::Utf8
        && mark == 0
        && sniff(rest) == Syntax::Table
        && let Some(text) = from_windows_1252(rest)
    {
        return Decoded {
            bytes: Cow::Owned(text.into_bytes()),
            encoding: Encoding::Windows1252,
            mark,
        };
    }
    let bytes = match encoding {
        Encoding::Utf8 | Encoding::Windows1252 => Cow::Borrowed(rest),
        Encoding::Utf16Le => Cow::Owned(from_utf16(rest, u16::from_le_bytes)),
        Encoding::Utf16Be => Cow::Owned(from_utf16(rest, u16::from_be_bytes)),
    };
    Decoded {
        bytes,
        encoding,
        mark,
    }
}

/// What Windows-1252 has in the places 80 to 9F; five of them stand for nothing.
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// Bytes that are not UTF-8, read as Windows-1252; nothing where they are UTF-8, or UTF-8 that was damaged in places, or
/// hold a byte that Windows-1252 has no character for.
fn from_windows_1252(bytes: &[u8]) -> Option<String> {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk
            .valid()
            .chars()
            .filter(|sign| !sign.is_ascii())
            .count();
        broken += chunk.invalid().len();
    }
    if broken == 0 || sound > broken {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + broken);
    for &byte in bytes {
        text.push(match byte {
            0x80..=0x9F => (*WINDOWS_1252.get(usize::from(byte - 0x80))?)?,
            _ => char::from(byte),
        });
    }
    Some(text)
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let pairs = bytes.chunks_exact(2);
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    #[test]
    fn reads_a_table_in_windows_1252_and_leaves_everything_else_as_it_is() {
        let table = decode(b"Feld;Einheit\nH\xF6he;m\nPreis;\x80\n");
        assert_eq!(table.encoding, Encoding::Windows1252);
        assert_eq!(&*table.bytes, "Feld;Einheit\nHöhe;m\nPreis;€\n".as_bytes());
        // UTF-8, damaged UTF-8, a byte that stands for nothing, JSON
        for bytes in [
            &b"Feld;Einheit\nH\xC3\xB6he;m\n"[..],
            b"Feld;Einheit\nH\xC3\xB6he \xC3\xA4;m\nx;\xFF\n",
            b"Feld;Einheit\nH\x81he;m\n",
            b"{\"a\": \"H\xF6he\"}",
        ] {
            assert_eq!(decode(bytes).encoding, Encoding::Utf8);
        }
    }

    #[test]
    fn drops_a_byte_order_mark() {
        let decoded = decode(b"\xEF\xBB\xBF{}");
        assert_eq!((&*decoded.bytes, decoded.mark), (&b"{}"[..], 3));
    }

    #[test]
    fn reads_utf16_with_and_without_a_mark() {
        let little = decode(b"\xFF\xFE{\0}\0");
        assert_eq!(
            (&*little.bytes, little.encoding),
            (&b"{}"[..], Encoding::Utf16Le)
        );
        let big = decode(b"\0{\0}");
        assert_eq!((&*big.bytes, big.encoding), (&b"{}"[..], Encoding::Utf16Be));
    }
}
