//! The table `teams`.

use teams_domain::{Slug, TeamId};
use underpin::Table;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(TeamId::LEN <= 36);
const _: () = assert!(Slug::MAX_CHARACTERS == 63);

/// A row of `teams`.
#[derive(Debug, Table)]
#[table(name = "teams")]
pub struct TeamRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// What it is called.
    #[column(length = 100)]
    pub name: String,
    /// What it is called in addresses; no two teams have the same.
    #[column(unique, length = 63)]
    pub slug: String,
}
