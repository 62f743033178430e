//! Making errors.

use std::borrow::Cow;

use super::{Error, ErrorKind, Inner, Stale, Violation};
use crate::CellError;

impl Error {
    /// An error of the kind given; `what` is a sentence without its full stop that names what failed.
    #[must_use]
    pub fn new(kind: ErrorKind, what: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { kind, context: vec![what.into()], hint: None }))
    }

    /// The same error, with what was attempted around it.
    #[must_use]
    pub fn context(mut self, attempted: impl Into<Cow<'static, str>>) -> Self {
        self.0.context.push(attempted.into());
        self
    }

    /// The same error, with what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The program used the toolkit in a way that cannot work.
    #[must_use]
    pub fn usage(what: impl Into<Cow<'static, str>>, hint: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Usage, what).with_hint(hint)
    }

    /// A cursor is not one of the query that it was given to.
    #[must_use]
    pub fn cursor() -> Self {
        Self::new(ErrorKind::Cursor, "")
            .with_hint("begin with the first page; a cursor belongs to the order that it was made by")
    }

    /// The URL, or an option in it, is wrong.
    #[must_use]
    pub fn config(what: impl Into<Cow<'static, str>>, hint: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Config, what).with_hint(hint)
    }

    /// A definition of tables contradicts itself.
    #[must_use]
    pub fn schema(what: impl Into<Cow<'static, str>>, hint: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Schema, what).with_hint(hint)
    }

    /// A value cannot be stored in its column, or what is stored is not such a value.
    #[must_use]
    pub fn value(table: &str, column: &str, why: CellError) -> Self {
        let kind = ErrorKind::Value { table: table.to_owned(), column: column.to_owned() };
        Self::new(kind, format!("column {table}.{column}: {why}"))
    }

    /// A row cannot become its entity; `why` must not quote the row's values.
    #[must_use]
    pub fn mapping(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Mapping, why)
    }

    /// A row is no longer what it was when it was loaded.
    #[must_use]
    pub fn stale(stale: Stale) -> Self {
        Self::new(ErrorKind::Stale(stale), "").with_hint("load it again and repeat the change")
    }

    /// A constraint refused a row.
    #[must_use]
    pub fn violated(
        violation: Violation,
        constraint: Option<String>,
        table: Option<String>,
        column: Option<String>,
        sqlstate: Option<String>,
    ) -> Self {
        Self::new(
            ErrorKind::Constraint { violation, constraint, table, column, columns: Vec::new(), sqlstate },
            "",
        )
    }

    /// Names the key of a stale row, which the driver knows only by its position.
    #[must_use]
    pub fn with_key(mut self, key: String) -> Self {
        if let ErrorKind::Stale(stale) = &mut self.0.kind {
            stale.key = Some(key);
        }
        self
    }

    /// Says which columns the violated constraint has, where the database names those instead of the constraint.
    #[must_use]
    pub fn with_columns(mut self, of: Vec<String>) -> Self {
        if let ErrorKind::Constraint { columns, .. } = &mut self.0.kind {
            *columns = of;
        }
        self
    }

    /// Names constraint and table, where the database told only one of them or neither.
    #[must_use]
    pub fn with_constraint(mut self, name: Option<String>, on: Option<String>) -> Self {
        if let ErrorKind::Constraint { constraint, table, .. } = &mut self.0.kind {
            *constraint = constraint.take().or(name);
            *table = table.take().or(on);
        }
        self
    }
}
