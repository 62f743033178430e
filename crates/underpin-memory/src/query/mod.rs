//! Queries that are read as trees and evaluated on the rows of a state: what a database does with the SQL of them.
//!
//! A query is prepared first, so that what it cannot do, and values that do not fit, are told even where there is no row.

mod aggregate;
mod call;
mod evaluate;
mod number;
mod prepare;
mod run;
mod time;

use underpin_core::{ColumnType, Datum};
use underpin_sql::{Comparison, Function, JoinKind, SetOperation};

use crate::table::{Bytes, Row};

pub(crate) use evaluate::Around;
pub(crate) use prepare::{condition, expression, plan};
pub(crate) use run::rows;

/// A row of a table with its key; nothing, where a join found no partner.
pub(crate) type Item = Option<(Bytes, Row)>;

/// A query that can be run.
pub(crate) struct Plan {
    /// What is read first.
    from: Source,
    joins: Vec<(JoinKind, Source, Option<Expr>)>,
    filter: Option<Expr>,
    /// By what rows become one; `None` if they do not.
    group: Option<Vec<Expr>>,
    aggregates: Vec<Aggregate>,
    having: Option<Expr>,
    /// Nothing: the row of the first table as it is.
    columns: Vec<(Expr, ColumnType)>,
    distinct: Distinct,
    order: Vec<Key>,
    set: Vec<(SetOperation, Plan)>,
    limit: Option<usize>,
    offset: usize,
}

/// Where rows come from.
enum Source {
    /// A table, by its position.
    Table(usize),
    /// Another query.
    Query(Box<Plan>),
}

enum Distinct {
    No,
    Rows,
    On(Vec<(Expr, ColumnType)>),
}

/// A key of an order: what it is, and for a union where it stands among what is selected.
struct Key {
    by: Option<Expr>,
    place: usize,
    ty: ColumnType,
    descends: bool,
    nulls_first: bool,
}

/// An expression whose parameters have been read and whose columns have been found.
pub(crate) enum Expr {
    /// A column: how many queries further out, of which of its tables, at which position.
    Column {
        out: usize,
        source: usize,
        position: usize,
    },
    Value(Datum),
    Compare(Comparison, ColumnType, Box<[Expr; 2]>),
    CompareRows(Comparison, Vec<(Expr, Expr, ColumnType)>),
    In(Box<Expr>, ColumnType, Vec<Datum>),
    InQuery(Box<Expr>, ColumnType, Box<Plan>),
    IsNull(Box<Expr>, bool),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Call(Call),
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    Exists(Box<Plan>),
    Scalar(Box<Plan>),
    /// An aggregate of the query, by its place among them.
    Aggregate(usize),
}

/// A function with its arguments, their types, and the type of what it gives.
pub(crate) struct Call {
    function: &'static Function,
    args: Vec<Expr>,
    of: ColumnType,
    ty: ColumnType,
}

struct Aggregate {
    call: Call,
    distinct: bool,
    filter: Option<Expr>,
    order: Vec<Key>,
}
