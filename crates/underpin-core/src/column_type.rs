//! What a column holds, as data that exists at compile time.

/// The type of a column, independent of the dialect that stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ColumnType {
    /// True or false.
    Bool,
    /// Signed, 16 bit.
    SmallInt,
    /// Signed, 32 bit.
    Integer,
    /// Signed, 64 bit.
    BigInt,
    /// Binary floating point, 32 bit.
    Real,
    /// Binary floating point, 64 bit.
    Double,
    /// Text without a limit.
    Text,
    /// Text of at most this many characters.
    Varchar(u32),
    /// An exact decimal with `precision` digits in all, `scale` of them behind the point.
    Numeric {
        /// Digits in all, 1 to 28.
        precision: u16,
        /// Digits behind the point, at most `precision`.
        scale: u16,
    },
    /// An exact decimal whose precision has not been given; no schema accepts it.
    NumericOpen,
    /// Bytes.
    Bytes,
    /// A UUID.
    Uuid,
    /// A day of the Gregorian calendar.
    Date,
    /// A time of day, in microseconds.
    Time,
    /// Date and time without a zone, in microseconds.
    Timestamp,
    /// An instant, in microseconds.
    TimestampTz,
    /// A length of time.
    Interval,
    /// A JSON document.
    Json,
    /// One of a fixed list of labels.
    Enum(&'static EnumType),
    /// A list of values of one type.
    Array(&'static ColumnType),
}

/// An enumeration: a native type on PostgreSQL, a CHECK on SQLite.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct EnumType {
    /// Name of the type in the database.
    pub name: &'static str,
    /// The labels, in their order.
    pub labels: &'static [&'static str],
}

impl ColumnType {
    /// This type with a length in characters; only text has one.
    ///
    /// # Panics
    /// At compile time, where the derive macro calls it, if the type is not text.
    #[must_use]
    #[track_caller]
    pub const fn with_length(self, characters: u32) -> Self {
        match self {
            Self::Text | Self::Varchar(_) => Self::Varchar(characters),
            _ => const_error("`length` belongs to a text column"),
        }
    }

    /// This type with digits in all and digits behind the point; only decimals have them.
    ///
    /// # Panics
    /// At compile time, where the derive macro calls it, if the type is not a decimal or the digits are out of range.
    #[must_use]
    #[track_caller]
    pub const fn with_precision(self, precision: u16, scale: u16) -> Self {
        if precision == 0 || precision > 28 {
            const_error("`precision` must be 1 to 28, the digits that rust_decimal holds");
        }
        if scale > precision {
            const_error("`scale` must not be above `precision`");
        }
        match self {
            Self::NumericOpen | Self::Numeric { .. } => Self::Numeric { precision, scale },
            _ => const_error("`precision` and `scale` belong to a decimal column"),
        }
    }

    /// Refuses at compile time what no database could store.
    ///
    /// # Panics
    /// At compile time, where the derive macro calls it, if a decimal has no precision.
    #[must_use]
    #[track_caller]
    pub const fn checked(self) -> Self {
        match self {
            Self::NumericOpen => {
                const_error("a decimal column needs `#[column(precision = .., scale = ..)]`")
            }
            other => other,
        }
    }

    /// Whether values of the type are text in the database.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Varchar(_))
    }

    /// Whether an identity column may have the type.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        matches!(self, Self::SmallInt | Self::Integer | Self::BigInt)
    }
}

/// The one place where a compile-time mistake of a table definition becomes a compile error.
#[allow(clippy::panic)]
#[track_caller]
const fn const_error(message: &str) -> ! {
    panic!("{}", message)
}
