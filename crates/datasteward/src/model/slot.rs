//! Slots: the base of honest answers.

use super::At;

/// How a value was come by, where it was not simply the value of its own key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inner {
    /// The value of its own key.
    #[default]
    Field,
    /// The value of a field that the portal's owner has added.
    CustomField,
    /// Inside JSON that is kept in a string.
    JsonInString,
    /// Words of a running text.
    RunningText,
    /// Concluded from other values.
    Derived,
}

/// A value and where it stood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held<T> {
    /// The value.
    pub value: T,
    /// Its place in the record.
    pub at: At,
    /// How it was come by.
    pub inner: Inner,
}

impl<T> Held<T> {
    /// A value that stood in its own field.
    pub fn new(value: T, at: At) -> Self {
        Self {
            value,
            at,
            inner: Inner::Field,
        }
    }
}

/// Why a slot holds nothing of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlankKind {
    /// The key is not there.
    Absent,
    /// `null`.
    Null,
    /// Nothing but blanks.
    Empty,
    /// A word such as "none" or "N/A".
    NullWord,
    /// A template that was never filled in.
    Template,
    /// Web-page code without a word in it.
    MarkupOnly,
}

/// A place where a value may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slot<T> {
    /// A usable value.
    Filled(Held<T>),
    /// The slot is there and holds nothing of use. `at` is the slot or, if it is absent, what it is missing from.
    Blank {
        /// The place.
        at: At,
        /// Why.
        kind: BlankKind,
    },
    /// The portal has it; this kind of export leaves it out. Says where it can be found.
    NotInExport(&'static str),
    /// The format has no place for it. Says where it may be written instead.
    NotInFormat(&'static str),
}

impl<T> Slot<Vec<T>> {
    /// A list, empty where nothing stands in it.
    #[must_use]
    pub fn list(items: Vec<T>, at: At) -> Self {
        if items.is_empty() {
            Self::empty(at)
        } else {
            Self::filled(items, at)
        }
    }
}

impl<T> Slot<T> {
    /// A value that stood in its own field.
    pub fn filled(value: T, at: At) -> Self {
        Self::Filled(Held::new(value, at))
    }

    /// The key is missing from the value at `at`.
    #[must_use]
    pub fn absent(at: At) -> Self {
        Self::Blank {
            at,
            kind: BlankKind::Absent,
        }
    }

    /// The slot at `at` is there and holds nothing.
    #[must_use]
    pub fn empty(at: At) -> Self {
        Self::Blank {
            at,
            kind: BlankKind::Empty,
        }
    }

    /// The value and its place, where there is one.
    pub fn held(&self) -> Option<&Held<T>> {
        match self {
            Self::Filled(held) => Some(held),
            _ => None,
        }
    }

    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        self.held().map(|held| &held.value)
    }

    /// Whether the slot holds a usable value.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        matches!(self, Self::Filled(_))
    }

    /// Whether the record could say it, and does not.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank { .. })
    }

    /// The place of the value, or of the empty slot.
    #[must_use]
    pub fn at(&self) -> Option<At> {
        match self {
            Self::Filled(held) => Some(held.at),
            Self::Blank { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// The same slot with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Slot<U> {
        match self {
            Self::Filled(held) => Slot::Filled(Held {
                value: change(held.value),
                at: held.at,
                inner: held.inner,
            }),
            Self::Blank { at, kind } => Slot::Blank { at, kind },
            Self::NotInExport(hint) => Slot::NotInExport(hint),
            Self::NotInFormat(hint) => Slot::NotInFormat(hint),
        }
    }
}
