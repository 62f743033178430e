//! What a function of the program gets to do its part of a revision.

use super::report::Event;
use super::settings::Settings;
use super::target::{Target, TextRows};
use super::waits::Waits;
use crate::journal::{JournalSql, literal};
use crate::plan::Effect;
use crate::{Dialect, DriverError, Step};

/// The connection of a run, lent to a function that a revision calls.
///
/// Unless the section says no-transaction, everything that it does is one transaction, which commits when it is done.
pub struct Context<'c> {
    pub(super) target: &'c mut dyn Target,
    pub(super) waits: &'c mut Waits,
    pub(super) journal: &'c JournalSql,
    pub(super) settings: &'c Settings<'c>,
    pub(super) step: &'c Step,
    pub(super) name: &'c str,
    pub(super) saved: Option<String>,
    pub(super) transaction: bool,
    pub(super) open: &'c mut bool,
}

impl Context<'_> {
    /// Which database it is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.target.dialect()
    }

    /// The revision that calls.
    #[must_use]
    pub fn revision(&self) -> &str {
        self.step.revision()
    }

    /// Runs one statement.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn execute(&mut self, sql: &str) -> Result<(), DriverError> {
        let effect = Effect::of_text(sql, self.target.dialect());
        self.waits.before(self.target, &effect).await?;
        self.target.execute(sql).await
    }

    /// Runs one statement and returns its rows, whose columns must be text: `CAST(id AS text)`.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn query(&mut self, sql: &str) -> Result<TextRows, DriverError> {
        let effect = Effect::of_text(sql, self.target.dialect());
        self.waits.before(self.target, &effect).await?;
        self.target.query(sql).await
    }

    /// As [`query`](Self::query), with text parameters (`$1` or `?1`): for values that must not stand in a log.
    ///
    /// # Errors
    /// What the database answers; a connection that takes no parameters.
    pub async fn query_with(&mut self, sql: &str, params: &[String]) -> Result<TextRows, DriverError> {
        let effect = Effect::of_text(sql, self.target.dialect());
        self.waits.before(self.target, &effect).await?;
        self.target.query_with(sql, params).await
    }

    /// The text as a literal of this database's SQL, with its quotes.
    ///
    /// # Errors
    /// A NUL character, which no database accepts.
    pub fn quote(&self, text: &str) -> Result<String, DriverError> {
        if text.contains('\0') {
            return Err("a text with a NUL character cannot be written; take it out".into());
        }
        Ok(literal(self.target.dialect(), text))
    }

    /// Tells how much is done, in whatever the function counts, and how much there is, if it knows.
    pub fn report(&self, done: u64, total: Option<u64>) {
        let event = Event::CallProgress { step: self.step, name: self.name, done, total };
        self.settings.tell(&event);
    }

    /// What the function saved when it was called the last time, if it did not come to its end.
    #[must_use]
    pub fn saved(&self) -> Option<&str> {
        self.saved.as_deref()
    }

    /// Saves how far the function has got, in the transaction that is open, if one is. It is told by
    /// [`saved`](Self::saved) when a run that was cut off is resumed.
    ///
    /// # Errors
    /// What the database answers; a NUL character.
    pub async fn save(&mut self, text: &str) -> Result<(), DriverError> {
        if text.contains('\0') {
            return Err("a text with a NUL character cannot be saved; take it out".into());
        }
        self.target.execute(&self.journal.cursor(self.step, text)).await?;
        self.saved = Some(text.to_owned());
        Ok(())
    }

    /// Begins a transaction, where the section says no-transaction, so that work and [`save`](Self::save) commit
    /// together.
    ///
    /// # Errors
    /// A transaction that is open already; what the database answers.
    pub async fn begin(&mut self) -> Result<(), DriverError> {
        self.check(false, "begins a transaction inside of one")?;
        self.target.begin().await?;
        self.waits.begun();
        *self.open = true;
        Ok(())
    }

    /// Commits what was begun.
    ///
    /// # Errors
    /// No transaction of the function's own; what the database answers.
    pub async fn commit(&mut self) -> Result<(), DriverError> {
        self.check(true, "commits where it has begun no transaction")?;
        self.target.commit().await?;
        self.waits.committed();
        *self.open = false;
        Ok(())
    }

    fn check(&self, open: bool, what: &str) -> Result<(), DriverError> {
        if !self.transaction && *self.open == open {
            return Ok(());
        }
        let hint = if self.transaction {
            "the whole call is one transaction; mark the section no-transaction to have several"
        } else {
            "each begin needs its commit"
        };
        Err(format!("the function `{}` {what}; {hint}", self.name).into())
    }
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("step", &self.step.revision())
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
