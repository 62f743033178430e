//! Identifiers in SQL.

use std::fmt::Write;

/// Appends an identifier in double quotes, which both dialects read alike; a quote inside it is doubled.
pub(crate) fn push_quoted(sql: &mut String, identifier: &str) {
    sql.push('"');
    for character in identifier.chars() {
        if character == '"' {
            sql.push('"');
        }
        sql.push(character);
    }
    sql.push('"');
}

/// An identifier in double quotes.
#[must_use]
pub fn quote(identifier: &str) -> String {
    let mut sql = String::with_capacity(identifier.len() + 2);
    push_quoted(&mut sql, identifier);
    sql
}

/// Appends `?1` or `$1`.
pub(crate) fn push_placeholder(sql: &mut String, placeholder: underpin_core::Placeholder, number: usize) {
    sql.push(match placeholder {
        underpin_core::Placeholder::Dollar => '$',
        underpin_core::Placeholder::Question => '?',
    });
    // Writing to a String cannot fail.
    let _ = write!(sql, "{number}");
}
