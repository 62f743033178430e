//! The domain's unit of work: one of Underpin, in the domain's words.

use finance_domain::{EmailTaken, Failure};
use underpin::{Error, UnitOfWork};

use crate::{Db, Users};

/// The UNIQUE constraint on `users.email`, by the naming convention.
const ONE_USER_AN_EMAIL: &str = "uq_users_email";

/// One transaction. Dropping it takes everything back.
#[derive(Debug)]
pub struct FinanceUnitOfWork(UnitOfWork<Db>);

impl FinanceUnitOfWork {
    pub(crate) fn new(uow: UnitOfWork<Db>) -> Self {
        Self(uow)
    }
}

impl finance_domain::UnitOfWork for FinanceUnitOfWork {
    type Error = Error;
    type Users<'a> = Users<'a>;

    fn users(&mut self) -> Users<'_> {
        Users::new(&mut self.0)
    }

    async fn commit(self) -> Result<(), Failure<Error>> {
        self.0.commit().await.map_err(in_words_of_the_domain)
    }
}

/// What the database refused, if the domain has a word for it.
fn in_words_of_the_domain(error: Error) -> Failure<Error> {
    if error.is_unique_violation() && error.constraint() == Some(ONE_USER_AN_EMAIL) {
        return EmailTaken.into();
    }
    Failure::Storage(error)
}
