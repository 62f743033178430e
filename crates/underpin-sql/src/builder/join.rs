//! Joins: with a table, with a table under another name, with every row.

use underpin_schema::Table;

use super::SelectFrom;
use crate::{Alias, Condition, Covers, Join, JoinKind, Source, Tree};

/// Writes one kind of join, for a table and for an alias of a table.
macro_rules! join {
    ($(#[$doc:meta])* $name:ident, $name_as:ident, $kind:ident) => {
        impl<Q, L, X> SelectFrom<Q, L, X> {
            $(#[$doc])*
            pub fn $name<T: Table, C: Condition, I>(self, on: C) -> SelectFrom<(Q, T), L, X>
            where
                (Q, T): Covers<C::Scope, I>,
            {
                let source = Source { table: T::def(), alias: None };
                self.join(JoinKind::$kind, source, Some(on.into_tree())).typed()
            }

            /// The same with a table under another name.
            pub fn $name_as<T: Table, C: Condition, I>(self, alias: Alias<T>, on: C) -> Self
            where
                Q: Covers<C::Scope, I>,
            {
                self.join(JoinKind::$kind, alias.source(), Some(on.into_tree()))
            }
        }
    };
}

join!(
    /// With the rows of `T` that belong to each row; rows without a partner are left out.
    inner_join,
    inner_join_as,
    Inner
);
join!(
    /// With the rows of `T` that belong to each row; of a row without a partner its columns are NULL, so select them
    /// as `.nullable()`.
    left_join,
    left_join_as,
    Left
);
join!(
    /// With every row of `T`; where no row before belongs to it, the columns before are NULL, so select them as
    /// `.nullable()`.
    right_join,
    right_join_as,
    Right
);
join!(
    /// With every row of `T`, and every row before; what has no partner is NULL, so select it as `.nullable()`.
    full_join,
    full_join_as,
    Full
);

impl<Q, L, X> SelectFrom<Q, L, X> {
    fn join(mut self, kind: JoinKind, source: Source, on: Option<Tree>) -> Self {
        self.select.joins.push(Join { kind, source, on });
        self
    }

    /// With every row of `T`.
    pub fn cross_join<T: Table>(self) -> SelectFrom<(Q, T), L, X> {
        self.join(JoinKind::Cross, Source { table: T::def(), alias: None }, None).typed()
    }

    /// With every row of a table under another name.
    pub fn cross_join_as<T: Table>(self, alias: Alias<T>) -> Self {
        self.join(JoinKind::Cross, alias.source(), None)
    }

    /// Lets this query, as a part of another one, speak of the columns of `T`, which the other one reads.
    pub fn outer<T: Table>(self) -> SelectFrom<(Q, T), L, X> {
        self.typed()
    }
}
