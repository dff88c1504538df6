//! What is wrong with a text, and where: the same words for every syntax.

/// Why a text cannot be read, as the second half of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A value was expected.
    #[error("a value is missing here")]
    NoValue,
    /// The text ends inside a record.
    #[error("the text ends in the middle of a record")]
    UnexpectedEnd,
    /// Neither a comma nor the closing bracket.
    #[error(
        "a comma is missing here, or a quotation mark before it ends a text too early (write \\\" inside a text)"
    )]
    NoComma,
    /// A comma before a closing bracket.
    #[error("there is a comma too many before the closing bracket")]
    TrailingComma,
    /// A key without quotation marks, or none.
    #[error("a key in double quotation marks is expected here")]
    NoKey,
    /// A key without a colon.
    #[error("the colon after the key is missing")]
    NoColon,
    /// A raw control character in a string.
    #[error("a raw tab or line break stands inside a text; write \\t or \\n instead")]
    ControlCharacter,
    /// A bad backslash sequence.
    #[error("this backslash sequence is not one that JSON knows")]
    BadEscape,
    /// Half of a surrogate pair.
    #[error("half of a character pair (\\uD800 to \\uDFFF) stands alone here")]
    LoneSurrogate,
    /// A string without an end.
    #[error("the text that starts here is never closed with a quotation mark")]
    OpenString,
    /// A malformed number.
    #[error("this is not a number that JSON knows")]
    BadNumber,
    /// A number beyond the range of a double.
    #[error("this number is too large to be read")]
    NumberRange,
    /// Text after the record.
    #[error("more text follows after the end of the record")]
    TrailingText,
    /// Nested too deeply.
    #[error("values are nested more than 128 levels deep here, which no metadata needs")]
    TooDeep,
    /// The record is over the size limit.
    #[error("it is larger than 64 MB, which is more than is read")]
    TooLarge,
    /// Bytes that are not UTF-8.
    #[error("these bytes are not UTF-8 text")]
    NotUtf8,
    /// A comment, which other languages have.
    #[error("a comment stands here, and JSON has none")]
    Comment,
    /// Single quotation marks.
    #[error("a single quotation mark stands here; JSON wants double ones (\")")]
    SingleQuotes,
    /// Quotation marks of a word processor.
    #[error("a curly quotation mark stands here; JSON wants straight ones (\")")]
    CurlyQuotes,
    /// A word of a programming language.
    #[error("this word is none of JSON's; it has `true`, `false` and `null`")]
    ForeignWord,
    /// Marks of an unfinished merge.
    #[error("marks of an unfinished merge (<<<<<<<, =======, >>>>>>>) are left in the file")]
    MergeMarks,
}

impl Problem {
    /// The same, or what the text from there on shows to be the reason.
    pub(super) fn seen_in(self, rest: &[u8]) -> Self {
        const MARKS: [&[u8]; 3] = [b"<<<<<<<", b"=======", b">>>>>>>"];
        // Of other programs that write nearly JSON: comments, and the words of JavaScript and Python.
        const COMMENTS: [&[u8]; 2] = [b"//", b"/*"];
        const WORDS: [&[u8]; 7] = [
            b"NaN",
            b"Infinity",
            b"-Infinity",
            b"undefined",
            b"None",
            b"True",
            b"False",
        ];
        let begins = |words: &[&[u8]]| words.iter().any(|word| rest.starts_with(word));
        if begins(&MARKS) {
            return Self::MergeMarks;
        }
        match self {
            Self::NoValue | Self::NoKey | Self::NoComma | Self::BadNumber | Self::TrailingText => {}
            _ => return self,
        }
        if begins(&COMMENTS) {
            Self::Comment
        } else if rest.starts_with(b"'") {
            Self::SingleQuotes
        } else if ['“', '”', '„', '‘', '’'].iter().any(|mark| {
            let mut room = [0; 4];
            rest.starts_with(mark.encode_utf8(&mut room).as_bytes())
        }) {
            Self::CurlyQuotes
        } else if begins(&WORDS) {
            Self::ForeignWord
        } else {
            self
        }
    }
}

/// Where a text stops being what it should be, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Byte offset in the text.
    pub offset: usize,
    /// What is wrong there.
    pub problem: Problem,
}
