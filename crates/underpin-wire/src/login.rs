//! Who logs in, and to what.

use std::fmt;

/// Who logs in, and to what.
#[derive(Clone, Default)]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password, if there is one.
    pub password: Option<String>,
    /// The database; without it, the one of the user's name.
    pub database: Option<String>,
    /// What the server's views call this program.
    pub application_name: Option<String>,
    /// Settings of the session, as `-c name=value`.
    pub options: Option<String>,
    /// Whether the password's proof is bound to the encrypted connection.
    pub binding: Binding,
}

/// Whether the password's proof is bound to the encrypted connection (`channel_binding`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Binding {
    /// Never.
    Disable,
    /// If the server can.
    #[default]
    Prefer,
    /// Always; a server that does without is refused.
    Require,
}

/// Without the password, and without the options, which may hold anything.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("user", &self.user)
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}
