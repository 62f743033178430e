//! An expression, typed by the tables that it speaks of, by its value, and by whether it may be NULL.

use std::marker::PhantomData;

use super::NotNull;
use crate::Tree;

/// An expression on rows of the tables `S` whose value is a `V`.
///
/// `S` is a row struct, a pair of such scopes, or [`Anywhere`](super::Anywhere).
#[must_use = "an expression does nothing before a query uses it"]
pub struct Expr<S, V, N = NotNull> {
    tree: Tree,
    types: PhantomData<fn() -> (S, V, N)>,
}

/// A condition on rows of the tables `S`.
pub type Filter<S> = Expr<S, bool>;

impl<S, V, N> Clone for Expr<S, V, N> {
    fn clone(&self) -> Self {
        Self::of(self.tree.clone())
    }
}

impl<S, V, N> std::fmt::Debug for Expr<S, V, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.tree.fmt(f)
    }
}

impl<S, V, N> Expr<S, V, N> {
    pub(crate) fn of(tree: Tree) -> Self {
        Self { tree, types: PhantomData }
    }

    /// The erased expression.
    #[must_use]
    pub fn into_tree(self) -> Tree {
        self.tree
    }
}

impl<S, T, V, N> Expr<(S, T), V, N> {
    /// The same, said to speak of the tables of its first half: it stands beside conditions on those then.
    pub fn narrow<I>(self) -> Expr<S, V, N>
    where
        S: super::Covers<T, I>,
    {
        Expr::of(self.tree)
    }
}
