//! UTF-8 out of the bytes as they came.

use std::borrow::Cow;

/// How the bytes of a document were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, perhaps behind a byte-order mark.
    Utf8,
    /// UTF-16 with the small end first.
    Utf16Le,
    /// UTF-16 with the big end first.
    Utf16Be,
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
    let bytes = match encoding {
        Encoding::Utf8 => Cow::Borrowed(rest),
        Encoding::Utf16Le => Cow::Owned(from_utf16(rest, u16::from_le_bytes)),
        Encoding::Utf16Be => Cow::Owned(from_utf16(rest, u16::from_be_bytes)),
    };
    Decoded {
        bytes,
        encoding,
        mark,
    }
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
