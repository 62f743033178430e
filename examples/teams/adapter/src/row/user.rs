//! The table `users`.

use teams_domain::{Email, Name, UserId};
use underpin::Table;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(UserId::LEN <= 36);
const _: () = assert!(Name::MAX_CHARACTERS == 100 && Email::MAX_CHARACTERS == 255);

/// A row of `users`.
#[derive(Debug, Table)]
#[table(name = "users")]
pub struct UserRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// What they are called.
    #[column(length = 100)]
    pub name: String,
    /// Where they are written to; no two users have the same address.
    #[column(unique, length = 255)]
    pub email: String,
}
