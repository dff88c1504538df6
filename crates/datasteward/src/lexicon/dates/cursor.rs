//! A text read from the left.

/// Reads a text from the left, a byte at a time.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
        }
    }

    pub(super) fn at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn rest(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    pub(super) fn eat(&mut self, wanted: u8) -> bool {
        let (Some(&first), Some(rest)) = (self.bytes.first(), self.bytes.get(1..)) else {
            return false;
        };
        let eaten = first.eq_ignore_ascii_case(&wanted);
        if eaten {
            self.bytes = rest;
        }
        eaten
    }

    pub(super) fn after(&mut self, wanted: u8) -> Option<&mut Self> {
        self.eat(wanted).then_some(self)
    }

    /// Exactly so many digits.
    pub(super) fn digits(&mut self, count: usize) -> Option<i64> {
        let (head, rest) = self.bytes.split_at_checked(count)?;
        let value = head.iter().try_fold(0_i64, |value, byte| {
            byte.is_ascii_digit()
                .then(|| value * 10 + i64::from(byte - b'0'))
        })?;
        self.bytes = rest;
        Some(value)
    }

    pub(super) fn some_digits(&mut self) -> Option<()> {
        self.digits(1)?;
        while self.digits(1).is_some() {}
        Some(())
    }

    pub(super) fn year(&mut self) -> Option<i64> {
        self.digits(4)
    }

    /// `Z`, `+05:30`, `-0800`, `+02` or nothing, in minutes.
    pub(super) fn offset(&mut self) -> Option<i64> {
        self.eat(b' ');
        if self.at_end() || self.eat(b'Z') {
            return Some(0);
        }
        let sign = if self.eat(b'-') {
            -1
        } else {
            self.after(b'+')?;
            1
        };
        let hours = self.digits(2)?;
        let minutes = if self.at_end() {
            0
        } else {
            self.eat(b':');
            self.digits(2)?
        };
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
    }
}
