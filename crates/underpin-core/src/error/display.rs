//! How an error reads: what was attempted, then what went wrong.

use std::fmt;

use super::{Error, ErrorKind, Violation};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for attempted in self.0.context.iter().skip(1).rev() {
            write!(f, "{attempted}: ")?;
        }
        match self.0.context.first() {
            Some(what) if !what.is_empty() => f.write_str(what),
            _ => self.0.kind.fmt(f),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constraint { violation, constraint, table, column, .. } => {
                let subject = match violation {
                    Violation::Unique => "a row with this value exists already",
                    Violation::ForeignKey => {
                        "a row that this one refers to is missing, or one still refers to it"
                    }
                    Violation::Check => "a value breaks a rule of the table",
                    Violation::NotNull => "a value is missing",
                    Violation::Exclusion => "a row excludes this one",
                };
                f.write_str(subject)?;
                match (table, column) {
                    (Some(table), Some(column)) => write!(f, " (column {table}.{column}")?,
                    (Some(table), None) => write!(f, " (table {table}")?,
                    _ => f.write_str(" (")?,
                }
                match constraint {
                    Some(name) if table.is_some() => write!(f, ", constraint {name})"),
                    Some(name) => write!(f, "constraint {name})"),
                    None if table.is_some() => f.write_str(")"),
                    None => f.write_str("the database does not say which constraint)"),
                }
            }
            Self::Stale(stale) => {
                write!(f, "the row of table {}", stale.table)?;
                if let Some(key) = &stale.key {
                    write!(f, " with key {key}")?;
                }
                f.write_str(" was changed or deleted by somebody else since it was loaded")
            }
            Self::Serialization => {
                f.write_str("the transaction could not be serialized with a concurrent one")
            }
            Self::Deadlock => f.write_str("the transaction was ended to break a deadlock"),
            Self::Busy => f.write_str("the database stayed locked by somebody else"),
            Self::PoolTimeout { limit } => {
                write!(f, "no connection became free in time (all {limit} are in use)")
            }
            Self::StatementTimeout => f.write_str("the statement ran longer than allowed, or was cancelled"),
            Self::Connect => f.write_str("no connection to the database"),
            Self::Tls => f.write_str("no TLS connection to the database"),
            Self::ConnectionLost => f.write_str("the connection to the database was lost"),
            Self::Config => f.write_str("the database URL is wrong"),
            Self::Value { table, column } => write!(f, "column {table}.{column}: unfit value"),
            Self::Mapping => f.write_str("the row cannot become its entity"),
            Self::Cursor => f.write_str("the cursor is not one of this query"),
            Self::Usage => f.write_str("wrong use"),
            Self::Schema => f.write_str("the table definitions contradict each other"),
            Self::Database { sqlstate: Some(code) } => {
                write!(f, "the database refused the statement (SQLSTATE {code})")
            }
            Self::Database { sqlstate: None } => f.write_str("the database refused the statement"),
        }
    }
}

/// Shows what `Display` shows and the hint: nothing that the error does not also say aloud.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        if let Some(hint) = self.hint() {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stale;
    use super::*;
    use crate::CellError;

    #[test]
    fn errors_say_what_on_what_and_what_to_do() {
        let error = Error::stale(Stale::new("users", 3)).with_key("user_1".into()).context("commit");
        assert_eq!(
            error.to_string(),
            "commit: the row of table users with key user_1 was changed or deleted by somebody else since it was loaded"
        );
        assert_eq!(error.hint(), Some("load it again and repeat the change"));
        assert!(error.is_stale() && error.key() == Some("user_1") && error.table() == Some("users"));

        let error = Error::violated(
            Violation::Unique,
            Some("uq_users_email".into()),
            Some("users".into()),
            None,
            Some("23505".into()),
        );
        assert_eq!(
            error.to_string(),
            "a row with this value exists already (table users, constraint uq_users_email)"
        );
        assert!(error.is_unique_violation() && error.constraint() == Some("uq_users_email"));

        let error = Error::value("cars", "price_mxn", CellError::Inexact { precision: 12, scale: 2 });
        assert_eq!(
            error.to_string(),
            "column cars.price_mxn: the decimal does not fit NUMERIC(12, 2) without rounding"
        );
    }
}
