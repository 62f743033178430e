//! What can be done with a tree of parts, whatever its shape.

use underpin_core::{BoxFuture, Result};
use underpin_schema::{Node, Table, TableDef};
use underpin_sql::driver::Connection;

use super::verify::Path;
use crate::identity::IdentityMap;

/// The parts of an aggregate, or of a part: a tuple of up to eight, or `()` for none.
///
/// With the operations on the parts of rows `P`. Static dispatch: for `()` nothing of it is left.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of parts",
    label = "give a tuple of up to eight `HasMany`, `HasOne` and `ManyToMany`; of a single one, `(HasMany<LineRow>,)`"
)]
pub trait Parts: Sized + Send + 'static {
    /// Whether there are no parts.
    const NONE: bool;

    /// The rows, if there are no parts.
    fn nothing() -> Option<Self>;

    /// Looks at the table definitions.
    fn verify(parent: &'static TableDef, path: &mut Path) -> Result<()>;

    /// Reads the parts of some rows, in the order of those; nothing is tracked.
    fn read<'a, P: Table>(
        connection: &'a mut dyn Connection,
        parents: &'a [P],
    ) -> BoxFuture<'a, Result<Vec<Self>>>;

    /// Takes the parts of some rows into the identity map, as far as they are not known.
    fn load<'a, P: Table>(
        connection: &'a mut dyn Connection,
        map: &'a mut IdentityMap,
        parents: &'a [usize],
    ) -> BoxFuture<'a, Result<()>>;

    /// The parts of a row as the identity map has them.
    fn known<P: Table>(map: &mut IdentityMap, parent: usize) -> Result<Self>;

    /// Registers what the parts of a row shall be; whether that changes anything.
    fn put<P: Table>(map: &mut IdentityMap, parent: usize, rows: Self) -> Result<bool>;

    /// Makes room for the parts of rows whose parts are not known yet.
    fn make_room<N: Node<Parts = Self>>(map: &mut IdentityMap, parents: &[N]) -> Result<()>;

    /// Takes in the parts of a row as the database is supposed to hold them still.
    fn attach<P: Table>(map: &mut IdentityMap, parent: usize, rows: Self) -> Result<()>;

    /// Registers the removal of the parts of a row.
    fn remove<P: Table>(map: &mut IdentityMap, parent: usize) -> Result<()>;
}
