//! Somebody was read in a document.

use crate::{Borrower, BorrowerRepository, DocumentRepository, Failure, Refusal, Repositories};

/// Takes in a borrower with all that was read about them, in the caller's unit of work.
///
/// # Errors
/// If a document in which something was read is not there, or if the storage fails.
pub async fn record_borrower<R: Repositories>(
    repositories: &mut R,
    borrower: &mut Borrower,
) -> Result<(), Failure<R::Error>> {
    for source in &borrower.state().sources {
        let id = source.what.document;
        let document = repositories.documents().get_by_id(id).await?;
        document.ok_or(Refusal::DocumentNotFound(id))?;
    }
    repositories.borrowers().add(borrower).await
}
