//! The domain's unit of work: one of Underpin, in the domain's words.

use finance_domain::{EmailTaken, Failure};
use underpin::secrets::Cipher;
use underpin::{Error, UnitOfWork};

use crate::{Db, Secrets, Users};

/// The UNIQUE constraint on `users.email`, by the naming convention.
const ONE_USER_AN_EMAIL: &str = "uq_users_email";

/// One transaction. Dropping it takes everything back.
#[derive(Debug)]
pub struct FinanceUnitOfWork {
    uow: UnitOfWork<Db>,
    cipher: Option<Cipher>,
}

impl FinanceUnitOfWork {
    pub(crate) fn new(uow: UnitOfWork<Db>, cipher: Option<Cipher>) -> Self {
        Self { uow, cipher }
    }
}

impl finance_domain::UnitOfWork for FinanceUnitOfWork {
    type Error = Error;
    type Users<'a> = Users<'a>;
    type Secrets<'a> = Secrets<'a>;

    fn users(&mut self) -> Users<'_> {
        Users::new(&mut self.uow)
    }

    fn secrets(&mut self) -> Secrets<'_> {
        Secrets::new(&mut self.uow, self.cipher.clone())
    }

    async fn commit(self) -> Result<(), Failure<Error>> {
        self.uow.commit().await.map_err(in_words_of_the_domain)
    }
}

/// What the database refused, if the domain has a word for it.
fn in_words_of_the_domain(error: Error) -> Failure<Error> {
    if error.is_unique_violation() && error.constraint() == Some(ONE_USER_AN_EMAIL) {
        return EmailTaken.into();
    }
    Failure::Storage(error)
}
