//! The users of one unit of work.

use std::collections::HashSet;

use finance_domain::{Email, Failure, User, UserId, UserRepository};
use underpin::{Error, UnitOfWork};

use crate::Db;
use crate::row::UserRow;

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
        // Locked, so that of two who verify the same address at the same time the second sees what the first has done.
        self.0.get_for_update(id.to_string()).await.map_err(Failure::Storage)
    }

    async fn taken(&mut self, emails: &[Email]) -> Result<HashSet<Email>, Failure<Error>> {
        let wanted = UserRow::EMAIL.is_in(emails.iter().map(Email::as_str));
        let users = self.0.select::<User>().filter(wanted).all().await.map_err(Failure::Storage)?;
        Ok(users.iter().map(|user| user.email().clone()).collect())
    }

    fn add(&mut self, user: &mut User) -> Result<(), Failure<Error>> {
        self.0.add(user).map(|_| ()).map_err(Failure::Storage)
    }

    fn save(&mut self, user: &mut User) -> Result<(), Failure<Error>> {
        self.0.save(user).map_err(Failure::Storage)
    }
}
