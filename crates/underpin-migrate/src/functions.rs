//! Functions of the program that revisions call by name.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use crate::{Context, DriverError};

/// What a function of the program answers.
pub type CallFuture<'c> = Pin<Box<dyn Future<Output = Result<(), DriverError>> + Send + 'c>>;

type Function = dyn for<'c> Fn(Context<'c>) -> CallFuture<'c> + Send + Sync;

/// Functions of the program, by the names with which revisions call them: `-- +upgrade call encrypt_phones`.
///
/// A revision that calls a function which is not here is refused before anything of the run has begun.
///
/// ```
/// use underpin_migrate::Functions;
///
/// let functions = Functions::new().register("lower_emails", |mut context| {
///     Box::pin(async move {
///         let ids = context.query("SELECT id FROM users WHERE email <> lower(email) ORDER BY id").await?;
///         let total = ids.len() as u64;
///         for (done, row) in (1..).zip(ids) {
///             let id = context.quote(row[0].as_deref().unwrap_or_default())?;
///             context.execute(&format!("UPDATE users SET email = lower(email) WHERE id = {id}")).await?;
///             context.report(done, Some(total));
///         }
///         Ok(())
///     })
/// });
/// assert_eq!(functions.names().collect::<Vec<_>>(), ["lower_emails"]);
/// ```
#[derive(Clone, Default)]
pub struct Functions(BTreeMap<String, Arc<Function>>);

impl Functions {
    /// No functions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a function. A later one takes the place of an earlier one of the same name.
    #[must_use]
    pub fn register<F>(mut self, name: impl Into<String>, function: F) -> Self
    where
        F: for<'c> Fn(Context<'c>) -> CallFuture<'c> + Send + Sync + 'static,
    {
        self.0.insert(name.into(), Arc::new(function));
        self
    }

    /// The names, in their alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Function> {
        self.0.get(name).map(|function| &**function)
    }
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
