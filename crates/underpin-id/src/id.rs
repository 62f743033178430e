//! The identifier itself: a UUID in memory, a prefix and 26 characters in text.

use std::{cmp, fmt, hash, marker::PhantomData, str::FromStr};

use uuid::Uuid;

use crate::{
    IdText, ParseIdError, Prefix,
    base32::{self, SUFFIX_LEN},
    prefix,
};

/// The id of a `T`, a UUID whose text begins with the prefix of `T`.
///
/// `Display` and `Debug` print the text; equality, order and hash are those of the UUID.
pub struct Id<T: Prefix> {
    uuid: Uuid,
    // A function's result, so that the id is `Send` and `Sync` whatever `T` is.
    kind: PhantomData<fn() -> T>,
}

impl<T: Prefix> Id<T> {
    /// The prefix, once it has passed the check; all code below reads this one.
    const PREFIX: &'static str = {
        assert!(prefix::is_short(T::PREFIX), "the prefix of an id has at most 63 characters");
        assert!(
            prefix::is_spelled(T::PREFIX),
            "the prefix of an id consists of a to z and _, and begins and ends with a letter"
        );
        T::PREFIX
    };

    /// How many characters (and bytes) the text of every such id has: 26 to 90.
    ///
    /// An adapter that stores the text in a column says so by [`assert_fits`](Self::assert_fits).
    pub const LEN: usize = match Self::PREFIX.len() {
        0 => SUFFIX_LEN,
        prefix => prefix + 1 + SUFFIX_LEN,
    };

    /// Stops the build if the text is longer than a column: `const _: () = UserId::assert_fits(36);` beside the row.
    ///
    /// # Panics
    /// If it is; in a constant, as above, that is an error of the compiler.
    #[track_caller]
    pub const fn assert_fits(characters: usize) {
        assert!(
            Self::LEN <= characters,
            "the text of this id is longer than its column: it has 27 characters more than its prefix"
        );
    }

    /// Makes a new id from the clock and random bits (UUID version 7).
    ///
    /// Inside one process each is greater than the one before.
    #[expect(
        clippy::new_without_default,
        reason = "a default value is the same each time, a new id never is"
    )]
    #[must_use]
    pub fn new() -> Self {
        Self::from_uuid(Uuid::now_v7())
    }

    /// Takes a UUID of any version as the id, e.g. one that is stored, or a fixed one in a test.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        // Named here so that a wrong prefix stops the build of any program that can have an id.
        let _ = Self::PREFIX;
        Self { uuid, kind: PhantomData }
    }

    /// The UUID.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The text, held by value: what `to_string` gives, without an allocation.
    #[must_use]
    pub fn text(self) -> IdText {
        IdText::join(Self::PREFIX, base32::encode(self.uuid.as_u128()))
    }
}

impl<T: Prefix> FromStr for Id<T> {
    type Err = ParseIdError;

    /// Reads the text of an id of this kind; strictly, so that an id has one spelling only.
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        // A prefix may have underscores itself, a suffix has none: hence the last one divides.
        let (prefix, suffix) = match text.rsplit_once('_') {
            Some(("", _)) => return Err(ParseIdError::wrong_prefix(Self::PREFIX)),
            Some(parts) => parts,
            None => ("", text),
        };
        if prefix != Self::PREFIX {
            return Err(ParseIdError::wrong_prefix(Self::PREFIX));
        }
        match base32::decode(suffix.as_bytes()) {
            Ok(bits) => Ok(Self::from_uuid(Uuid::from_u128(bits))),
            Err(fault) => Err(ParseIdError::bad_suffix(Self::PREFIX, fault)),
        }
    }
}

impl<T: Prefix> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl<T: Prefix> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

// Written out, for a derive would ask all of this of `T` as well.

impl<T: Prefix> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Prefix> Copy for Id<T> {}

impl<T: Prefix> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T: Prefix> Eq for Id<T> {}

impl<T: Prefix> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Prefix> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<T: Prefix> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
