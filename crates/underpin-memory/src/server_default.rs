//! The database's own defaults, as far as they can be understood without one.

use underpin_core::{ColumnType, Datum, Dialect, Error, Result};
use underpin_schema::TableDef;
use uuid::Uuid;

use crate::literal::literal;

/// What a column holds where an insert leaves it out.
#[derive(Debug, PartialEq)]
pub(crate) enum ServerDefault {
    Value(Datum),
    /// The moment at which the transaction began, in UTC, in a column of this type.
    Now(ColumnType),
    RandomUuid,
}

const MICROS_A_DAY: i64 = 86_400_000_000;

/// Ways to write the present moment, in lower case and without spaces.
const MOMENTS: &[&str] = &[
    "current_timestamp",
    "current_date",
    "current_time",
    "localtimestamp",
    "localtime",
    "now()",
    "transaction_timestamp()",
    "statement_timestamp()",
    "clock_timestamp()",
    "date('now')",
    "time('now')",
    "datetime('now')",
    "timezone('utc',now())",
    "now()attimezone'utc'",
    "current_timestampattimezone'utc'",
];

impl ServerDefault {
    /// The default of a column; NULL if it has none.
    ///
    /// # Errors
    /// If the default is more than a literal, the present moment or a random UUID.
    pub(crate) fn of(table: &TableDef, column: usize) -> Result<Self> {
        let column = &table.columns[column];
        let Some(sql) = column.server_default else { return Ok(Self::Value(Datum::Null)) };
        // What is written for one of the databases may be plainer than what is written for the other.
        let mut candidates =
            std::iter::once(sql.of(Dialect::MEMORY)).chain(sql.named.iter().map(|(_, sql)| *sql));
        candidates.find_map(|sql| Self::parse(sql, column.ty)).ok_or_else(|| {
            Error::usage(
                format!(
                    "the default of column {}.{} is an SQL expression that the in-memory store cannot evaluate",
                    table.name, column.name
                ),
                "give the value in the row, or by `#[column(default = ..)]`",
            )
        })
    }

    fn parse(sql: &str, ty: ColumnType) -> Option<Self> {
        let plain: String = sql.chars().filter(|letter| !letter.is_whitespace()).collect();
        let plain = plain.to_ascii_lowercase();
        let mut plain = plain.as_str();
        while let Some(inner) = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            plain = inner;
        }
        let timed = matches!(
            ty,
            ColumnType::Date | ColumnType::Time | ColumnType::Timestamp | ColumnType::TimestampTz
        );
        let moment =
            MOMENTS.contains(&plain) || (plain.starts_with("strftime(") && plain.ends_with(",'now')"));
        if timed && moment {
            return Some(Self::Now(ty));
        }
        if ty == ColumnType::Uuid && (plain == "gen_random_uuid()" || plain == "uuid_generate_v4()") {
            return Some(Self::RandomUuid);
        }
        literal(sql, ty).map(Self::Value)
    }

    /// The value, in a transaction that began `now` microseconds after 1970-01-01 00:00 UTC.
    pub(crate) fn value(&self, now: i64) -> Datum {
        match self {
            Self::Value(datum) => datum.clone(),
            Self::Now(ColumnType::Date) => {
                Datum::Date(i32::try_from(now.div_euclid(MICROS_A_DAY)).unwrap_or(i32::MAX))
            }
            Self::Now(ColumnType::Time) => Datum::Micros(now.rem_euclid(MICROS_A_DAY)),
            Self::Now(_) => Datum::Micros(now),
            Self::RandomUuid => Datum::Uuid(*Uuid::new_v4().as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_present_moment_fits_its_column() {
        let now = 20_000 * MICROS_A_DAY + 5;
        for (sql, ty, expected) in [
            ("CURRENT_TIMESTAMP", ColumnType::TimestampTz, Datum::Micros(now)),
            ("now() AT TIME ZONE 'utc'", ColumnType::Timestamp, Datum::Micros(now)),
            ("(strftime('%Y-%m-%d %H:%M:%f', 'now'))", ColumnType::Timestamp, Datum::Micros(now)),
            ("CURRENT_DATE", ColumnType::Date, Datum::Date(20_000)),
            ("localtime", ColumnType::Time, Datum::Micros(5)),
        ] {
            let parsed = ServerDefault::parse(sql, ty).unwrap();
            assert_eq!(parsed.value(now), expected, "{sql}");
        }
        assert_eq!(ServerDefault::parse("now()", ColumnType::Text), None);
        assert_eq!(ServerDefault::parse("now() + '1 day'", ColumnType::Timestamp), None);
    }

    #[test]
    fn a_random_uuid_is_another_each_time() {
        let random = ServerDefault::parse("gen_random_uuid()", ColumnType::Uuid).unwrap();
        assert_ne!(random.value(0), random.value(0));
    }
}
