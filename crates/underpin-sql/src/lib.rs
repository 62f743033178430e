//! Typed columns, queries and writes as values, the statements they become, and the traits that a driver implements.
//!
//! - [`Column`] and [`Filter`] are typed by their table; what they build is an erased tree, so that query types and
//!   compiler messages stay short.
//! - [`Write`] is one group of a flush: one table, one operation, one set of columns, many rows.
//! - [`driver`] has the traits that PostgreSQL, SQLite and the in-memory store implement. They take queries and
//!   writes, not text: each renders (or evaluates) them in its own best way, and a whole flush arrives as one batch.
//!
//! **Invariant:** this crate does no IO; text is a pure function of a query or write and a dialect's capability.

mod alias;
mod builder;
mod column;
mod column_list;
pub mod driver;
mod expr;
mod query;
mod selection;
mod statement;

pub use alias::{Alias, alias};
pub use builder::{
    ByHand, IntoGroup, IntoOrder, Joining, Page, Part, Runner, SelectFrom, Selecting, Transactional, from,
    from_as,
};
pub use column::Column;
pub use column_list::ColumnList;
pub use expr::{
    Anywhere, Both, Calculated, Case, Collected, Comparable, Condition, Covers, Expr, Filter, First, Has,
    Itself, JsonStep, Kind, NotNull, Nothing, Nullable, Nullness, Number, One, OneColumn, Operand, Over,
    Second, TimeUnit, Windowed, all_of, any_of, both, count, dense_rank, either, exists, now, ntile, rank,
    row_number, scalar, value, when, window,
};
pub use query::{
    CellOf, Change, ChangeKind, ColumnRef, Comparison, Conflict, Cursor, Distinct, Frame, FrameEnd, Function,
    Insert, Join, JoinKind, KeyRows, Lock, Node, Order, OrderBy, Param, Query, RowSource, Rows, Select,
    SetOperation, Source, Tail, Tree, Window, With, Write, WriteKind, Written, assignment,
};
pub use selection::{Columns, Row, Selectable, Selected, Selection, Tracker, row};
pub use statement::{
    Bound, ChangeStatement, ParamShape, ReadStatement, Shape, Sought, Statement, TableStatements,
    WriteStatement, combine, quote, render_change, render_select,
};
