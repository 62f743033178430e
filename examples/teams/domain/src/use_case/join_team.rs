//! Somebody joins a team.

use std::time::SystemTime;

use crate::{
    Failure, Refusal, Role, Slug, Storage, Team, TeamRepository, UnitOfWork, UserId, UserRepository,
};

/// Takes somebody into a team.
///
/// # Errors
/// If there is no such team or user, if they are in it already, or if the storage fails.
pub async fn join_team<S: Storage>(
    storage: &S,
    slug: &Slug,
    user: UserId,
    role: Role,
    now: SystemTime,
) -> Result<Team, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    uow.users().get(user).await?.ok_or(Refusal::UserNotFound(user))?;
    let mut team = uow.teams().get(slug).await?.ok_or_else(|| Refusal::TeamNotFound(slug.clone()))?;
    team.join(user, role, now)?;
    uow.teams().save(&mut team)?;
    uow.commit().await?;
    Ok(team)
}
