//! Somebody looks at a team.

use crate::{Failure, Refusal, Storage, TeamOverview, TeamRef, TeamRepository, UnitOfWork};

/// A team with those who are in it and with what it owns.
///
/// # Errors
/// If there is no such team, or if the storage fails.
pub async fn show_team<S: Storage>(storage: &S, team: &TeamRef) -> Result<TeamOverview, Failure<S::Error>> {
    let mut uow = storage.look().await?;
    let overview = uow.teams().overview(team).await?;
    Ok(overview.ok_or_else(|| Refusal::TeamNotFound(team.clone()))?)
}
