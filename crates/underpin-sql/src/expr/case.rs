//! CASE: the value of the first condition that holds.

use std::marker::PhantomData;

use underpin_core::Value;

use super::{Condition, Expr, Nullable, Nullness, Operand};
use crate::query::align_all;
use crate::{Node, Tree};

/// The values of conditions, while it is not said what there is otherwise.
#[must_use = "finish it: `.otherwise(..)` or `.end()`"]
pub struct Case<S, V, N> {
    when: Vec<(Tree, Tree)>,
    types: PhantomData<fn() -> (S, V, N)>,
}

/// The value where the condition holds: `when(CarRow::PRICE.lt(100), value::<String>("cheap"))`.
pub fn when<C: Condition<S>, S, V: Value, O: Operand<V>>(
    condition: C,
    then: O,
) -> Case<(S, O::Scope), V, O::Null> {
    Case { when: vec![(condition.into_tree(), then.into_tree())], types: PhantomData }
}

impl<S, V, N> std::fmt::Debug for Case<S, V, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.when.fmt(f)
    }
}

impl<S, V: Value, N: Nullness> Case<S, V, N> {
    /// Else the value where this condition holds.
    pub fn when<C: Condition<T>, T, O: Operand<V>>(
        mut self,
        condition: C,
        then: O,
    ) -> Case<(S, (T, O::Scope)), V, N::Or<O::Null>> {
        self.when.push((condition.into_tree(), then.into_tree()));
        Case { when: self.when, types: PhantomData }
    }

    /// Else this value.
    pub fn otherwise<O: Operand<V>>(self, value: O) -> Expr<(S, O::Scope), V, N::Or<O::Null>> {
        Expr::of(finish(self.when, Some(value.into_tree())))
    }

    /// Else NULL.
    pub fn end(self) -> Expr<S, V, Nullable> {
        Expr::of(finish(self.when, None))
    }
}

fn finish(when: Vec<(Tree, Tree)>, otherwise: Option<Tree>) -> Tree {
    let (conditions, mut values): (Vec<_>, Vec<_>) = when.into_iter().unzip();
    let has_otherwise = otherwise.is_some();
    values.extend(otherwise);
    let mut values = align_all(values);
    let ty = values.first().map_or(underpin_core::ColumnType::Text, |value| value.ty);
    let otherwise = if has_otherwise { values.pop().map(Box::new) } else { None };
    Tree { node: Node::Case(conditions.into_iter().zip(values).collect(), otherwise), ty }
}
