//! `documents retry`: lets a document wait again.

use std::time::SystemTime;

use documents_adapter::DocumentsStorage;
use documents_domain::{DocumentId, Repositories, Storage, UnitOfWork, retry_abandoned, retry_document};

use crate::error::{End, Error};
use crate::output;

pub(crate) async fn run(storage: &DocumentsStorage, id: DocumentId, abandoned: bool) -> Result<End, Error> {
    let mut uow = storage.begin().await?;
    let document = if abandoned {
        retry_abandoned(&mut uow.documents(), id, SystemTime::now()).await?
    } else {
        retry_document(&mut uow.documents(), id).await?
    };
    uow.commit().await?;
    output::line(&format!("{} is {}", document.id(), document.status()))?;
    Ok(End::Done)
}
