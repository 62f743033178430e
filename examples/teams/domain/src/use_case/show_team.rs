//! Somebody looks at a team.

use crate::{Failure, Refusal, Slug, Storage, TeamOverview, TeamRepository, UnitOfWork};

/// A team with those who are in it and with what it owns.
///
/// # Errors
/// If there is no such team, or if the storage fails.
pub async fn show_team<S: Storage>(storage: &S, slug: &Slug) -> Result<TeamOverview, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let overview = uow.teams().overview(slug).await?;
    Ok(overview.ok_or_else(|| Refusal::TeamNotFound(slug.clone()))?)
}
