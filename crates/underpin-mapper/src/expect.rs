//! Counting the statements of a block, for tests.

use underpin_core::{Error, Result};
use underpin_schema::Store;

use crate::{Database, blocking};

impl<S: Store> Database<S> {
    /// Runs `block`, and fails if it made more statements than expected: a test that nothing is loaded one by one.
    /// BEGIN and COMMIT are not counted. What others do on the same pool meanwhile is.
    ///
    /// ```text
    /// let orders = database.expect_statements(3, database.select::<Order>().all()).await??;
    /// ```
    ///
    /// # Errors
    /// Wrong use, with the number of statements that were made.
    pub async fn expect_statements<T>(&self, at_most: u64, block: impl Future<Output = T>) -> Result<T> {
        let before = self.status().statements;
        let value = block.await;
        check(at_most, self.status().statements - before)?;
        Ok(value)
    }
}

impl<S: Store> blocking::Database<S> {
    /// As [`crate::Database::expect_statements`].
    ///
    /// # Errors
    /// As there.
    pub fn expect_statements<T>(&self, at_most: u64, block: impl FnOnce() -> T) -> Result<T> {
        let before = self.status().statements;
        let value = block();
        check(at_most, self.status().statements - before)?;
        Ok(value)
    }
}

fn check(at_most: u64, made: u64) -> Result<()> {
    if made <= at_most {
        return Ok(());
    }
    let plural = if at_most == 1 { "" } else { "s" };
    Err(Error::usage(
        format!("at most {at_most} statement{plural} were expected, {made} were made"),
        "load many at once, with `get_many`, `select`, `parents` or `children`; the log tells each statement at the \
         level debug",
    ))
}
