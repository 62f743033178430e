//! Typed columns, queries and writes as values, the statements they become, and the traits that a driver implements.
//!
//! - [`Column`] and [`Filter`] are typed by their table; what they build is an erased tree, so that query types and
//!   compiler messages stay short.
//! - [`Write`] is one group of a flush: one table, one operation, one set of columns, many rows.
//! - [`driver`] has the traits that PostgreSQL, SQLite and the in-memory store implement. They take queries and
//!   writes, not text: each renders (or evaluates) them in its own best way, and a whole flush arrives as one batch.
//!
//! **Invariant:** this crate does no IO; text is a pure function of a query or write and a dialect's capability.

mod column;
pub mod driver;
mod query;
mod statement;

pub use column::Column;
pub use query::{
    CellOf, Comparison, Expr, Filter, KeyRows, Lock, Order, OrderBy, Param, Query, RowSource, Rows, Select,
    Write, WriteKind,
};
pub use statement::{
    Bound, ParamShape, ReadStatement, Shape, Statement, TableStatements, WriteStatement, combine, quote,
    render_select,
};
