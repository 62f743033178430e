//! Casts from one type to another.

use rust_decimal::Decimal;
use underpin_core::ColumnType;

use super::{Expr, methods};
use crate::query::MOST_DIGITS;
use crate::{Function, Tree};

static TO_I64: Function = Function::per_dialect("cast", "({0})::int8", "CAST({0} AS INTEGER)");
static TO_F64: Function = Function::per_dialect("cast", "({0})::float8", "CAST({0} AS REAL)");
static TO_TEXT: Function = Function::per_dialect("cast", "({0})::text", "CAST({0} AS TEXT)");
static WHOLE_TO_DECIMAL: Function =
    Function::per_dialect("cast", "({0})::numeric", "underpin_decimal({0}, 0, 0, 28, 0)");
static DECIMAL_TO_F64: Function =
    Function::per_dialect("cast", "({0})::float8", "underpin_decimal_float({0}, {1}, {2})").showing(1);
static DECIMAL_TO_TEXT: Function =
    Function::per_dialect("cast", "({0})::text", "underpin_decimal_text({0}, {1}, {2})").showing(1);

fn of_decimal(function: &'static Function, of: Tree, ty: ColumnType) -> Tree {
    let [precision, scale] = match of.ty {
        ColumnType::Numeric { precision, scale } => [precision, scale],
        _ => [MOST_DIGITS, 0],
    };
    Tree::call(function, vec![of, Tree::number(precision), Tree::number(scale)], ty)
}

/// What every whole number can become.
macro_rules! whole {
    ($($ty:ty),+) => {$(
        methods! {
            impl [] $ty {
                /// As an integer of 64 bits.
                pub fn to_i64(self) -> Expr<S, i64, N> {
                    Expr::of(Tree::call(&TO_I64, vec![self.into_tree()], ColumnType::BigInt))
                }

                /// As a float of 64 bits.
                pub fn to_f64(self) -> Expr<S, f64, N> {
                    Expr::of(Tree::call(&TO_F64, vec![self.into_tree()], ColumnType::Double))
                }

                /// As a decimal without digits behind the point.
                pub fn to_decimal(self) -> Expr<S, Decimal, N> {
                    let ty = ColumnType::Numeric { precision: MOST_DIGITS, scale: 0 };
                    Expr::of(Tree::call(&WHOLE_TO_DECIMAL, vec![self.into_tree()], ty))
                }

                /// As text.
                pub fn to_text(self) -> Expr<S, String, N> {
                    Expr::of(Tree::call(&TO_TEXT, vec![self.into_tree()], ColumnType::Text))
                }
            }
        }
    )+};
}

whole!(i16, i32, i64);

methods! {
    impl [] Decimal {
        /// As a float of 64 bits.
        pub fn to_f64(self) -> Expr<S, f64, N> {
            Expr::of(of_decimal(&DECIMAL_TO_F64, self.into_tree(), ColumnType::Double))
        }

        /// As text, with all digits behind the point that the column has.
        pub fn to_text(self) -> Expr<S, String, N> {
            Expr::of(of_decimal(&DECIMAL_TO_TEXT, self.into_tree(), ColumnType::Text))
        }
    }
}
