//! Somebody may do something else in a team.

use crate::{
    Failure, Refusal, Role, Storage, Team, TeamRef, TeamRepository, UnitOfWork, UserRef, UserRepository,
};

/// Gives somebody another role.
///
/// # Errors
/// If there is no such team or user, if they are not in it or the last who maintains it, or if the storage fails.
pub async fn change_role<S: Storage>(
    storage: &S,
    team: &TeamRef,
    user: &UserRef,
    role: Role,
) -> Result<Team, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let user = uow.users().find(user).await?.ok_or_else(|| Refusal::UserNotFound(user.clone()))?;
    let mut team = uow.teams().get(team).await?.ok_or_else(|| Refusal::TeamNotFound(team.clone()))?;
    team.change_role(user.id, role)?;
    uow.teams().save(&mut team)?;
    uow.commit().await?;
    Ok(team)
}
