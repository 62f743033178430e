//! `documents sweep`: throws away what uploads left over that were broken off.

use std::time::{Duration, SystemTime};

use documents_adapter::{DocumentsStorage, FileStore};
use documents_domain::{Repositories, Storage, sweep_contents};

use crate::error::{End, Error};
use crate::output;

/// What came in later may belong to an upload that goes on.
const AGE: Duration = Duration::from_secs(3600);

pub(crate) async fn run(storage: &DocumentsStorage, contents: &FileStore) -> Result<End, Error> {
    let before = SystemTime::now().checked_sub(AGE).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut uow = storage.begin().await?;
    let swept = sweep_contents(&mut uow.documents(), contents, before).await?;
    output::line(&format!("{swept} files without a document thrown away"))?;
    Ok(End::Done)
}
