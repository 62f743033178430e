//! Somebody looks at all teams.

use crate::{Failure, Page, Storage, Team, TeamRepository, UnitOfWork};

/// A page of the teams with who is in them, in the order in which they were founded.
///
/// # Errors
/// If the storage fails.
pub async fn list_teams<S: Storage>(storage: &S, page: Page<Team>) -> Result<Vec<Team>, Failure<S::Error>> {
    storage.look().await?.teams().list(page).await
}
