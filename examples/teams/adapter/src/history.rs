//! The revisions that build the tables, compiled into the program.

use underpin::include_migrations;
use underpin::migrate::{Embedded, Graph, MigrateError};

/// The files of `examples/teams/migrations`.
pub const MIGRATIONS: Embedded = include_migrations!("../migrations");

/// The revisions, in their order.
///
/// # Errors
/// If a file is not well formed; the tests see to it that none is.
pub fn history() -> Result<Graph, MigrateError> {
    Graph::new(MIGRATIONS.revisions()?)
}
