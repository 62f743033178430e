//! Many register at once.

use std::collections::HashSet;
use std::time::SystemTime;

use crate::{Email, EmailTaken, Failure, Storage, UnitOfWork, User, UserRepository};

/// Addresses, each with its place among all.
type Part<'e> = Vec<(usize, &'e Email)>;

/// Registers a user for each address, in one unit of work, and tells for each what became of it, in their order.
///
/// An address that somebody has, or that came before among these, is refused and holds up none of the others: what could
/// not be committed as a whole is tried again without those that are taken.
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
    let distinct: Part<'_> = emails.iter().enumerate().filter(|(_, email)| seen.insert(*email)).collect();
    let mut parts = vec![distinct];
    while let Some(part) = parts.pop() {
        if part.is_empty() {
            continue;
        }
        match register_part(storage, &part, now).await {
            Ok(users) => {
                for ((place, _), user) in part.into_iter().zip(users) {
                    outcomes[place] = Ok(user);
                }
            }
            // Alone, it is the one that is taken.
            Err(Failure::EmailTaken(_)) if part.len() == 1 => {}
            Err(Failure::EmailTaken(_)) => parts.extend(what_may_be_free(storage, part).await?),
            Err(failure) => return Err(failure),
        }
    }
    Ok(outcomes)
}

/// Registers all of them, or none.
async fn register_part<S: Storage>(
    storage: &S,
    part: &[(usize, &Email)],
    now: SystemTime,
) -> Result<Vec<User>, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut users = Vec::with_capacity(part.len());
    for (_, email) in part {
        let mut user = User::register((*email).clone(), now);
        uow.users().add(&mut user)?;
        users.push(user);
    }
    uow.commit().await?;
    Ok(users)
}

/// Those that nobody has. If somebody was so fast that they are not seen, both halves: in one of them all are free.
async fn what_may_be_free<'e, S: Storage>(
    storage: &S,
    mut part: Part<'e>,
) -> Result<Vec<Part<'e>>, Failure<S::Error>> {
    let emails: Vec<Email> = part.iter().map(|(_, email)| (*email).clone()).collect();
    let taken = storage.begin().await?.users().taken(&emails).await?;
    let wanted = part.len();
    part.retain(|(_, email)| !taken.contains(*email));
    if part.len() < wanted {
        return Ok(vec![part]);
    }
    let behind = part.split_off(part.len() / 2);
    Ok(vec![behind, part])
}
