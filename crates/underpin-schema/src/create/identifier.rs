//! Names in SQL that people read.

use std::borrow::Cow;

/// Words that one of the dialects takes for something else than a name: PostgreSQL's reserved key words and SQLite's.
const RESERVED: &str = "add all alter analyse analyze and any array as asc asymmetric authorization autoincrement \
    between binary both case cast check collate collation column commit concurrently constraint create cross \
    current_catalog current_date current_role current_schema current_time current_timestamp current_user default \
    deferrable delete desc distinct do drop else end escape except exists false fetch for foreign freeze from full \
    grant group having if ilike in index initially inner insert intersect into is isnull join lateral leading left \
    like limit localtime localtimestamp natural not nothing notnull null offset on only or order outer overlaps \
    placing primary raise references returning right rowid select session_user set similar some symmetric \
    system_user table tablesample then to trailing transaction true union unique update user using values variadic \
    verbose when where window with";

/// A name as it stands in SQL for people: in quotes only where it must be, in every dialect alike.
///
/// ```
/// use underpin_schema::identifier;
///
/// assert_eq!(identifier("users"), "users");
/// assert_eq!(identifier("order"), "\"order\"");
/// assert_eq!(identifier("Preis in €"), "\"Preis in €\"");
/// ```
#[must_use]
pub fn identifier(name: &str) -> Cow<'_, str> {
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let begins = name.bytes().next().is_some_and(|first| !first.is_ascii_digit());
    if plain && begins && !RESERVED.split_whitespace().any(|word| word == name) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_must_be_is_quoted() {
        for plain in ["users", "price_mxn", "_x", "a1", "name", "type", "status"] {
            assert_eq!(identifier(plain), plain);
        }
        for quoted in ["", "1a", "Users", "a b", "user", "order", "group", "references", "ä"] {
            assert_eq!(identifier(quoted), format!("\"{quoted}\""));
        }
        assert_eq!(identifier("a\"b"), "\"a\"\"b\"");
    }
}
