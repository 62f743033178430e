//! Somebody joins a team.

use std::time::SystemTime;

use crate::{
    Failure, Refusal, Role, Storage, Team, TeamRef, TeamRepository, UnitOfWork, UserRef, UserRepository,
};

/// Takes somebody into a team.
///
/// # Errors
/// If there is no such team or user, if they are in it already, or if the storage fails.
pub async fn join_team<S: Storage>(
    storage: &S,
    team: &TeamRef,
    user: &UserRef,
    role: Role,
    now: SystemTime,
) -> Result<Team, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let user = uow.users().get(user).await?.ok_or_else(|| Refusal::UserNotFound(user.clone()))?;
    let mut team = uow.teams().get(team).await?.ok_or_else(|| Refusal::TeamNotFound(team.clone()))?;
    team.join(user.id, role, now)?;
    uow.teams().save(&mut team)?;
    uow.commit().await?;
    Ok(team)
}
