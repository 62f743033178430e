//! Text as a literal of SQL, nothing of it lost.

use crate::Dialect;

/// A string literal. On PostgreSQL a backslash means the same whatever the server's settings are.
pub(crate) fn literal(dialect: Dialect, text: &str) -> String {
    let text = text.replace('\'', "''");
    match dialect {
        Dialect::Postgres if text.contains('\\') => format!("E'{}'", text.replace('\\', "\\\\")),
        Dialect::Postgres | Dialect::Sqlite => format!("'{text}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_keep_their_meaning() {
        assert_eq!(literal(Dialect::Sqlite, "o'neil\\"), "'o''neil\\'");
        assert_eq!(literal(Dialect::Postgres, "o'neil"), "'o''neil'");
        assert_eq!(literal(Dialect::Postgres, "o'neil\\"), "E'o''neil\\\\'");
    }
}
