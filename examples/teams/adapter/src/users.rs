//! The users of one unit of work.

use teams_domain::{Failure, Refusal, User, UserId, UserRepository};
use underpin::{Error, UnitOfWork};

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

impl UserRepository for Users<'_> {
    type Error = Error;

    async fn get(&mut self, id: UserId) -> Result<Option<User>, Failure<Error>> {
        self.0.get(id.to_string()).await.map_err(Failure::Outside)
    }

    async fn list(&mut self) -> Result<Vec<User>, Failure<Error>> {
        let users = self.0.select::<User>().order_by((UserRow::NAME.asc(), UserRow::ID.asc()));
        users.all().await.map_err(Failure::Outside)
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
}
