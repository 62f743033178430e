//! Somebody was read in a document.

use crate::{Borrower, BorrowerRepository, DocumentRepository, Failure, Refusal, Storage, UnitOfWork};

/// Keeps a borrower with all that was read about them.
///
/// # Errors
/// If a document in which something was read is not there, or if the storage fails.
pub async fn record_borrower<S: Storage>(
    storage: &S,
    mut borrower: Borrower,
) -> Result<Borrower, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    for source in &borrower.state().sources {
        let document = uow.documents().get_by_id(source.document).await?;
        document.ok_or(Refusal::DocumentNotFound(source.document))?;
    }
    uow.borrowers().add(&mut borrower)?;
    uow.commit().await?;
    Ok(borrower)
}
