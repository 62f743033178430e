//! The table `users`.

use std::time::SystemTime;

use finance_domain::{Email, UserId};
use underpin::Table;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = UserId::assert_fits(36);
const _: () = assert!(Email::MAX_CHARACTERS == 255);

/// A row of `users`.
#[derive(Debug, Table)]
#[table(name = "users")]
pub struct UserRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// The address; no two users have the same.
    #[column(unique, length = 255)]
    pub email: String,
    /// Whether the user has shown that the address is theirs.
    #[column(server_default = "false")]
    pub email_verified: bool,
    /// When the user registered.
    pub created_at: SystemTime,
    /// When something changed last.
    pub updated_at: SystemTime,
}
