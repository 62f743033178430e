//! INSERT of many rows of which some may be there already.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use underpin_core::{ColumnSet, Error};
use underpin_schema::{IndexDef, IndexKey, RowStruct, Schema, Store, Table, TableDef};
use underpin_sql::{ColumnList, Conflict, Select};

use super::insert::items;
use super::renew::taken_over;
use super::{InsertMany, Items};
use crate::UnitOfWork;

/// Rows to be inserted or updated, before it is said how one is found that is there. See [`UnitOfWork::upsert`].
#[must_use = "say which columns decide: `on_conflict`"]
pub struct Upsert<'u, S, R, I> {
    uow: &'u mut UnitOfWork<S>,
    rows: I,
    types: PhantomData<fn() -> R>,
}

/// Rows to be inserted or updated, before it is said what happens to one that is there.
#[must_use = "say what happens to a row that is there: `update`, `update_all` or `do_nothing`"]
pub struct Conflicting<'u, S, R, I> {
    upsert: Upsert<'u, S, R, I>,
    columns: Result<Vec<usize>, Error>,
}

impl<S, R: Table, I> std::fmt::Debug for Upsert<'_, S, R, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upsert").field("table", &R::def().name).finish_non_exhaustive()
    }
}

impl<S, R: Table, I> std::fmt::Debug for Conflicting<'_, S, R, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Conflicting").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<S: Store> UnitOfWork<S> {
    /// Inserts rows, and updates those that are there already:
    ///
    /// ```text
    /// let changed = uow
    ///     .upsert(rows)
    ///     .on_conflict(UserRow::EMAIL)
    ///     .update((UserRow::NAME, UserRow::PHONE))
    ///     .execute()
    ///     .await?;
    /// ```
    ///
    /// It is one statement for each thousand rows, all in the transaction. A row that is updated counts its version up,
    /// one that is new begins with version 1; columns with an `on_update` are taken over from the new row. Of several rows with the same values in the deciding columns the later
    /// one counts. Rows of the table that the unit of work knows have to be read again before they are saved; changes of
    /// them that are not written yet are an error.
    pub fn upsert<R: RowStruct<Itself = R>, I: IntoIterator<Item = R>>(
        &mut self,
        rows: I,
    ) -> Upsert<'_, S, R::Itself, Items<I::IntoIter, R>> {
        Upsert { uow: self, rows: items(rows), types: PhantomData }
    }
}

impl<'u, S: Store, R: Table, I> Upsert<'u, S, R, I> {
    /// A row is there already if one has its values in these columns: those of the primary key, of a UNIQUE constraint
    /// or of a unique index over all rows. NULL equals nothing.
    pub fn on_conflict(self, columns: impl ColumnList<R>) -> Conflicting<'u, S, R, I> {
        let mut positions = Vec::new();
        columns.append_to(&mut positions);
        let wanted: BTreeSet<usize> = positions.iter().copied().collect();
        let is_one =
            deciding(R::def()).iter().any(|of| of.iter().copied().collect::<BTreeSet<_>>() == wanted);
        let columns =
            if is_one { Ok(positions) } else { Err(undecided(R::def(), &names(R::def(), &positions))) };
        Conflicting { upsert: self, columns }
    }

    /// As [`on_conflict`](Self::on_conflict), with the name of the constraint or index.
    pub fn on_constraint(self, name: &str) -> Conflicting<'u, S, R, I> {
        let columns = named(&self.uow.schema, R::def(), name)
            .ok_or_else(|| undecided(R::def(), &format!("called {}", name.escape_debug())));
        Conflicting { upsert: self, columns }
    }
}

impl<'u, S: Store, R: Table, I> Conflicting<'u, S, R, I> {
    /// A row that is there takes over these columns of the new one.
    pub fn update(self, columns: impl ColumnList<R>) -> InsertMany<'u, S, R, I> {
        let mut positions = Vec::new();
        columns.append_to(&mut positions);
        let def = R::def();
        let refused = positions.iter().find_map(|position| {
            let column = def.columns.get(*position)?;
            let managed = column.version || def.read_only().contains(*position);
            managed.then(|| {
                Error::usage(
                    format!(
                        "{}.{} cannot be taken over: the program does not write it",
                        def.name, column.name
                    ),
                    "leave it out; a version counts up by itself",
                )
            })
        });
        self.then(positions.into_iter().collect(), refused)
    }

    /// A row that is there takes over all columns of the new one, but for the deciding ones, those of the primary key,
    /// and what the database writes.
    pub fn update_all(self) -> InsertMany<'u, S, R, I> {
        let def = R::def();
        let deciding: ColumnSet = self.columns.iter().flatten().copied().collect();
        let kept =
            deciding.union(def.key()).union(def.read_only()).union(def.version().into_iter().collect());
        let columns = def.all().difference(kept);
        let refused = columns.is_empty().then(|| {
            Error::usage(format!("{} has no other columns to take over", def.name), "call `do_nothing`")
        });
        self.then(columns, refused)
    }

    /// A row that is there stays as it is.
    pub fn do_nothing(self) -> InsertMany<'u, S, R, I> {
        self.then(ColumnSet::EMPTY, None)
    }

    fn then(self, update: ColumnSet, refused: Option<Error>) -> InsertMany<'u, S, R, I> {
        let (columns, undecided) = match self.columns {
            Ok(columns) => (columns, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        // What each update sets is taken over too, as the new row has it.
        let update = if update.is_empty() { update } else { update.union(taken_over::<R>()) };
        let Upsert { uow, rows, .. } = self.upsert;
        InsertMany {
            uow,
            rows,
            of: Select::new(R::def()),
            conflict: Some(Conflict { columns, update }),
            progress: None,
            refused: undecided.or(refused),
            types: PhantomData,
        }
    }
}

/// The lists of columns by which a row can be found that is there already.
fn deciding(table: &TableDef) -> Vec<Vec<usize>> {
    let uniques =
        table.uniques.iter().filter(|unique| !unique.deferred).map(|unique| unique.columns.to_vec());
    let indexes = table.indexes.iter().filter_map(columns_of);
    std::iter::once(table.primary_key.to_vec()).chain(uniques).chain(indexes).collect()
}

/// The columns of a unique index over all rows of plain columns, which every database has.
fn columns_of(index: &IndexDef) -> Option<Vec<usize>> {
    if !index.unique || index.predicate.is_some() || index.only.is_some() {
        return None;
    }
    let column = |key| match key {
        IndexKey::Column(position) => Some(position),
        IndexKey::Expression(_) => None,
    };
    index.parts.iter().map(|part| column(part.key)).collect()
}

fn named(schema: &Schema, table: &TableDef, name: &str) -> Option<Vec<usize>> {
    let names = schema.names(table);
    if names.primary_key == name {
        return Some(table.primary_key.to_vec());
    }
    let unique =
        table.uniques.iter().zip(&names.uniques).find(|(of, called)| *called == name && !of.deferred);
    let index = || table.indexes.iter().zip(&names.indexes).find(|(_, called)| *called == name);
    unique.map(|(unique, _)| unique.columns.to_vec()).or_else(|| index().and_then(|(of, _)| columns_of(of)))
}

fn names(table: &TableDef, positions: &[usize]) -> String {
    let names: Vec<&str> =
        positions.iter().filter_map(|position| table.columns.get(*position)).map(|of| of.name).collect();
    format!("over ({})", names.join(", "))
}

fn undecided(table: &TableDef, which: &str) -> Error {
    let known: Vec<String> = deciding(table).iter().map(|of| names(table, of)).collect();
    Error::usage(
        format!("{} has no primary key, UNIQUE constraint or unique index {which}", table.name),
        format!("it has those {}", known.join(", ")),
    )
}
