//! Joins.

use underpin_schema::Table;

use super::SelectFrom;
use crate::{Condition, Covers, Join, JoinKind, Source, Tree};

impl<Q, L, X> SelectFrom<Q, L, X> {
    fn join<T: Table>(mut self, kind: JoinKind, on: Option<Tree>) -> SelectFrom<(Q, T), L, X> {
        let source = Source { table: T::def(), alias: None };
        self.select.joins.push(Join { kind, source, on });
        self.typed()
    }

    /// With the rows of `T` that belong to each row; rows without a partner are left out.
    pub fn inner_join<T: Table, C: Condition, I>(self, on: C) -> SelectFrom<(Q, T), L, X>
    where
        (Q, T): Covers<C::Scope, I>,
    {
        self.join(JoinKind::Inner, Some(on.into_tree()))
    }
}
