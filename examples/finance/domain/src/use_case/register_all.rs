//! Many register at once.

use std::collections::HashSet;
use std::time::SystemTime;

use crate::{Email, EmailTaken, Failure, Storage, UnitOfWork, User, UserRepository};

/// Registers a user for each address, in one unit of work, and tells for each what became of it, in their order.
///
/// An address that somebody has, or that came before among these, is refused and holds up none of the others. If
/// somebody else takes one of them at the very same time, so that the whole unit of work fails, both halves are tried
/// by themselves.
///
/// # Errors
/// If the storage fails. What was committed before that stays.
pub async fn register_all<S: Storage>(
    storage: &S,
    emails: &[Email],
    now: SystemTime,
) -> Result<Vec<Result<User, EmailTaken>>, Failure<S::Error>> {
    let mut outcomes: Vec<_> = emails.iter().map(|_| Err(EmailTaken)).collect();
    let mut seen = HashSet::new();
    let distinct = emails.iter().enumerate().filter(|(_, email)| seen.insert(*email)).collect();
    let mut parts: Vec<Vec<(usize, &Email)>> = vec![distinct];
    while let Some(mut part) = parts.pop() {
        match register_free(storage, &part, now).await {
            Ok(registered) => {
                for (place, user) in registered {
                    outcomes[place] = Ok(user);
                }
            }
            // Alone, it is the one that is taken.
            Err(Failure::EmailTaken(_)) if part.len() < 2 => {}
            Err(Failure::EmailTaken(_)) => {
                let behind = part.split_off(part.len() / 2);
                parts.extend([behind, part]);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(outcomes)
}

/// Registers those whose address is free, all of them or none, and gives each with its place.
async fn register_free<S: Storage>(
    storage: &S,
    wanted: &[(usize, &Email)],
    now: SystemTime,
) -> Result<Vec<(usize, User)>, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let emails: Vec<Email> = wanted.iter().map(|(_, email)| (*email).clone()).collect();
    let taken = uow.users().taken(&emails).await?;
    let mut registered = Vec::with_capacity(wanted.len());
    for (place, email) in wanted.iter().filter(|(_, email)| !taken.contains(*email)) {
        let mut user = User::register((*email).clone(), now);
        uow.users().add(&mut user)?;
        registered.push((*place, user));
    }
    uow.commit().await?;
    Ok(registered)
}
