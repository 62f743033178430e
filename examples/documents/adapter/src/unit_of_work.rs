//! The domain's unit of work: one of Underpin, in the domain's words.

use std::ops::DerefMut;

use documents_domain::{Failure, Repositories};
use underpin::UnitOfWork;

use crate::{Borrowers, Db, Documents, StorageError};

/// One transaction. Dropping it takes everything back.
#[derive(Debug)]
pub struct DocumentsUnitOfWork(UnitOfWork<Db>);

impl DocumentsUnitOfWork {
    pub(crate) fn new(uow: UnitOfWork<Db>) -> Self {
        Self(uow)
    }
}

impl Repositories for DocumentsUnitOfWork {
    type Error = StorageError;
    type Documents<'a> = Documents<'a>;
    type Borrowers<'a> = Borrowers<'a>;

    fn documents(&mut self) -> Documents<'_> {
        Documents::new(&mut self.0)
    }

    fn borrowers(&mut self) -> Borrowers<'_> {
        Borrowers::new(&mut self.0)
    }
}

impl documents_domain::UnitOfWork for DocumentsUnitOfWork {
    async fn commit(self) -> Result<(), Failure<StorageError>> {
        self.0.commit().await.map_err(|error| Failure::Outside(error.into()))
    }
}

/// The same in a unit of work that somebody else commits, such as that of a request: whatever leads to one.
#[derive(Debug)]
pub struct Lent<G>(pub G);

impl<G: DerefMut<Target = UnitOfWork<Db>> + Send> Repositories for Lent<G> {
    type Error = StorageError;
    type Documents<'a>
        = Documents<'a>
    where
        Self: 'a;
    type Borrowers<'a>
        = Borrowers<'a>
    where
        Self: 'a;

    fn documents(&mut self) -> Documents<'_> {
        Documents::new(&mut self.0)
    }

    fn borrowers(&mut self) -> Borrowers<'_> {
        Borrowers::new(&mut self.0)
    }
}
