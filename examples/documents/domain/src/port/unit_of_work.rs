//! The port to one unit of work.

use crate::{BorrowerRepository, DocumentRepository, Failure};

/// The documents and the borrowers, as one unit of work sees them. Whoever has it owns the unit of work; what is only
/// given it cannot commit.
pub trait Repositories: Send {
    /// What the storage fails with.
    type Error: Send;

    /// The documents as this unit of work sees them.
    type Documents<'a>: DocumentRepository<Error = Self::Error>
    where
        Self: 'a;

    /// The borrowers as this unit of work sees them.
    type Borrowers<'a>: BorrowerRepository<Error = Self::Error>
    where
        Self: 'a;

    /// The documents.
    fn documents(&mut self) -> Self::Documents<'_>;

    /// The borrowers.
    fn borrowers(&mut self) -> Self::Borrowers<'_>;
}

/// All that one use case does: kept as a whole, or not at all. Dropping it takes everything back.
pub trait UnitOfWork: Repositories {
    /// Keeps everything, or nothing if it fails.
    fn commit(self) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;
}
