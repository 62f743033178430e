//! The revisions that build the tables, compiled into the program.

use underpin::migrate::{Graph, MigrateError, Revisions};

/// The files of `examples/finance/migrations`.
const FILES: [(&str, &str); 1] =
    [("001_initial_schema.sql", include_str!("../../migrations/001_initial_schema.sql"))];

/// The revisions, in their order.
///
/// # Errors
/// If a file is not well formed; the tests see to it that none is.
pub fn history() -> Result<Graph, MigrateError> {
    Graph::new(Revisions::embedded(&FILES)?)
}
