//! Names of column types.

use underpin_core::{ColumnType, Dialect};

use super::identifier;

/// A column type in SQL.
pub(super) fn sql(ty: ColumnType, dialect: &Dialect) -> String {
    if dialect.capability.native_enums { native(ty) } else { by_affinity(ty) }
}

/// Where every type of ours is a type of the database.
fn native(ty: ColumnType) -> String {
    let name = match ty {
        ColumnType::Bool => "boolean",
        ColumnType::SmallInt => "smallint",
        ColumnType::Integer => "integer",
        ColumnType::BigInt => "bigint",
        ColumnType::Real => "real",
        ColumnType::Double => "double precision",
        ColumnType::Varchar(length) => return format!("varchar({length})"),
        ColumnType::Numeric { precision, scale } => return format!("numeric({precision}, {scale})"),
        ColumnType::NumericOpen => "numeric",
        ColumnType::Bytes => "bytea",
        ColumnType::Uuid => "uuid",
        ColumnType::Date => "date",
        ColumnType::Time => "time",
        ColumnType::Timestamp => "timestamp",
        ColumnType::TimestampTz => "timestamp with time zone",
        ColumnType::Interval => "interval",
        ColumnType::Json => "jsonb",
        ColumnType::Enum(of) => return identifier(of.name).into_owned(),
        ColumnType::Array(element) => return format!("{}[]", native(*element)),
        _ => "text",
    };
    name.to_owned()
}

/// Where a type's name only says how values lean (SQLite's affinity): text must never be taken for a number. Dates
/// and times lean to numbers, which leaves them as they are, for none of them is a number.
fn by_affinity(ty: ColumnType) -> String {
    let name = match ty {
        ColumnType::Bool => "BOOLEAN",
        ColumnType::SmallInt => "SMALLINT",
        ColumnType::Integer => "INTEGER",
        // An interval is kept in microseconds.
        ColumnType::BigInt | ColumnType::Interval => "BIGINT",
        ColumnType::Real => "REAL",
        ColumnType::Double => "DOUBLE",
        ColumnType::Varchar(length) => return format!("VARCHAR({length})"),
        ColumnType::Numeric { precision, scale } if is_scaled(precision) => {
            return format!("NUMERIC({precision}, {scale})");
        }
        ColumnType::Bytes => "BLOB",
        ColumnType::Uuid => "CHAR(36)",
        ColumnType::Date => "DATE",
        ColumnType::Time => "TIME",
        ColumnType::Timestamp | ColumnType::TimestampTz => "TIMESTAMP",
        ColumnType::Enum(_) => "VARCHAR",
        _ => "TEXT",
    };
    name.to_owned()
}

/// Whether a decimal is kept as a whole number of its last digits, which 64 bits hold; otherwise it is text that
/// sorts as the decimals do.
pub(super) fn is_scaled(precision: u16) -> bool {
    precision <= 18
}
