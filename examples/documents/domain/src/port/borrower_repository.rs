//! The port to the borrowers.

use crate::{Borrower, BorrowerId, Failure};

/// The borrowers, in one unit of work.
pub trait BorrowerRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// A borrower with all that was read about them, in as many statements however much that is.
    fn get(
        &mut self,
        id: BorrowerId,
    ) -> impl Future<Output = Result<Option<Borrower>, Failure<Self::Error>>> + Send;

    /// All borrowers, by name, with all that was read about them.
    fn list(&mut self) -> impl Future<Output = Result<Vec<Borrower>, Failure<Self::Error>>> + Send;

    /// Takes in a new borrower.
    fn add(&mut self, borrower: &mut Borrower) -> Result<(), Failure<Self::Error>>;

    /// Takes in what has changed in a borrower, and nothing else.
    fn save(&mut self, borrower: &mut Borrower) -> Result<(), Failure<Self::Error>>;
}
