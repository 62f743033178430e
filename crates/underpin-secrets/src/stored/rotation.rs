//! Bringing the rows of columns under the primary key.

use super::StoredColumn;
use super::layout::Layout;
use super::place::Place;
use super::progress::{Progress, Report};
use super::statement::Task;
use super::walk::{Manner, walk};
use crate::{KeyRing, SecretsError};

/// Brings the rows of a column under the primary key of a ring, beside whoever reads and writes them.
///
/// Rows are read in the order of their key, a batch at a time, decrypted, encrypted, and written by one statement that is
/// a transaction of its own. A row is written only if its value is still the one that was read. What is under the primary key is not
/// read again, so that a rotation that was cut off goes on when it is begun anew; there is nothing to keep.
///
/// ```no_run
/// # async fn rotate(driver: std::sync::Arc<dyn underpin_sql::driver::Driver>) -> Result<(), underpin_secrets::SecretsError> {
/// use underpin_secrets::{DriverPlace, KeyRing, Rotation, StoredColumn};
///
/// let ring = KeyRing::from_file("keys")?;
/// let column = StoredColumn::new("encrypted_secrets", "encrypted_value").bound_to(["user_id", "secret_type"]);
/// let mut place = DriverPlace::new(driver);
/// let report = Rotation::new(&ring)
///     .rate(5000)
///     .run(&mut place, &column, |progress| eprintln!("{} of {}", progress.report.written, progress.total))
///     .await?;
/// assert_eq!(report.refused, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Rotation {
    ring: KeyRing,
    manner: Manner,
}

impl Rotation {
    /// Rows in a batch unless something else is said.
    pub const BATCH: usize = Manner::DEFAULT.batch;

    /// To the primary key of a ring, which has the keys of the rows too.
    #[must_use]
    pub fn new(ring: &KeyRing) -> Self {
        Self { ring: ring.clone(), manner: Manner::DEFAULT }
    }

    /// With so many rows in a batch, at least one; fewer where values are long, so that a batch stays below about 8 MiB and
    /// one value.
    #[must_use]
    pub fn batch(mut self, rows: usize) -> Self {
        self.manner.batch = rows.max(1);
        self
    }

    /// With at most so many rows in a second.
    #[must_use]
    pub fn rate(mut self, rows_per_second: u32) -> Self {
        self.manner.rate = Some(rows_per_second);
        self
    }

    /// Reading, decrypting and encrypting, and writing nothing.
    #[must_use]
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.manner.dry_run = dry_run;
        self
    }

    /// Goes once over the rows of a column that are not under the primary key. `progress` is called twice for each batch.
    ///
    /// # Errors
    /// A table or column that is not there; a hundred rows that cannot be decrypted before any could; a key that has
    /// encrypted as many values as it may; what the database answers. What was written until then stays.
    pub async fn run(
        &self,
        place: &mut dyn Place,
        column: &StoredColumn,
        mut progress: impl FnMut(Progress<'_>) + Send,
    ) -> Result<Report, SecretsError> {
        let layout = Layout::find(place, column).await?;
        let cipher = self.ring.cipher(column.context())?;
        let task = Task::Rotate { primary: cipher.primary_key() };
        walk(place, &layout, &cipher, (task, self.manner), &mut progress).await
    }
}
