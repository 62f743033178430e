//! A statement that the server keeps, until nobody here does any more.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use postgres_types::Type;

use crate::description::Column;

/// Statements that nobody here keeps any more; the next request closes them on the server.
#[derive(Clone, Default)]
pub(crate) struct Orphans(Arc<Mutex<Vec<String>>>);

impl Orphans {
    /// Takes their names.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The name of a statement on the server, which is closed there once this is dropped.
pub(crate) struct Name {
    text: String,
    orphans: Orphans,
}

impl Name {
    pub(crate) fn new(text: String, orphans: Orphans) -> Self {
        Self { text, orphans }
    }

    /// The name.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.text);
        if name.is_empty() {
            // The server forgets what has no name by itself.
            return;
        }
        self.orphans.0.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A statement that the server keeps; cheap to clone.
#[derive(Debug, Clone)]
pub struct Prepared(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    name: Name,
    params: Vec<Type>,
    columns: Arc<[Column]>,
}

impl Prepared {
    pub(crate) fn new(name: Name, params: Vec<Type>, columns: Arc<[Column]>) -> Self {
        Self(Arc::new(Inner { name, params, columns }))
    }

    /// Its name on the server.
    pub(crate) fn name(&self) -> &str {
        self.0.name.text()
    }

    /// The types of its parameters.
    pub fn params(&self) -> &[Type] {
        &self.0.params
    }

    /// The columns of its result.
    pub fn columns(&self) -> &[Column] {
        &self.0.columns
    }

    /// The same, to be kept beside rows.
    pub(crate) fn shared_columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.0.columns)
    }
}
