//! Joins: with a table, with a table under another name, with every row.

use std::marker::PhantomData;

use underpin_schema::{RowStruct, Table};

use super::SelectFrom;
use crate::{Alias, Condition, Covers, Join, JoinKind, Select, Source, Tree};

/// A join of which it is not yet said what belongs together; `Q` are the tables with the one that is joined.
#[must_use = "say which rows belong together: `.on(CarRow::OWNER.eq_expr(OwnerRow::ID))`"]
pub struct Joining<Q, L, X> {
    runner: X,
    select: Select,
    kind: JoinKind,
    source: Source,
    types: PhantomData<fn() -> (Q, L)>,
}

impl<Q, L, X> std::fmt::Debug for Joining<Q, L, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} join with {}", self.kind, self.source.table.name)
    }
}

impl<Q, L, X> Joining<Q, L, X> {
    /// Rows for which this holds belong together.
    pub fn on<C: Condition<S>, S, I>(mut self, condition: C) -> SelectFrom<Q, L, X>
    where
        Q: Covers<S, I>,
    {
        let on = Some(condition.into_tree());
        self.select.joins.push(Join { kind: self.kind, source: self.source, on });
        SelectFrom::new(self.runner, self.select)
    }
}

// Each written out: of a method that a macro writes, the compiler would show the macro beside the mistake.
impl<Q, L, X> SelectFrom<Q, L, X> {
    /// With the rows of `T` that belong to each row; rows without a partner are left out.
    pub fn inner_join<T: RowStruct>(self) -> Joining<(Q, T::Itself), L, X> {
        self.joining(JoinKind::Inner, Source { table: T::Itself::def(), alias: None })
    }

    /// The same with a table under another name.
    pub fn inner_join_as<T: Table>(self, alias: Alias<T>) -> Joining<Q, L, X> {
        self.joining(JoinKind::Inner, alias.source())
    }

    /// With the rows of `T` that belong to each row; of a row without a partner its columns are NULL, so select them
    /// as `.nullable()`.
    pub fn left_join<T: RowStruct>(self) -> Joining<(Q, T::Itself), L, X> {
        self.joining(JoinKind::Left, Source { table: T::Itself::def(), alias: None })
    }

    /// The same with a table under another name.
    pub fn left_join_as<T: Table>(self, alias: Alias<T>) -> Joining<Q, L, X> {
        self.joining(JoinKind::Left, alias.source())
    }

    /// With every row of `T`; where no row before belongs to it, the columns before are NULL, so select them as
    /// `.nullable()`.
    pub fn right_join<T: RowStruct>(self) -> Joining<(Q, T::Itself), L, X> {
        self.joining(JoinKind::Right, Source { table: T::Itself::def(), alias: None })
    }

    /// The same with a table under another name.
    pub fn right_join_as<T: Table>(self, alias: Alias<T>) -> Joining<Q, L, X> {
        self.joining(JoinKind::Right, alias.source())
    }

    /// With every row of `T`, and every row before; what has no partner is NULL, so select it as `.nullable()`.
    pub fn full_join<T: RowStruct>(self) -> Joining<(Q, T::Itself), L, X> {
        self.joining(JoinKind::Full, Source { table: T::Itself::def(), alias: None })
    }

    /// The same with a table under another name.
    pub fn full_join_as<T: Table>(self, alias: Alias<T>) -> Joining<Q, L, X> {
        self.joining(JoinKind::Full, alias.source())
    }
}

impl<Q, L, X> SelectFrom<Q, L, X> {
    fn joining<Q2>(self, kind: JoinKind, source: Source) -> Joining<Q2, L, X> {
        Joining { runner: self.runner, select: self.select, kind, source, types: PhantomData }
    }

    fn join_all(mut self, source: Source) -> Self {
        self.select.joins.push(Join { kind: JoinKind::Cross, source, on: None::<Tree> });
        self
    }

    /// With every row of `T`.
    pub fn cross_join<T: RowStruct>(self) -> SelectFrom<(Q, T::Itself), L, X> {
        self.join_all(Source { table: T::Itself::def(), alias: None }).typed()
    }

    /// With every row of a table under another name.
    pub fn cross_join_as<T: Table>(self, alias: Alias<T>) -> Self {
        self.join_all(alias.source())
    }

    /// Lets this query, as a part of another one, speak of the columns of `T`, which the other one reads.
    pub fn outer<T: RowStruct>(self) -> SelectFrom<(Q, T::Itself), L, X> {
        self.typed()
    }
}
