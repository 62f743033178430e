//! Who plays in the demo: four addresses that nobody has yet.

use finance_domain::{Email, InvalidEmail, Storage, UnitOfWork, UserId, UserRepository};
use underpin::Error as DatabaseError;

use crate::error::Error;

/// The addresses of the demo.
pub(super) struct Cast {
    pub(super) ana: Email,
    pub(super) ben: Email,
    /// Where Ben moves to.
    pub(super) ben_moved: Email,
    /// Who does not stay.
    pub(super) eva: Email,
}

impl Cast {
    /// The plain names, or if somebody has one of them (the demo was here before, say), names with a mark of their own.
    pub(super) async fn find<S: Storage<Error = DatabaseError>>(storage: &S) -> Result<Self, Error> {
        let plain = Self::named("")?;
        let mut uow = storage.begin().await?;
        let wanted = [&plain.ana, &plain.ben, &plain.ben_moved, &plain.eva].map(Clone::clone);
        if uow.users().taken(&wanted).await?.is_empty() {
            return Ok(plain);
        }
        let id = UserId::new().to_string();
        Self::named(&format!(".{}", &id[id.len() - 6..]))
    }

    fn named(mark: &str) -> Result<Self, Error> {
        let email = |name: &str, host: &str| format!("{name}{mark}@{host}").parse();
        let wrong = |error: InvalidEmail| Error::refused(error, "report this as a defect");
        Ok(Self {
            ana: email("ana", "example.org").map_err(wrong)?,
            ben: email("ben", "example.org").map_err(wrong)?,
            ben_moved: email("ben", "example.net").map_err(wrong)?,
            eva: email("eva", "example.org").map_err(wrong)?,
        })
    }
}
