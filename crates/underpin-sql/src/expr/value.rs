//! A value that stands by itself: in a CASE, in a union, as an operand.

use rust_decimal::Decimal;
use underpin_core::{CellError, ColumnType, Encoder, Interval, Value};

use super::{Anywhere, Expr};
use crate::query::MOST_DIGITS;
use crate::{Param, Tree};

/// A bound value as an expression: `value::<String>("cheap")`.
pub fn value<V: Value>(value: impl Into<V>) -> Expr<Anywhere, V> {
    Expr::of(tree(value.into()))
}

/// A bound value. A decimal is as wide as can be, with its own digits behind the point.
pub(super) fn tree<V: Value>(value: V) -> Tree {
    let ty = match V::TYPE {
        ColumnType::NumericOpen => {
            let mut scale = Scale(0);
            // What a value cannot write it cannot be bound by either, and that is reported.
            let _ = value.encode(&mut scale);
            ColumnType::Numeric { precision: MOST_DIGITS, scale: scale.0 }
        }
        ty => ty,
    };
    Tree::value(Param::new(value), ty)
}

/// Takes a decimal's digits behind the point, and nothing else.
struct Scale(u16);

macro_rules! ignored {
    ($($method:ident: $ty:ty),+ $(,)?) => {
        impl Encoder for Scale {
            fn null(&mut self) -> Result<(), CellError> {
                Ok(())
            }
            fn decimal(&mut self, value: Decimal) -> Result<(), CellError> {
                self.0 = u16::try_from(value.normalize().scale()).unwrap_or(0);
                Ok(())
            }
            $(fn $method(&mut self, _: $ty) -> Result<(), CellError> {
                Ok(())
            })+
            fn array(
                &mut self,
                _: usize,
                _: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
            ) -> Result<(), CellError> {
                Ok(())
            }
        }
    };
}

ignored! {
    bool: bool, i16: i16, i32: i32, i64: i64, f32: f32, f64: f64, text: &str, bytes: &[u8], uuid: [u8; 16],
    date: i32, time: i64, timestamp: i64, timestamptz: i64, interval: Interval, json: &str,
}
