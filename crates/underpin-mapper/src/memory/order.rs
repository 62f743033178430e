//! The order of a result.

use std::cmp::Ordering;

use underpin_core::{ColumnType, Datum, OwnedRow, Result};
use underpin_schema::{SortOrder, TableDef};
use underpin_sql::Order;

use super::compare::compare;
use super::condition::ordered_position;

/// One key of an order that can be evaluated here.
pub(super) struct Key {
    column: usize,
    ty: ColumnType,
    descends: bool,
    nulls: Ordering,
}

impl Key {
    /// The keys of an order.
    ///
    /// # Errors
    /// If one of them is no column of the table, or its values have no order here.
    pub(super) fn all(table: &TableDef, order: &[Order]) -> Result<Vec<Self>> {
        let key = |key: &Order| {
            Ok(Self {
                column: ordered_position(table, &key.by)?,
                ty: key.by.ty,
                descends: key.sort == SortOrder::Desc,
                // Where NULLs stand is said for the result, whether it ascends or descends.
                nulls: if key.puts_nulls_first() { Ordering::Less } else { Ordering::Greater },
            })
        };
        order.iter().map(key).collect()
    }

    fn compare<'a>(&self, a: &'a OwnedRow, b: &'a OwnedRow) -> Ordering {
        let of = |row: &'a OwnedRow| row.0.get(self.column).unwrap_or(&Datum::Null);
        match (of(a), of(b)) {
            (Datum::Null, Datum::Null) => Ordering::Equal,
            (Datum::Null, _) => self.nulls,
            (_, Datum::Null) => self.nulls.reverse(),
            (a, b) => {
                let values = compare(self.ty, a, b).unwrap_or(Ordering::Equal);
                if self.descends { values.reverse() } else { values }
            }
        }
    }
}

/// Which of two rows comes first.
pub(super) fn compare_rows(keys: &[Key], a: &OwnedRow, b: &OwnedRow) -> Ordering {
    keys.iter().map(|key| key.compare(a, b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
