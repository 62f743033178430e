//! A whole row as a part of what is selected.

use std::marker::PhantomData;

use rust_decimal::Decimal;
use underpin_core::{CellError, Cells, Interval};
use underpin_schema::Table;

use super::Selection;
use crate::{NotNull, Nullable, Source, Tree};

/// All columns of the table `T`, read as its row struct; `S` is their scope.
pub struct Row<T, N = NotNull, S = T> {
    source: Source,
    types: PhantomData<fn() -> (T, N, S)>,
}

impl<T, N, S> Row<T, N, S> {
    pub(crate) fn of(source: Source) -> Self {
        Self { source, types: PhantomData }
    }
}

/// All columns of the table `T`, read as its row struct.
#[must_use]
pub fn row<T: Table>() -> Row<T> {
    Row::of(Source { table: T::def(), alias: None })
}

impl<T, S> Row<T, NotNull, S> {
    /// `None` where a join has found no row.
    #[must_use]
    pub fn nullable(self) -> Row<T, Nullable, S> {
        Row::of(self.source)
    }
}

impl<T, N, S> std::fmt::Debug for Row<T, N, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.*", self.source.alias.unwrap_or(self.source.table.name))
    }
}

fn append(source: Source, columns: &mut Vec<Tree>) {
    let Source { table, alias } = source;
    columns.extend(
        (0..table.columns.len()).map(|position| Tree::of_column(crate::ColumnRef { table, alias, position })),
    );
}

fn read<T: Table>(cells: &dyn Cells, at: usize) -> Result<T, (usize, CellError)> {
    let read = if at == 0 { T::decode(cells) } else { T::decode(&Behind { cells, at }) };
    read.map_err(|failure| (at + failure.position, failure.error))
}

impl<T: Table, S: 'static> Selection for Row<T, NotNull, S> {
    type Scope = S;
    type Output = T;

    fn append_to(self, columns: &mut Vec<Tree>) {
        append(self.source, columns);
    }

    fn width() -> usize {
        T::def().columns.len()
    }

    fn read(cells: &dyn Cells, at: usize) -> Result<T, (usize, CellError)> {
        read(cells, at)
    }
}

impl<T: Table, S: 'static> Selection for Row<T, Nullable, S> {
    type Scope = S;
    type Output = Option<T>;

    fn append_to(self, columns: &mut Vec<Tree>) {
        append(self.source, columns);
    }

    fn width() -> usize {
        T::def().columns.len()
    }

    fn read(cells: &dyn Cells, at: usize) -> Result<Option<T>, (usize, CellError)> {
        // A key is never NULL, unless there is no row.
        match T::def().primary_key.first() {
            Some(key) if cells.is_null(at + key) => Ok(None),
            _ => read(cells, at).map(Some),
        }
    }
}

/// The cells from a position on.
struct Behind<'a> {
    cells: &'a dyn Cells,
    at: usize,
}

macro_rules! forwarded {
    ($($method:ident: $ty:ty),+ $(,)?) => {
        impl Cells for Behind<'_> {
            fn is_null(&self, position: usize) -> bool {
                self.cells.is_null(self.at + position)
            }
            $(fn $method(&self, position: usize) -> Result<$ty, CellError> {
                self.cells.$method(self.at + position)
            })+
            fn array(
                &self,
                position: usize,
                each: &mut dyn FnMut(&dyn Cells) -> Result<(), CellError>,
            ) -> Result<(), CellError> {
                self.cells.array(self.at + position, each)
            }
        }
    };
}

forwarded! {
    bool: bool, i16: i16, i32: i32, i64: i64, f32: f32, f64: f64, text: &str, bytes: &[u8], decimal: Decimal,
    uuid: [u8; 16], date: i32, time: i64, timestamp: i64, timestamptz: i64, interval: Interval, json: &str,
}
