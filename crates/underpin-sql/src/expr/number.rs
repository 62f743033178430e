//! Arithmetic of integers, floats and decimals.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use rust_decimal::Decimal;
use underpin_core::{ColumnType, Value};
use underpin_schema::Table;

use super::{Expr, Nullness, methods, value};
use crate::query::MOST_DIGITS;
use crate::{Column, Function, Tree};

/// A type that can be calculated with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number that queries calculate with",
    note = "integers, floats and `Decimal` are"
)]
pub trait Number: Value {
    /// What the sum of many is.
    type Sum: Value;
    /// What their average is.
    type Average: Value;
    /// How numbers of the kind are calculated with.
    #[doc(hidden)]
    const KIND: Kind;
}

/// How numbers are calculated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Whole,
    /// Binary floating point.
    Float,
    /// Exact decimals.
    Decimal,
}

macro_rules! numbers {
    ($($ty:ty: $kind:ident, $sum:ty, $average:ty;)+) => {
        $(impl Number for $ty {
            type Sum = $sum;
            type Average = $average;
            const KIND: Kind = Kind::$kind;
        })+
    };
}

numbers! {
    i16: Whole, i64, Decimal;
    i32: Whole, i64, Decimal;
    i64: Whole, i64, Decimal;
    f32: Float, f32, f64;
    f64: Float, f64, f64;
    Decimal: Decimal, Decimal, Decimal;
}

/// An operation on two numbers, for each kind of number.
struct Operation {
    whole: Function,
    float: Function,
    decimal: Function,
    /// Digits behind the point of a decimal result, of those of both sides.
    scale: fn(u16, u16) -> u16,
}

/// SQL for whole numbers and floats on both dialects, then for decimals on PostgreSQL and SQLite.
macro_rules! operation {
    ($name:ident, $sign:literal, $own:literal, [$decimal:literal, $decimal_own:literal], $scale:expr) => {
        static $name: Operation = Operation {
            whole: Function::per_dialect($sign, concat!("({0} ", $sign, " {1})"), $own),
            float: Function::per_dialect($sign, concat!("({0} ", $sign, " {1})"), $own),
            decimal: Function::per_dialect(
                $sign,
                $decimal,
                concat!("underpin_decimal_", $decimal_own, "({0}, {2}, {3}, {1}, {4}, {5}, {6})"),
            )
            .showing(2),
            scale: $scale,
        };
    };
}

operation!(ADD, "+", "({0} + {1})", ["({0} + {1})", "add"], |a, b| a.max(b));
operation!(SUBTRACT, "-", "({0} - {1})", ["({0} - {1})", "subtract"], |a, b| a.max(b));
operation!(MULTIPLY, "*", "({0} * {1})", ["round({0} * {1}, {6})", "multiply"], |a, b| (a + b)
    .min(MOST_SCALE));
// SQLite's own division by zero gives NULL.
operation!(
    DIVIDE,
    "/",
    "underpin_divide({0}, {1})",
    ["round({0}::numeric(99, 40) / {1}, {6})", "divide"],
    |a, b| (a.max(b) + 6).min(MOST_SCALE)
);
operation!(REMAINDER, "%", "underpin_remainder({0}, {1})", ["({0} % {1})", "remainder"], |a, b| a.max(b));

/// Digits behind the point that a result keeps at most.
const MOST_SCALE: u16 = 20;

fn digits(ty: ColumnType) -> [u16; 2] {
    if let ColumnType::Numeric { precision, scale } = ty { [precision, scale] } else { [MOST_DIGITS, 0] }
}

fn calculate<V: Number>(operation: &'static Operation, left: Tree, right: Tree) -> Tree {
    let function = match V::KIND {
        Kind::Whole => &operation.whole,
        Kind::Float => &operation.float,
        Kind::Decimal => {
            let ([p, s], [q, t]) = (digits(left.ty), digits(right.ty));
            let scale = (operation.scale)(s, t);
            let ty = ColumnType::Numeric { precision: MOST_DIGITS, scale };
            let numbers = [p, s, q, t, scale].map(Tree::number);
            return Tree::call(&operation.decimal, [left, right].into_iter().chain(numbers).collect(), ty);
        }
    };
    let ty = left.ty;
    Tree::call(function, vec![left, right], ty)
}

/// What stands to the right of a sign: a value, a column or an expression.
pub trait Calculated<V> {
    /// The scope of the result, beside what stands to the left.
    type With<S>;
    /// Whether it may be NULL.
    type Null: Nullness;

    /// The erased expression.
    fn into_tree(self) -> Tree;
}

impl<V: Number> Calculated<V> for V {
    type With<S> = S;
    type Null = super::NotNull;

    fn into_tree(self) -> Tree {
        value::tree(self)
    }
}

impl<S2, V: Number, M: Nullness> Calculated<V> for Expr<S2, V, M> {
    type With<S> = (S, S2);
    type Null = M;

    fn into_tree(self) -> Tree {
        self.into_tree()
    }
}

impl<T: Table, V: Number, M: Nullness> Calculated<V> for Column<T, V, M> {
    type With<S> = (S, T);
    type Null = M;

    fn into_tree(self) -> Tree {
        self.into_tree()
    }
}

macro_rules! sign {
    ($trait:ident, $method:ident, $operation:ident) => {
        impl<S, V: Number, N: Nullness, O: Calculated<V>> $trait<O> for Expr<S, V, N> {
            type Output = Expr<O::With<S>, V, N::Or<O::Null>>;

            fn $method(self, other: O) -> Self::Output {
                Expr::of(calculate::<V>(&$operation, self.into_tree(), other.into_tree()))
            }
        }

        impl<T: Table, V: Number, N: Nullness, O: Calculated<V>> $trait<O> for Column<T, V, N> {
            type Output = Expr<O::With<T>, V, N::Or<O::Null>>;

            fn $method(self, other: O) -> Self::Output {
                Expr::of(calculate::<V>(&$operation, self.into_tree(), other.into_tree()))
            }
        }
    };
}

sign!(Add, add, ADD);
sign!(Sub, sub, SUBTRACT);
sign!(Mul, mul, MULTIPLY);
sign!(Div, div, DIVIDE);
sign!(Rem, rem, REMAINDER);

static NEGATE: Function = Function::same("-", "(-{0})");
static ABS: Function = Function::same("abs", "abs({0})");
static CEIL: Function = Function::per_dialect("ceil", "ceil({0})", "underpin_ceil({0})");
static FLOOR: Function = Function::per_dialect("floor", "floor({0})", "underpin_floor({0})");
static ROUND_FLOAT: Function = Function::per_dialect("round", "round({0}::float8)", "underpin_round({0})");
static ROUND: Function =
    Function::per_dialect("round", "round({0}, {3})", "underpin_decimal({0}, {1}, {2}, 28, {3})").showing(1);
static DECIMAL_NEGATE: Function =
    Function::per_dialect("-", "(-{0})", "underpin_decimal_negate({0}, {1}, {2})").showing(1);
static DECIMAL_ABS: Function =
    Function::per_dialect("abs", "abs({0})", "underpin_decimal_abs({0}, {1}, {2})").showing(1);
static DECIMAL_CEIL: Function =
    Function::per_dialect("ceil", "ceil({0})", "underpin_decimal_ceil({0}, {1}, {2})").showing(1);
static DECIMAL_FLOOR: Function =
    Function::per_dialect("floor", "floor({0})", "underpin_decimal_floor({0}, {1}, {2})").showing(1);

/// A function of one number; of a decimal it gives one with as many digits behind the point, or with none.
fn alter<V: Number>(function: &'static Function, decimal: &'static Function, of: Tree, whole: bool) -> Tree {
    let ty = of.ty;
    if V::KIND == Kind::Decimal {
        let [precision, scale] = digits(ty);
        let ty = ColumnType::Numeric { precision: MOST_DIGITS, scale: if whole { 0 } else { scale } };
        return Tree::call(decimal, vec![of, Tree::number(precision), Tree::number(scale)], ty);
    }
    // There is nothing behind the point of a whole number.
    if whole && V::KIND == Kind::Whole { of } else { Tree::call(function, vec![of], ty) }
}

methods! {
    impl [V: Number,] V {
        /// Without its sign.
        pub fn abs(self) -> Expr<S, V, N> {
            Expr::of(alter::<V>(&ABS, &DECIMAL_ABS, self.into_tree(), false))
        }

        /// The next whole number that is not below it.
        pub fn ceil(self) -> Expr<S, V, N> {
            Expr::of(alter::<V>(&CEIL, &DECIMAL_CEIL, self.into_tree(), true))
        }

        /// The next whole number that is not above it.
        pub fn floor(self) -> Expr<S, V, N> {
            Expr::of(alter::<V>(&FLOOR, &DECIMAL_FLOOR, self.into_tree(), true))
        }
    }
}

methods! {
    impl [] Decimal {
        /// With so many digits behind the point, half away from zero.
        pub fn round(self, digits_behind: u16) -> Expr<S, Decimal, N> {
            let tree = self.into_tree();
            let [precision, scale] = digits(tree.ty);
            let to = digits_behind.min(MOST_SCALE);
            let numbers = [precision, scale, to].map(Tree::number);
            let ty = ColumnType::Numeric { precision: MOST_DIGITS, scale: to };
            Expr::of(Tree::call(&ROUND, std::iter::once(tree).chain(numbers).collect(), ty))
        }
    }
}

methods! {
    impl [] f64 {
        /// The next whole number, half to the even one.
        pub fn round(self) -> Expr<S, f64, N> {
            Expr::of(Tree::call(&ROUND_FLOAT, vec![self.into_tree()], ColumnType::Double))
        }
    }
}

impl<S, V: Number, N: Nullness> Neg for Expr<S, V, N> {
    type Output = Self;

    fn neg(self) -> Self {
        Self::of(alter::<V>(&NEGATE, &DECIMAL_NEGATE, self.into_tree(), false))
    }
}

impl<T: Table, V: Number, N: Nullness> Neg for Column<T, V, N> {
    type Output = Expr<T, V, N>;

    fn neg(self) -> Expr<T, V, N> {
        Expr::of(alter::<V>(&NEGATE, &DECIMAL_NEGATE, self.into_tree(), false))
    }
}
