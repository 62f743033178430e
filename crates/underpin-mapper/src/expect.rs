//! Counting the statements of a block, for tests.

use underpin_core::{Error, Result};
use underpin_schema::Store;
use underpin_sql::driver::{Journal, Listening};

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
    /// Wrong use, with the number of statements that were made, and their texts.
    pub async fn expect_statements<T>(&self, at_most: u64, block: impl Future<Output = T>) -> Result<T> {
        let counting = Counting::start(self);
        let value = block.await;
        counting.check(self, at_most)?;
        Ok(value)
    }
}

impl<S: Store> blocking::Database<S> {
    /// As [`crate::Database::expect_statements`].
    ///
    /// # Errors
    /// As there.
    pub fn expect_statements<T>(&self, at_most: u64, block: impl FnOnce() -> T) -> Result<T> {
        let counting = Counting::start(self.asynchronous());
        let value = block();
        counting.check(self.asynchronous(), at_most)?;
        Ok(value)
    }
}

/// The most different statements that an error lists.
const LISTED: usize = 12;

/// The most characters of a statement that an error shows.
const SHOWN: usize = 160;

/// The statements of a database, counted and listened to from a moment on.
struct Counting<'a> {
    before: u64,
    listening: Vec<Listening<'a>>,
}

impl<'a> Counting<'a> {
    fn start<S: Store>(database: &'a Database<S>) -> Self {
        let listening =
            database.drivers().filter_map(|driver| driver.journal()).map(Journal::listen).collect();
        Self { before: database.status().statements, listening }
    }

    fn check<S: Store>(self, database: &Database<S>, at_most: u64) -> Result<()> {
        let made = database.status().statements - self.before;
        if made <= at_most {
            return Ok(());
        }
        let statements: Vec<String> = self.listening.iter().flat_map(Listening::heard).collect();
        let verb = if at_most == 1 { " was" } else { "s were" };
        Err(Error::usage(
            format!("at most {at_most} statement{verb} expected, {made} were made{}", listed(&statements)),
            "load many at once, with `get_many`, `select`, `parents` or `children`",
        ))
    }
}

/// The statements in the order of their first time, each with how often it was made.
fn listed(statements: &[String]) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for statement in statements {
        match counted.iter_mut().find(|(known, _)| known == statement) {
            Some((_, times)) => *times += 1,
            None => counted.push((statement, 1)),
        }
    }
    let mut text = String::new();
    for (statement, times) in counted.iter().take(LISTED) {
        let shown: String = statement.chars().take(SHOWN).collect();
        let more = if shown.len() < statement.len() { " .." } else { "" };
        text.push_str(&format!("\n  {times} x {shown}{more}"));
    }
    match counted.len().checked_sub(LISTED) {
        Some(more) if more > 0 => text + &format!("\n  and {more} others"),
        _ => text,
    }
}
