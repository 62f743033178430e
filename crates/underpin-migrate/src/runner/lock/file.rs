//! A lock of the operating system on a file beside an SQLite database.
//!
//! The lock ends with its process, whatever becomes of the file, which therefore stays where it is: who removed it
//! could take it from under another runner that has just opened it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::super::report::Holder;
use super::super::target::Target;
use super::super::{database_error, first_cell};
use super::{Attempt, Lock};
use crate::error::Kind;
use crate::{MigrateError, Result};

const DATABASE_FILE: &str = "
SELECT file
FROM pragma_database_list
WHERE name = 'main'";

/// What the name of the database's file is followed by.
const ENDING: &str = ".migrating";

/// The lock of a process.
pub(crate) struct FileLock {
    file: File,
}

impl FileLock {
    pub(super) async fn attempt(target: &mut dyn Target) -> Result<Attempt<Lock>> {
        let failed = |error| database_error("the file of the database could not be asked for", error);
        let rows = target.query(DATABASE_FILE.trim_start()).await.map_err(failed)?;
        match first_cell(rows).filter(|path| !path.is_empty()) {
            None => Ok(Attempt::Taken(Lock::None)),
            Some(path) => Ok(Self::attempt_on(&PathBuf::from(path + ENDING))?.map(Lock::File)),
        }
    }

    fn attempt_on(path: &Path) -> Result<Attempt<Self>> {
        let failed = |error: std::io::Error| {
            let problem =
                format!("the lock of the migrations, the file {}, could not be taken", path.display());
            MigrateError::new(
                Kind::Database,
                problem,
                "see that its directory may be written, and lies on a disk that has locks",
            )
            .caused_by(error)
        };
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Attempt::Held(holder(&mut file))),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let written = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
        written.map_err(failed)?;
        Ok(Attempt::Taken(Self { file }))
    }

    /// The operating system would do so too; until then the file should not name a process that is done.
    pub(super) fn release(mut self) {
        // Nothing depends on it.
        let _ = self.file.rewind().and_then(|()| self.file.set_len(0));
        let _ = self.file.unlock();
    }
}

/// Who says in the file that it has the lock.
fn holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    let pid = text.trim().parse().ok()?;
    Some(Holder { pid: Some(pid), ..Holder::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_it_and_the_other_learns_who() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("app.db.migrating");
        let Attempt::Taken(lock) = FileLock::attempt_on(&path).unwrap() else { panic!("it is free") };
        let Attempt::Held(holder) = FileLock::attempt_on(&path).unwrap() else { panic!("it is taken") };
        assert_eq!(holder.unwrap().pid, Some(std::process::id()));
        lock.release();
        assert!(matches!(FileLock::attempt_on(&path).unwrap(), Attempt::Taken(_)));
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let error = FileLock::attempt_on(Path::new("no/such/directory/app.db.migrating")).err().unwrap();
        assert!(error.problem().contains("no/such/directory/app.db.migrating"), "{error}");
    }
}
