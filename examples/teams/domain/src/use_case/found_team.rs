//! A team begins.

use std::time::SystemTime;

use crate::{
    Failure, Name, Refusal, Slug, Storage, Team, TeamRepository, UnitOfWork, UserRef, UserRepository,
};

/// Founds a team, which the founder maintains.
///
/// # Errors
/// If there is no such user, if another team is called so, or if the storage fails.
pub async fn found_team<S: Storage>(
    storage: &S,
    name: Name,
    slug: Slug,
    founder: &UserRef,
    now: SystemTime,
) -> Result<Team, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let founder = uow.users().get(founder).await?.ok_or_else(|| Refusal::UserNotFound(founder.clone()))?;
    let mut team = Team::found(name, slug, founder.id, now);
    uow.teams().add(&mut team).await?;
    uow.commit().await?;
    Ok(team)
}
