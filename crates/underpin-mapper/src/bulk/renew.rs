//! What each update sets by itself, for changes that know no row of the program.

use underpin_core::{ColumnSet, Datum, Error, Result};
use underpin_schema::Table;
use underpin_sql::{Param, Tree};

/// The value that a column gets at each update; `None` if it takes the row to say.
fn value<R: Table>(position: usize) -> Option<Result<Datum>> {
    let (def, column) = (R::def(), R::def().columns.get(position)?);
    let mut given = None;
    let value = Datum::take(column.ty, |out| {
        given = R::renew(position, out);
        given.unwrap_or(Ok(()))
    });
    given?.ok();
    Some(value.map_err(|why| Error::value(def.name, column.name, why)))
}

/// The columns that a row takes over from a new one besides those that are named: what the program made anew.
pub(super) fn taken_over<R: Table>() -> ColumnSet {
    R::renewed().iter().filter(|position| value::<R>(*position).is_some()).collect()
}

/// Adds the columns that each update sets, where they are not set.
///
/// # Errors
/// If it takes the row to say what a column gets.
pub(super) fn renew<R: Table>(set: &mut Vec<(usize, Tree)>) -> Result<()> {
    let def = R::def();
    for position in R::renewed().iter() {
        if set.iter().any(|(known, _)| *known == position) {
            continue;
        }
        let column = &def.columns[position];
        let Some(value) = value::<R>(position) else {
            return Err(Error::usage(
                format!(
                    "the update of {} does not set {}, whose `on_update` speaks of the row",
                    def.name, column.name
                ),
                "set it: `.set_expr(..)` may speak of the row that the database has",
            ));
        };
        set.push((position, Tree::column(def, position).beside(Param::datum(value?, column.ty))));
    }
    Ok(())
}
