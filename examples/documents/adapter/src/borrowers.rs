//! The borrowers of one unit of work.

use documents_domain::{Borrower, BorrowerId, BorrowerRepository, Failure, Paging};
use underpin::UnitOfWork;

use crate::row::BorrowerRow;
use crate::{Db, StorageError};

/// The borrowers, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Borrowers<'u>(&'u mut UnitOfWork<Db>);

fn outside(error: underpin::Error) -> Failure<StorageError> {
    Failure::Outside(error.into())
}

impl<'u> Borrowers<'u> {
    /// In a unit of work, which somebody else commits.
    pub fn new(uow: &'u mut UnitOfWork<Db>) -> Self {
        Self(uow)
    }
}

impl BorrowerRepository for Borrowers<'_> {
    type Error = StorageError;

    async fn get(&mut self, id: BorrowerId) -> Result<Option<Borrower>, Failure<StorageError>> {
        self.0.get(id.to_string()).await.map_err(outside)
    }

    async fn list(&mut self, paging: Paging) -> Result<Vec<Borrower>, Failure<StorageError>> {
        self.0
            .select::<Borrower>()
            .order_by((BorrowerRow::NAME.asc(), BorrowerRow::ID.asc()))
            .offset(paging.offset())
            .limit(u64::from(paging.limit()))
            .all()
            .await
            .map_err(outside)
    }

    async fn add(&mut self, borrower: &mut Borrower) -> Result<(), Failure<StorageError>> {
        self.0.add(borrower).map_err(outside)?;
        self.0.flush().await.map_err(outside)
    }

    async fn save(&mut self, borrower: &mut Borrower) -> Result<(), Failure<StorageError>> {
        self.0.save(borrower).map_err(outside)?;
        self.0.flush().await.map_err(outside)
    }
}
