//! Booleans and numbers.

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

macro_rules! scalar {
    ($rust:ty, $variant:ident, $method:ident, $same:expr) => {
        impl Value for $rust {
            const TYPE: ColumnType = ColumnType::$variant;

            fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
                out.$method(*self)
            }

            fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
                cells.$method(position)
            }

            fn same(&self, other: &Self) -> bool {
                let same: fn(&$rust, &$rust) -> bool = $same;
                same(self, other)
            }
        }
    };
}

scalar!(bool, Bool, bool, |a, b| a == b);
scalar!(i16, SmallInt, i16, |a, b| a == b);
scalar!(i32, Integer, i32, |a, b| a == b);
scalar!(i64, BigInt, i64, |a, b| a == b);
// By bits: NaN is stored as itself and must not look changed at each save.
scalar!(f32, Real, f32, |a, b| a.to_bits() == b.to_bits());
scalar!(f64, Double, f64, |a, b| a.to_bits() == b.to_bits());
