//! A column.

use underpin_core::ColumnType;

use super::PerDialect;

/// A column, as one field of a row struct defines it.
#[derive(Debug)]
pub struct ColumnDef {
    /// Name of the column.
    pub name: &'static str,
    /// What it holds.
    pub ty: ColumnType,
    /// Whether it accepts NULL.
    pub nullable: bool,
    /// Who writes it.
    pub generation: Generation,
    /// SQL expression that the database uses where an insert gives no value.
    pub server_default: Option<PerDialect>,
    /// Whether the field is an `Auto`, so that an insert may leave the column out.
    pub auto: bool,
    /// Whether what it holds is encrypted.
    pub encrypted: bool,
    /// Whether the column counts the row's versions.
    pub version: bool,
    /// Comment of the column.
    pub comment: Option<&'static str>,
    /// Name that the column had before.
    pub renamed_from: Option<&'static str>,
}

// `track_caller`: what is refused at compile time is reported at the field, where the derive macro calls.
impl ColumnDef {
    /// A column without any option; the three facts are those of its `Value`.
    #[must_use]
    pub const fn new(name: &'static str, ty: ColumnType, nullable: bool, auto: bool) -> Self {
        Self {
            name,
            ty,
            nullable,
            generation: Generation::Given,
            server_default: None,
            auto,
            encrypted: false,
            version: false,
            comment: None,
            renamed_from: None,
        }
    }

    /// Text of at most this many characters.
    ///
    /// # Panics
    /// At compile time, if the column does not hold text.
    #[must_use]
    #[track_caller]
    pub const fn length(self, characters: u32) -> Self {
        Self { ty: self.ty.with_length(characters), ..self }
    }

    /// A decimal of this many digits in all, none of them behind the point.
    ///
    /// # Panics
    /// At compile time, if the column does not hold a decimal or the digits are out of range.
    #[must_use]
    #[track_caller]
    pub const fn precision(self, digits: u16) -> Self {
        Self { ty: self.ty.with_precision(digits, 0), ..self }
    }

    /// A decimal with this many digits behind the point; [`ColumnDef::precision`] comes first.
    ///
    /// # Panics
    /// At compile time, if the column does not hold a decimal or the digits are out of range.
    #[must_use]
    #[track_caller]
    pub const fn scale(self, digits: u16) -> Self {
        let precision = if let ColumnType::Numeric { precision, .. } = self.ty { precision } else { 0 };
        Self { ty: self.ty.with_precision(precision, digits), ..self }
    }

    /// A SQL expression that the database uses where an insert gives no value.
    #[must_use]
    pub const fn server_default(self, expression: PerDialect) -> Self {
        Self { server_default: Some(expression), ..self }
    }

    /// Counted by the database. Where the field is an `Auto`, the program may give a value too.
    #[must_use]
    pub const fn identity(self) -> Self {
        Self { generation: Generation::Identity { always: !self.auto }, ..self }
    }

    /// Computed by the database from other columns of the row, and stored.
    #[must_use]
    pub const fn generated(self, expression: PerDialect) -> Self {
        Self { generation: Generation::Computed(expression), ..self }
    }

    /// Encrypted or not, as its `Value` says.
    #[must_use]
    pub const fn encrypted(self, encrypted: bool) -> Self {
        Self { encrypted, ..self }
    }

    /// Counts the row's versions.
    #[must_use]
    pub const fn version(self) -> Self {
        Self { version: true, ..self }
    }

    /// With a comment.
    #[must_use]
    pub const fn comment(self, comment: &'static str) -> Self {
        Self { comment: Some(comment), ..self }
    }

    /// Which had another name before.
    #[must_use]
    pub const fn renamed_from(self, name: &'static str) -> Self {
        Self { renamed_from: Some(name), ..self }
    }

    /// Refuses at compile time what no database could store.
    ///
    /// # Panics
    /// At compile time, if a decimal has no precision.
    #[must_use]
    #[track_caller]
    pub const fn checked(self) -> Self {
        Self { ty: self.ty.checked(), ..self }
    }
}

/// Who writes a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// The program.
    Given,
    /// The database, by counting; `Auto` fields give a value of their own (BY DEFAULT), others never do (ALWAYS).
    Identity {
        /// Whether the program may never give a value.
        always: bool,
    },
    /// The database, from other columns of the row; stored.
    Computed(PerDialect),
}
