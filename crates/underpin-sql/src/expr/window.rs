//! Window functions: a value of each row that looks at others.

use std::marker::PhantomData;

use underpin_core::{ColumnType, Value};

use super::aggregate::aggregate;
use super::{Anywhere, Expr, NotNull, Nullable, Operand, methods};
use crate::{Frame, FrameEnd, Function, OrderBy, Tail, Tree, Window};

static ROW_NUMBER: Function = Function::same("row_number", "row_number(){tail}");
static RANK: Function = Function::same("rank", "rank(){tail}");
static DENSE_RANK: Function = Function::same("dense_rank", "dense_rank(){tail}");
static NTILE: Function = Function::per_dialect("ntile", "(ntile({0}){tail})::int8", "ntile({0}){tail}");
static LAG: Function = Function::same("lag", "lag({0}, {1}){tail}").showing(1);
static LEAD: Function = Function::same("lead", "lead({0}, {1}){tail}").showing(1);
static FIRST_VALUE: Function = Function::same("first_value", "first_value({0}){tail}");
static LAST_VALUE: Function = Function::same("last_value", "last_value({0}){tail}");

/// The rows that a window function sees, and in which order.
pub struct Over<S> {
    window: Window,
    tables: PhantomData<fn() -> S>,
}

/// All rows, as the window of a window function.
#[must_use]
pub fn window() -> Over<Anywhere> {
    Over { window: Window::default(), tables: PhantomData }
}

impl<S> std::fmt::Debug for Over<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.window.fmt(f)
    }
}

impl<S> Over<S> {
    /// Only rows with an equal value of this.
    #[must_use]
    pub fn partition_by<V: Value, O: Operand<V>>(mut self, by: O) -> Over<(S, O::Scope)> {
        self.window.partition.push(by.into_tree());
        Over { window: self.window, tables: PhantomData }
    }

    /// In this order, behind those given before.
    #[must_use]
    pub fn order_by<O>(mut self, order: OrderBy<O>) -> Over<(S, O)> {
        self.window.order.push(order.into_order());
        Over { window: self.window, tables: PhantomData }
    }

    /// From one row to another, counted from the current one.
    #[must_use]
    pub fn rows(mut self, from: FrameEnd, to: FrameEnd) -> Self {
        self.window.frame = Some(Frame { from, to });
        self
    }
}

/// A function that needs a window.
#[must_use = "say over which rows: `.over(window())`"]
pub struct Windowed<S, V, N = NotNull> {
    function: &'static Function,
    args: Vec<Tree>,
    ty: ColumnType,
    types: PhantomData<fn() -> (S, V, N)>,
}

impl<S, V, N> std::fmt::Debug for Windowed<S, V, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.function.name)
    }
}

impl<S, V, N> Windowed<S, V, N> {
    fn new(function: &'static Function, args: Vec<Tree>, ty: ColumnType) -> Self {
        Self { function, args, ty, types: PhantomData }
    }

    /// Its value over a window.
    pub fn over<O>(self, over: Over<O>) -> Expr<(S, O), V, N> {
        let tail = Tail { over: Some(over.window), ..Tail::default() };
        aggregate(self.function, self.args, self.ty, tail)
    }
}

impl<S, V, N> Expr<S, V, N> {
    /// This aggregate over a window.
    pub fn over<O>(self, over: Over<O>) -> Expr<(S, O), V, N> {
        Expr::of(self.into_tree().with_tail(|tail| tail.over = Some(over.window)))
    }
}

/// The number of the row in its window, from 1.
pub fn row_number() -> Windowed<Anywhere, i64> {
    Windowed::new(&ROW_NUMBER, Vec::new(), ColumnType::BigInt)
}

/// The rank of the row in its window: equal rows have the same, with gaps behind them.
pub fn rank() -> Windowed<Anywhere, i64> {
    Windowed::new(&RANK, Vec::new(), ColumnType::BigInt)
}

/// The rank of the row in its window: equal rows have the same, without gaps.
pub fn dense_rank() -> Windowed<Anywhere, i64> {
    Windowed::new(&DENSE_RANK, Vec::new(), ColumnType::BigInt)
}

/// In which of so many parts of about the same size the row stands, from 1.
pub fn ntile(parts: u16) -> Windowed<Anywhere, i64> {
    Windowed::new(&NTILE, vec![Tree::number(parts.max(1))], ColumnType::BigInt)
}

methods! {
    impl [V: Value,] V {
        /// Its value so many rows before; NULL where there is no such row.
        pub fn lag(self, rows: u16) -> Windowed<S, V, Nullable> {
            let tree = self.into_tree();
            let ty = tree.ty;
            Windowed::new(&LAG, vec![tree, Tree::number(rows)], ty)
        }

        /// Its value so many rows after; NULL where there is no such row.
        pub fn lead(self, rows: u16) -> Windowed<S, V, Nullable> {
            let tree = self.into_tree();
            let ty = tree.ty;
            Windowed::new(&LEAD, vec![tree, Tree::number(rows)], ty)
        }

        /// Its value in the first row of the window.
        pub fn first_value(self) -> Windowed<S, V, N> {
            let tree = self.into_tree();
            let ty = tree.ty;
            Windowed::new(&FIRST_VALUE, vec![tree], ty)
        }

        /// Its value in the last row of the window's frame, which ends with the current row if nothing is said.
        pub fn last_value(self) -> Windowed<S, V, N> {
            let tree = self.into_tree();
            let ty = tree.ty;
            Windowed::new(&LAST_VALUE, vec![tree], ty)
        }
    }
}
