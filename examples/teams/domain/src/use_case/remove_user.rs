//! Somebody is not there any more.

use crate::{Failure, Refusal, Storage, TeamRepository, UnitOfWork, UserRef, UserRepository};

/// Forgets a user, who leaves all teams by it.
///
/// # Errors
/// If there is no such user, if they are the last who maintains a team, or if the storage fails.
pub async fn remove_user<S: Storage>(storage: &S, user: &UserRef) -> Result<(), Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut user = uow.users().get(user).await?.ok_or_else(|| Refusal::UserNotFound(user.clone()))?;
    let teams = uow.teams().of(user.id).await?;
    for mut team in teams {
        // They may have left while this waited for the team.
        if team.role(user.id).is_some() {
            team.leave(user.id)?;
            uow.teams().save(&mut team)?;
        }
    }
    uow.users().remove(&mut user)?;
    uow.commit().await
}
