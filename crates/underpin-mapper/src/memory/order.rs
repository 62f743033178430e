//! The order of a result.

use std::cmp::Ordering;

use underpin_core::{Datum, OwnedRow, Result};
use underpin_schema::{NullsOrder, SortOrder, TableDef};
use underpin_sql::Order;

use super::compare::compare;
use super::condition::{check_ordered, column_of};

/// Refuses an order that only a database knows.
///
/// # Errors
/// If one of the columns does not exist, or its values have no order here.
pub(super) fn check_order(table: &TableDef, order: &[Order]) -> Result<()> {
    order.iter().try_for_each(|key| check_ordered(table, column_of(table, key.column)?))
}

/// Which of two rows comes first.
pub(super) fn compare_rows(table: &TableDef, order: &[Order], a: &OwnedRow, b: &OwnedRow) -> Ordering {
    let by = |key: &Order| {
        let (a, b) =
            (a.0.get(key.column).unwrap_or(&Datum::Null), b.0.get(key.column).unwrap_or(&Datum::Null));
        // Where NULLs stand is said for the result, whether it ascends or descends.
        let nulls = match (key.nulls, key.sort) {
            (NullsOrder::First, _) | (NullsOrder::Default, SortOrder::Desc) => Ordering::Less,
            (NullsOrder::Last, _) | (NullsOrder::Default, SortOrder::Asc) => Ordering::Greater,
        };
        match (a, b) {
            (Datum::Null, Datum::Null) => Ordering::Equal,
            (Datum::Null, _) => nulls,
            (_, Datum::Null) => nulls.reverse(),
            _ => {
                let values = compare(table.columns[key.column].ty, a, b).unwrap_or(Ordering::Equal);
                if key.sort == SortOrder::Desc { values.reverse() } else { values }
            }
        }
    };
    order.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
