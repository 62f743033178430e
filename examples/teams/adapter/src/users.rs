//! The users of one unit of work.

use teams_domain::{Failure, Page, Refusal, User, UserRef, UserRepository};
use underpin::{Error, Filter, UnitOfWork};

use crate::Db;
use crate::row::UserRow;

/// The UNIQUE constraint on `users.email`, by the naming convention.
const ONE_USER_AN_EMAIL: &str = "uq_users_email";

/// The users, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Users<'u>(&'u mut UnitOfWork<Db>);

impl<'u> Users<'u> {
    pub(crate) fn new(uow: &'u mut UnitOfWork<Db>) -> Self {
        Self(uow)
    }
}

/// The one that is named.
fn is(user: &UserRef) -> Filter<UserRow> {
    match user {
        UserRef::Id(id) => UserRow::ID.eq(id.to_string()),
        UserRef::Email(email) => UserRow::EMAIL.eq(email.as_str()),
    }
}

impl UserRepository for Users<'_> {
    type Error = Error;

    async fn get(&mut self, user: &UserRef) -> Result<Option<User>, Failure<Error>> {
        // Locked, so that of somebody who is removed while they join a team one waits for the other.
        self.0.select::<User>().filter(is(user)).for_update().first().await.map_err(Failure::Outside)
    }

    async fn find(&mut self, user: &UserRef) -> Result<Option<User>, Failure<Error>> {
        self.0.select::<User>().filter(is(user)).first().await.map_err(Failure::Outside)
    }

    async fn list(&mut self, page: Page<User>) -> Result<Vec<User>, Failure<Error>> {
        self.0
            .select::<User>()
            .filter_some(page.after(), |after| UserRow::ID.gt(after.to_string()))
            .order_by(UserRow::ID.asc())
            .limit(page.limit().into())
            .all()
            .await
            .map_err(Failure::Outside)
    }

    async fn add(&mut self, user: &mut User) -> Result<(), Failure<Error>> {
        self.0.add(user).map_err(Failure::Outside)?;
        self.0.flush().await.map_err(|error| {
            if error.is_unique_violation() && error.constraint() == Some(ONE_USER_AN_EMAIL) {
                return Refusal::EmailTaken(user.email.clone()).into();
            }
            Failure::Outside(error)
        })
    }

    fn remove(&mut self, user: &mut User) -> Result<(), Failure<Error>> {
        self.0.remove(user).map_err(Failure::Outside)
    }
}
