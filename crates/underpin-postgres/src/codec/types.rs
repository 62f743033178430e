//! Column types and PostgreSQL's types: which go together, and how they are called.

use underpin_core::ColumnType;
use underpin_wire::{Kind, Type};

/// Whether a column of the database can hold what a column type says.
pub(crate) fn accepts(ty: ColumnType, pg: &Type) -> bool {
    if let Kind::Domain(base) = pg.kind() {
        return accepts(ty, base);
    }
    match ty {
        ColumnType::Text | ColumnType::Varchar(_) => {
            matches!(*pg, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME) || pg.name() == "citext"
        }
        ColumnType::Json => matches!(*pg, Type::JSON | Type::JSONB),
        ColumnType::Enum(of) => matches!(pg.kind(), Kind::Enum(_)) && pg.name() == of.name,
        ColumnType::Array(element) => match pg.kind() {
            Kind::Array(inner) => accepts(*element, inner),
            _ => false,
        },
        other => plain(other).is_some_and(|(scalar, _)| scalar == *pg),
    }
}

/// The type that a parameter is declared as where no prepared statement tells; text and labels are left for the
/// server to infer, because several types take them.
pub(super) fn declared(ty: ColumnType, array: bool) -> Type {
    match ty {
        ColumnType::Enum(_) => Type::UNKNOWN,
        ColumnType::Text | ColumnType::Varchar(_) if !array => Type::UNKNOWN,
        ColumnType::Array(element) if !array => declared(*element, true),
        ColumnType::Array(_) => Type::UNKNOWN,
        other => plain(other).map_or(Type::UNKNOWN, |(scalar, list)| if array { list } else { scalar }),
    }
}

/// A type's name in an error.
pub(crate) fn type_name(ty: ColumnType) -> String {
    match ty {
        ColumnType::Varchar(length) => format!("varchar({length})"),
        ColumnType::Numeric { precision, scale } => format!("numeric({precision},{scale})"),
        ColumnType::Enum(of) => of.name.to_owned(),
        ColumnType::Array(element) => format!("{}[]", type_name(*element)),
        other => plain(other).map_or_else(|| format!("{other:?}"), |(scalar, _)| scalar.name().to_owned()),
    }
}

/// The column type that reads a cell of the database.
pub(crate) fn column_type_of(pg: &Type) -> Option<ColumnType> {
    Some(match *pg {
        Type::BOOL => ColumnType::Bool,
        Type::INT2 => ColumnType::SmallInt,
        Type::INT4 => ColumnType::Integer,
        Type::INT8 => ColumnType::BigInt,
        Type::FLOAT4 => ColumnType::Real,
        Type::FLOAT8 => ColumnType::Double,
        Type::NUMERIC => ColumnType::NumericOpen,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => ColumnType::Text,
        Type::BYTEA => ColumnType::Bytes,
        Type::UUID => ColumnType::Uuid,
        Type::DATE => ColumnType::Date,
        Type::TIME => ColumnType::Time,
        Type::TIMESTAMP => ColumnType::Timestamp,
        Type::TIMESTAMPTZ => ColumnType::TimestampTz,
        Type::INTERVAL => ColumnType::Interval,
        Type::JSON | Type::JSONB => ColumnType::Json,
        _ => match pg.kind() {
            Kind::Enum(_) => ColumnType::Text,
            Kind::Domain(base) => return column_type_of(base),
            _ if pg.name() == "citext" => ColumnType::Text,
            _ => return None,
        },
    })
}

/// The type, and its array, of what is always stored as one and the same.
fn plain(ty: ColumnType) -> Option<(Type, Type)> {
    Some(match ty {
        ColumnType::Bool => (Type::BOOL, Type::BOOL_ARRAY),
        ColumnType::SmallInt => (Type::INT2, Type::INT2_ARRAY),
        ColumnType::Integer => (Type::INT4, Type::INT4_ARRAY),
        ColumnType::BigInt => (Type::INT8, Type::INT8_ARRAY),
        ColumnType::Real => (Type::FLOAT4, Type::FLOAT4_ARRAY),
        ColumnType::Double => (Type::FLOAT8, Type::FLOAT8_ARRAY),
        ColumnType::Text | ColumnType::Varchar(_) => (Type::TEXT, Type::TEXT_ARRAY),
        ColumnType::Numeric { .. } | ColumnType::NumericOpen => (Type::NUMERIC, Type::NUMERIC_ARRAY),
        ColumnType::Bytes => (Type::BYTEA, Type::BYTEA_ARRAY),
        ColumnType::Uuid => (Type::UUID, Type::UUID_ARRAY),
        ColumnType::Date => (Type::DATE, Type::DATE_ARRAY),
        ColumnType::Time => (Type::TIME, Type::TIME_ARRAY),
        ColumnType::Timestamp => (Type::TIMESTAMP, Type::TIMESTAMP_ARRAY),
        ColumnType::TimestampTz => (Type::TIMESTAMPTZ, Type::TIMESTAMPTZ_ARRAY),
        ColumnType::Interval => (Type::INTERVAL, Type::INTERVAL_ARRAY),
        ColumnType::Json => (Type::JSONB, Type::JSONB_ARRAY),
        _ => return None,
    })
}
