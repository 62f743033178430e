//! Somebody leaves a team.

use crate::{Failure, Refusal, Storage, Team, TeamRef, TeamRepository, UnitOfWork, UserRef, UserRepository};

/// Takes somebody out of a team.
///
/// # Errors
/// If there is no such team or user, if they are not in it or the last who maintains it, or if the storage fails.
pub async fn leave_team<S: Storage>(
    storage: &S,
    team: &TeamRef,
    user: &UserRef,
) -> Result<Team, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let user = uow.users().find(user).await?.ok_or_else(|| Refusal::UserNotFound(user.clone()))?;
    let mut team = uow.teams().get(team).await?.ok_or_else(|| Refusal::TeamNotFound(team.clone()))?;
    team.leave(user.id)?;
    uow.teams().save(&mut team)?;
    uow.commit().await?;
    Ok(team)
}
