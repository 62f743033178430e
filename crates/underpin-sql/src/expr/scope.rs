//! The tables that an expression speaks of, as types: a row struct, a pair of scopes, or nothing.

use underpin_schema::Table;

/// The scope of an expression that speaks of no table, or of tables that only the running program knows: those with
/// an alias, and those of the query around a query.
#[derive(Debug, Clone, Copy)]
pub struct Anywhere;

/// A query, by its tables, that reads all tables of the scope `S`.
///
/// `I` says where they stand; the compiler finds it.
#[diagnostic::on_unimplemented(
    message = "a table of `{S}` is not in this query on `{Self}`",
    label = "speaks of a table that the query does not read",
    note = "join it first: `.inner_join::<OrderRow>().on(..)`; in a query inside of a query: `.outer::<UserRow>()`"
)]
pub trait Covers<S, I> {}

/// A query, by its tables, that reads the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{T}` is not among the tables of this query",
    label = "`{T}` is not in the query"
)]
pub trait Has<T, I> {}

/// Where a table stands in a scope: it is the scope.
#[derive(Debug)]
pub struct Itself(());
/// Where a table stands in a scope: in the first half.
#[derive(Debug)]
pub struct First<I>(I);
/// Where a table stands in a scope: in the second half.
#[derive(Debug)]
pub struct Second<I>(I);

impl<T: Table> Has<T, Itself> for T {}
impl<A: Has<T, I>, B, T, I> Has<T, First<I>> for (A, B) {}
impl<A, B: Has<T, I>, T, I> Has<T, Second<I>> for (A, B) {}

/// How a scope is covered: it is one table.
#[derive(Debug)]
pub struct One<I>(I);
/// How a scope is covered: both halves are.
#[derive(Debug)]
pub struct Both<I, J>(I, J);
/// How a scope is covered: it speaks of nothing.
#[derive(Debug)]
pub struct Nothing(());

#[diagnostic::do_not_recommend]
impl<Q: Has<T, I>, T: Table, I> Covers<T, One<I>> for Q {}
#[diagnostic::do_not_recommend]
impl<Q: Covers<A, I> + Covers<B, J>, A, B, I, J> Covers<(A, B), Both<I, J>> for Q {}
#[diagnostic::do_not_recommend]
impl<Q> Covers<Anywhere, Nothing> for Q {}
