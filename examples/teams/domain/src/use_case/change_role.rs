//! Somebody may do something else in a team.

use crate::{Failure, Refusal, Role, Slug, Storage, Team, TeamRepository, UnitOfWork, UserId};

/// Gives somebody another role.
///
/// # Errors
/// If there is no such team, if they are not in it or the last who maintains it, or if the storage fails.
pub async fn change_role<S: Storage>(
    storage: &S,
    slug: &Slug,
    user: UserId,
    role: Role,
) -> Result<Team, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut team = uow.teams().get(slug).await?.ok_or_else(|| Refusal::TeamNotFound(slug.clone()))?;
    team.change_role(user, role)?;
    uow.teams().save(&mut team)?;
    uow.commit().await?;
    Ok(team)
}
