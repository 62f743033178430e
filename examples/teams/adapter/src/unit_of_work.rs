//! The domain's unit of work: one of Underpin, in the domain's words.

use teams_domain::Failure;
use underpin::{Error, UnitOfWork};

use crate::{Db, Items, Teams, Users};

/// One transaction. Dropping it takes everything back.
#[derive(Debug)]
pub struct TeamsUnitOfWork(UnitOfWork<Db>);

impl TeamsUnitOfWork {
    pub(crate) fn new(uow: UnitOfWork<Db>) -> Self {
        Self(uow)
    }
}

impl teams_domain::UnitOfWork for TeamsUnitOfWork {
    type Error = Error;
    type Users<'a> = Users<'a>;
    type Teams<'a> = Teams<'a>;
    type Items<'a> = Items<'a>;

    fn users(&mut self) -> Users<'_> {
        Users::new(&mut self.0)
    }

    fn teams(&mut self) -> Teams<'_> {
        Teams::new(&mut self.0)
    }

    fn items(&mut self) -> Items<'_> {
        Items::new(&mut self.0)
    }

    async fn commit(self) -> Result<(), Failure<Error>> {
        self.0.commit().await.map_err(Failure::Outside)
    }
}
