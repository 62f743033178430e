//! Somebody leaves a team.

use crate::{Failure, Refusal, Slug, Storage, Team, TeamRepository, UnitOfWork, UserId};

/// Takes somebody out of a team.
///
/// # Errors
/// If there is no such team, if they are not in it or the last who maintains it, or if the storage fails.
pub async fn leave_team<S: Storage>(
    storage: &S,
    slug: &Slug,
    user: UserId,
) -> Result<Team, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut team = uow.teams().get(slug).await?.ok_or_else(|| Refusal::TeamNotFound(slug.clone()))?;
    team.leave(user)?;
    uow.teams().save(&mut team)?;
    uow.commit().await?;
    Ok(team)
}
