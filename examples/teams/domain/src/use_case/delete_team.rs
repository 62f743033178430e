//! A team ends.

use crate::{Failure, Refusal, Storage, TeamRef, TeamRepository, UnitOfWork};

/// Forgets a team that owns nothing.
///
/// # Errors
/// If there is no such team, if it owns items, or if the storage fails.
pub async fn delete_team<S: Storage>(storage: &S, team: &TeamRef) -> Result<(), Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut team = uow.teams().get(team).await?.ok_or_else(|| Refusal::TeamNotFound(team.clone()))?;
    uow.teams().remove(&mut team).await?;
    uow.commit().await
}
