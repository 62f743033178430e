//! The prefix that names a kind of id, and the rules it is held to while the program is compiled.

/// The most characters a prefix may have.
pub(crate) const MAX_PREFIX: usize = 63;

/// Names the kind of thing an [`Id`](crate::Id) belongs to.
///
/// Implement it for the entity itself (`impl Prefix for User`) or for a marker type.
pub trait Prefix {
    /// What stands before the last underscore: at most 63 characters of `a` to `z` and `_`, the first
    /// and the last a letter; or nothing at all. Anything else is an error of the build.
    ///
    /// An id has 27 characters more than its prefix (26 where the prefix is empty), so that a column of 36
    /// characters has room for a prefix of 9.
    const PREFIX: &'static str;
}

/// Is the prefix short enough?
pub(crate) const fn is_short(prefix: &str) -> bool {
    prefix.len() <= MAX_PREFIX
}

/// Does the prefix consist of small letters and inner underscores alone?
pub(crate) const fn is_spelled(prefix: &str) -> bool {
    let bytes = prefix.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let inner = at > 0 && at + 1 < bytes.len();
        if !(bytes[at].is_ascii_lowercase() || (inner && bytes[at] == b'_')) {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{is_short, is_spelled};

    #[test]
    fn prefixes_of_the_grammar_are_taken() {
        for prefix in ["", "a", "user", "pre_fix", "a__b", &"z".repeat(63)] {
            assert!(is_short(prefix) && is_spelled(prefix), "{prefix:?}");
        }
    }

    #[test]
    fn other_letters_are_refused() {
        for prefix in
            ["PREFIX", "12345", "pre.fix", "préfix", "  prefix", "_prefix", "prefix_", "_", "a1", "a-b"]
        {
            assert!(!is_spelled(prefix), "{prefix:?}");
        }
    }

    #[test]
    fn the_sixty_fourth_letter_is_one_too_many() {
        assert!(!is_short(&"a".repeat(64)));
    }
}
