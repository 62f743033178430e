//! Queries inside of expressions.

use underpin_core::Value;

use super::{Anywhere, Expr, Filter, Nullable, methods};
use crate::{Column, Columns, Node, SelectFrom, Tree};

/// Whether the query has a row. Columns of the query around it can stand in it once they are declared by
/// [`SelectFrom::outer`]; that they are really there is checked when the query is written.
pub fn exists<Q, L>(query: SelectFrom<Q, L>) -> Filter<Anywhere> {
    let mut select = query.into_select();
    if select.is_plain() || select.columns.is_empty() {
        select.columns = vec![Tree::number(1)];
    }
    Expr::of(Tree::condition(Node::Exists(Box::new(select))))
}

/// A selection of one column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not select one column",
    note = "select a single column or expression where the query stands for a value or a list of values"
)]
pub trait OneColumn {
    /// What the column holds.
    type Value;
}

#[diagnostic::do_not_recommend]
impl<S, V, N> OneColumn for Expr<S, V, N> {
    type Value = V;
}

#[diagnostic::do_not_recommend]
impl<T, V, N> OneColumn for Column<T, V, N> {
    type Value = V;
}

/// The one value of a query with one column; NULL if it has no row.
pub fn scalar<Q, L: OneColumn<Value: Value>>(
    query: SelectFrom<Q, Columns<L>>,
) -> Expr<Anywhere, L::Value, Nullable> {
    let select = query.into_select();
    let ty = select.columns.first().map_or(L::Value::TYPE, |column| column.ty);
    Expr::of(Tree { node: Node::Scalar(Box::new(select)), ty })
}

methods! {
    impl [V: Value,] V {
        /// One of the values of a query with one column.
        pub fn is_in_query<Q, L: OneColumn<Value = V>>(self, query: SelectFrom<Q, Columns<L>>) -> Filter<S> {
            let mut select = query.into_select();
            let mut tree = self.into_tree();
            if let Some(column) = select.columns.pop() {
                let (left, right) = crate::query::align(tree, column);
                tree = left;
                select.columns.push(right);
            }
            Expr::of(Tree::condition(Node::InSelect(Box::new(tree), Box::new(select))))
        }
    }
}
