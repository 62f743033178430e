//! A foreign key.

/// A foreign key.
#[derive(Debug)]
pub struct ForeignKeyDef {
    /// Its name; by the naming convention if there is none.
    pub name: Option<&'static str>,
    /// Positions of its columns.
    pub columns: &'static [usize],
    /// Name of the table referred to.
    pub table: &'static str,
    /// Names of the columns referred to, in the order of `columns`.
    pub targets: &'static [&'static str],
    /// What happens to this row when the row referred to is deleted.
    pub on_delete: ForeignKeyAction,
    /// What happens to this row when the key referred to changes.
    pub on_update: ForeignKeyAction,
    /// Whether it is checked at the end of the transaction.
    pub deferred: bool,
}

impl ForeignKeyDef {
    /// A foreign key that refers to nothing yet.
    pub const NEW: Self = Self {
        name: None,
        columns: &[],
        table: "",
        targets: &[],
        on_delete: ForeignKeyAction::NoAction,
        on_update: ForeignKeyAction::NoAction,
        deferred: false,
    };

    /// Of the columns at these positions.
    #[must_use]
    pub const fn columns(self, positions: &'static [usize]) -> Self {
        Self { columns: positions, ..self }
    }

    /// To columns of a table, by name.
    #[must_use]
    pub const fn references(self, table: &'static str, columns: &'static [&'static str]) -> Self {
        Self { table, targets: columns, ..self }
    }

    /// With a name of its own.
    #[must_use]
    pub const fn name(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// What happens to this row when the row referred to is deleted.
    #[must_use]
    pub const fn on_delete(self, action: ForeignKeyAction) -> Self {
        Self { on_delete: action, ..self }
    }

    /// What happens to this row when the key referred to changes.
    #[must_use]
    pub const fn on_update_key(self, action: ForeignKeyAction) -> Self {
        Self { on_update: action, ..self }
    }

    /// Checked at the end of the transaction.
    #[must_use]
    pub const fn deferred(self) -> Self {
        Self { deferred: true, ..self }
    }
}

/// What happens to a row when the row that it refers to goes or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignKeyAction {
    /// Refused.
    NoAction,
    /// Refused at once, even where the check is deferred.
    Restrict,
    /// The row follows.
    Cascade,
    /// The reference becomes NULL.
    SetNull,
    /// The reference takes its default.
    SetDefault,
}

impl ForeignKeyAction {
    /// By the word that stands in an attribute, for example `set_null`.
    ///
    /// # Panics
    /// At compile time, where the derive macro calls it, if there is no such action.
    #[must_use]
    #[track_caller]
    #[allow(clippy::panic)]
    pub const fn named(word: &str) -> Self {
        match word.as_bytes() {
            b"no_action" => Self::NoAction,
            b"restrict" => Self::Restrict,
            b"cascade" => Self::Cascade,
            b"set_null" => Self::SetNull,
            b"set_default" => Self::SetDefault,
            _ => panic!("the action must be one of cascade, restrict, set_null, set_default, no_action"),
        }
    }

    /// As it stands in SQL.
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }
}
