//! Dates and times. Instants are calculated with in UTC.

use underpin_core::{ColumnType, Value};

use super::{Anywhere, Expr, methods};
use crate::{Function, Tree};

static TRUNC_DATE: Function =
    Function::per_dialect("date_trunc", "date_trunc({1}, {0})::date", "underpin_date_trunc({1}, {0})")
        .showing(1);
static TRUNC: Function =
    Function::per_dialect("date_trunc", "date_trunc({1}, {0})", "underpin_date_trunc({1}, {0})").showing(1);
static TRUNC_INSTANT: Function =
    Function::per_dialect("date_trunc", "date_trunc({1}, {0}, 'UTC')", "underpin_date_trunc({1}, {0})")
        .showing(1);
static EXTRACT: Function =
    Function::per_dialect("extract", "floor(extract({1:word} FROM {0}))::int8", "underpin_extract({1}, {0})")
        .showing(1);
static EXTRACT_INSTANT: Function = Function::per_dialect(
    "extract",
    "floor(extract({1:word} FROM {0} AT TIME ZONE 'UTC'))::int8",
    "underpin_extract({1}, {0})",
)
.showing(1);
static NOW: Function = Function::per_dialect("now", "now()", "underpin_now()");

/// A part of a date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeUnit {
    /// The year.
    Year,
    /// The quarter of the year, 1 to 4.
    Quarter,
    /// The month, 1 to 12.
    Month,
    /// The week of ISO 8601, which starts on Monday.
    Week,
    /// The day of the month.
    Day,
    /// The hour, 0 to 23.
    Hour,
    /// The minute.
    Minute,
    /// The second, without its fraction.
    Second,
}

impl TimeUnit {
    const fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }
}

/// Whether a type has a calendar; checked when the program is compiled.
const fn has_calendar(ty: ColumnType) -> bool {
    matches!(ty, ColumnType::Date | ColumnType::Timestamp | ColumnType::TimestampTz)
}

methods! {
    impl [V: Value,] V {
        /// The start of the year, month, day .. in which it lies.
        pub fn date_trunc(self, unit: TimeUnit) -> Expr<S, V, N> {
            const { assert!(has_calendar(V::TYPE), "`date_trunc` belongs to dates and points in time") };
            let tree = self.into_tree();
            let ty = tree.ty;
            let function = match ty {
                ColumnType::Date => &TRUNC_DATE,
                ColumnType::TimestampTz => &TRUNC_INSTANT,
                _ => &TRUNC,
            };
            Expr::of(Tree::call(function, vec![tree, Tree::word(unit.word())], ty))
        }

        /// Its year, month, day ..
        pub fn extract(self, unit: TimeUnit) -> Expr<S, i64, N> {
            const { assert!(has_calendar(V::TYPE), "`extract` belongs to dates and points in time") };
            let tree = self.into_tree();
            let function = if tree.ty == ColumnType::TimestampTz { &EXTRACT_INSTANT } else { &EXTRACT };
            Expr::of(Tree::call(function, vec![tree, Tree::word(unit.word())], ColumnType::BigInt))
        }
    }
}

/// The present moment: on PostgreSQL when the transaction began, on SQLite when the row is read.
pub fn now<V: Value>() -> Expr<Anywhere, V> {
    const { assert!(matches!(V::TYPE, ColumnType::TimestampTz), "`now` is an instant") };
    Expr::of(Tree::call(&NOW, Vec::new(), ColumnType::TimestampTz))
}
