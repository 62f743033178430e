//! Encrypting the plain values that another column of the table holds still.

use super::StoredColumn;
use super::layout::Layout;
use super::place::Place;
use super::progress::{Progress, Report};
use super::statement::Task;
use super::walk::{Manner, walk};
use crate::{KeyRing, SecretsError};

/// Encrypts the plain values of one column into another, where that is empty, beside whoever reads and writes them: the
/// second revision of a [`Move`](crate::Move).
///
/// It goes as a [`Rotation`](crate::Rotation) does, and a row is written only if its plain value is still the one that was
/// read and the other column is still empty.
#[derive(Debug, Clone)]
pub struct Backfill {
    ring: KeyRing,
    manner: Manner,
}

impl Backfill {
    /// With the primary key of a ring.
    #[must_use]
    pub fn new(ring: &KeyRing) -> Self {
        Self { ring: ring.clone(), manner: Manner::DEFAULT }
    }

    /// With so many rows in a batch, at least one.
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

    /// Goes over the rows that have a plain value and no encrypted one, until there are none left that can be done.
    /// `progress` is called twice for each batch.
    ///
    /// # Errors
    /// If the column was not said to be [moved](StoredColumn::moved_from); those of a rotation.
    pub async fn run(
        &self,
        place: &mut dyn Place,
        column: &StoredColumn,
        mut progress: impl FnMut(Progress<'_>) + Send,
    ) -> Result<Report, SecretsError> {
        let layout = Layout::find(place, column).await?.with_plain()?;
        let cipher = self.ring.cipher(column.context())?.padded(column.padding());
        let mut all = Report::default();
        loop {
            // Rows that were written anew behind the walk are there again.
            let report = walk(place, &layout, &cipher, (Task::Fill, self.manner), &mut progress).await?;
            let is_done = report.written == 0 && report.overtaken == 0;
            // So are those that were refused; the last walk has met them all.
            all.refused = 0;
            all.first_refused.clear();
            all.add(report);
            if is_done {
                return Ok(all);
            }
        }
    }
}
