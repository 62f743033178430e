//! The port to the borrowers.

use crate::{Borrower, BorrowerId, Failure, Paging};

/// The borrowers, in one unit of work. It writes when it says so; it never commits.
pub trait BorrowerRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// A borrower with all that was read about them, in as many statements however much that is.
    fn get(
        &mut self,
        id: BorrowerId,
    ) -> impl Future<Output = Result<Option<Borrower>, Failure<Self::Error>>> + Send;

    /// Some borrowers, by name, with all that was read about them, in as many statements however many there are.
    fn list(
        &mut self,
        paging: Paging,
    ) -> impl Future<Output = Result<Vec<Borrower>, Failure<Self::Error>>> + Send;

    /// Takes in a new borrower with all that they have.
    fn add(
        &mut self,
        borrower: &mut Borrower,
    ) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;

    /// Takes in what has changed in a borrower, and nothing else.
    fn save(
        &mut self,
        borrower: &mut Borrower,
    ) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;
}
