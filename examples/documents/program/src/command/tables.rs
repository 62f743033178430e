//! The tables of a database: which revisions built them, and whether those are all.

use documents_adapter::{DocumentsStorage, history};
use underpin::MigrationTarget as _;
use underpin::migrate::{ConnectionTarget, Runner};

use crate::error::Error;

/// A connection for the length of a migration.
pub(super) async fn target(storage: &DocumentsStorage) -> Result<ConnectionTarget, Error> {
    Ok(storage.database().migration_target().await?)
}

/// Refuses to go on with tables that this program does not know.
///
/// # Errors
/// If a revision is missing, or one is there that this program has not.
pub(super) async fn check(storage: &DocumentsStorage) -> Result<(), Error> {
    let history = history()?;
    let applied = Runner::new(&history).applied(&mut target(storage).await?).await?;
    let is_applied = |id: &str| applied.iter().any(|revision| revision.revision == id);
    if let Some(missing) = history.iter().find(|revision| !is_applied(revision.id())) {
        return Err(Error::database(
            format!("the tables of the database are not up to date: revision {} is missing", missing.id()),
            "run `documents upgrade` first",
        ));
    }
    if let Some(unknown) = applied.iter().find(|revision| history.revision(&revision.revision).is_none()) {
        return Err(Error::database(
            format!(
                "the tables of the database are newer than this program: it does not know revision {}",
                unknown.revision
            ),
            "use the program that made them, or `documents downgrade` with it",
        ));
    }
    Ok(())
}
