//! What can go wrong; never with a value or a key in it.

use std::borrow::Cow;
use std::fmt;

use underpin_core::{ErrorKind, Hint};

use crate::Malformed;

/// Why something could not be encrypted, decrypted or read.
///
/// Whoever asked for a value learns that it cannot be decrypted, and no more; [`reason`](Self::reason) is for the log.
pub struct SecretsError(Box<Inner>);

struct Inner {
    kind: Kind,
    what: Cow<'static, str>,
    reason: Option<Cow<'static, str>>,
    hint: Hint,
    key_id: Option<u32>,
    /// What the database answered.
    database: Option<underpin_core::Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Malformed,
    UnknownKey,
    RetiredKey,
    Refused,
    Exhausted,
    NoKeys,
    KeyInUse,
    Keys,
    Usage,
    System,
    Stored,
    Database,
}

impl SecretsError {
    fn new(kind: Kind, what: impl Into<Cow<'static, str>>, hint: impl Into<Hint>) -> Self {
        Self(Box::new(Inner {
            kind,
            what: what.into(),
            reason: None,
            hint: hint.into(),
            key_id: None,
            database: None,
        }))
    }

    fn undecryptable(
        kind: Kind,
        context: &str,
        key_id: Option<u32>,
        reason: impl Into<Cow<'static, str>>,
        hint: &'static str,
    ) -> Self {
        let mut error = Self::new(kind, format!("cannot decrypt {context}"), hint);
        error.0.key_id = key_id;
        error.0.reason = Some(reason.into());
        tracing::warn!(context, key_id, reason = error.reason(), "a value cannot be decrypted");
        error
    }

    pub(crate) fn malformed(context: &str, why: Malformed) -> Self {
        let hint = "the column holds something else than this program writes; is it plain text still, or of a newer program?";
        Self::undecryptable(Kind::Malformed, context, None, format!("the value is no envelope: {why}"), hint)
    }

    pub(crate) fn unknown_key(context: &str, key_id: u32) -> Self {
        let hint = "give this program the key that the value was written with";
        let reason = format!("key {key_id} is not in the ring");
        Self::undecryptable(Kind::UnknownKey, context, Some(key_id), reason, hint)
    }

    pub(crate) fn retired_key(context: &str, key_id: u32) -> Self {
        let hint = "make the key active again and rotate the column before it is retired";
        let reason = format!("key {key_id} is retired");
        Self::undecryptable(Kind::RetiredKey, context, Some(key_id), reason, hint)
    }

    pub(crate) fn refused(context: &str, key_id: u32) -> Self {
        let hint = "the value was altered, stands in another row than it was written for, or was written with another key of this id";
        let reason = format!("key {key_id} does not authenticate the value in this place");
        Self::undecryptable(Kind::Refused, context, Some(key_id), reason, hint)
    }

    pub(crate) fn unfit(context: &str, key_id: u32, what: &'static str) -> Self {
        let hint = "the column was written with another type or padding";
        Self::undecryptable(Kind::Refused, context, Some(key_id), what, hint)
    }

    pub(crate) fn exhausted(context: &str, key_id: u32) -> Self {
        let what = format!("cannot encrypt {context}: key {key_id} has encrypted as many values as it may");
        let mut error = Self::new(Kind::Exhausted, what, "make a newer key primary, and rotate");
        error.0.key_id = Some(key_id);
        error
    }

    pub(crate) fn no_keys(context: &str) -> Self {
        let what = format!("the keys for {context} are not loaded");
        Self::new(Kind::NoKeys, what, "load a key ring before the first use of the database")
    }

    pub(crate) fn twins(context: &str) -> Self {
        let what = format!("two encrypted columns are called {context}");
        Self::new(Kind::Usage, what, "give each a name of its own, and declare each once, as a `static`")
    }

    /// No key ring is configured.
    #[must_use]
    pub fn no_ring() -> Self {
        let hint = "name its file, or set UNDERPIN_KEY_FILE or UNDERPIN_KEYS; `underpin secrets keygen FILE` makes one";
        Self::new(Kind::Keys, "no key ring is named", hint)
    }

    /// A key is still needed, so that it cannot be retired or forgotten; `why` says by what.
    #[must_use]
    pub fn key_in_use(key_id: u32, why: impl Into<Cow<'static, str>>, hint: &'static str) -> Self {
        let mut error = Self::new(Kind::KeyInUse, why, hint);
        error.0.key_id = Some(key_id);
        error
    }

    /// A key ring, its file or its variable is not as it should be.
    pub(crate) fn keys(what: impl Into<Cow<'static, str>>, hint: impl Into<Hint>) -> Self {
        Self::new(Kind::Keys, what, hint)
    }

    pub(crate) fn usage(what: impl Into<Cow<'static, str>>, hint: &'static str) -> Self {
        Self::new(Kind::Usage, what, hint)
    }

    /// The database has not what was asked for.
    pub(crate) fn absent(what: impl Into<Cow<'static, str>>, hint: impl Into<Hint>) -> Self {
        Self::new(Kind::Stored, what, hint)
    }

    /// What a database answered while stored values were read or written.
    #[must_use]
    pub fn database(error: underpin_core::Error) -> Self {
        let hint = error.hint().unwrap_or("see what the database says, and try again").to_owned();
        let mut told = Self::new(Kind::Database, error.to_string(), hint);
        told.0.database = Some(error);
        told
    }

    pub(crate) fn random() -> Self {
        Self::new(Kind::System, "the operating system has no random bytes to give", "try again")
    }

    pub(crate) fn primitive() -> Self {
        Self::new(Kind::System, "a cryptographic primitive refused its input", "report this as a bug")
    }

    /// The same, found in a file or a variable.
    pub(crate) fn within(mut self, place: String) -> Self {
        self.0.what = format!("{place}: {}", self.0.what).into();
        self
    }

    /// Why a value cannot be encrypted, in words that need no allocation: an error of a cell has none.
    pub(crate) fn summary(&self) -> &'static str {
        match self.0.kind {
            Kind::Exhausted => "its key has encrypted as many values as it may; make a newer key primary",
            Kind::Usage => "what names its row is empty, or longer than 65535 bytes",
            Kind::NoKeys => "no keys are loaded",
            _ => "the operating system has no random bytes to give",
        }
    }

    pub(crate) fn with_key(mut self, key_id: u32) -> Self {
        self.0.key_id = Some(key_id);
        self
    }

    /// Is what is stored no envelope at all?
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        self.0.kind == Kind::Malformed
    }

    /// Is the key that a value was written with not in the ring?
    #[must_use]
    pub fn is_unknown_key(&self) -> bool {
        self.0.kind == Kind::UnknownKey
    }

    /// Is the key that a value was written with retired?
    #[must_use]
    pub fn is_retired_key(&self) -> bool {
        self.0.kind == Kind::RetiredKey
    }

    /// Was the value altered or moved, or written by other rules?
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.0.kind == Kind::Refused
    }

    /// Has a key encrypted as many values as it may?
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.0.kind == Kind::Exhausted
    }

    /// Are no keys loaded?
    #[must_use]
    pub fn is_no_keys(&self) -> bool {
        self.0.kind == Kind::NoKeys
    }

    /// Is a key still in use that was to be retired or forgotten?
    #[must_use]
    pub fn is_key_in_use(&self) -> bool {
        self.0.kind == Kind::KeyInUse
    }

    /// Is the key ring, its file or its variable not as it should be?
    #[must_use]
    pub fn is_keys(&self) -> bool {
        self.0.kind == Kind::Keys
    }

    /// Has the database not what was asked for: a table, a column, values that these keys decrypt?
    #[must_use]
    pub fn is_stored(&self) -> bool {
        self.0.kind == Kind::Stored
    }

    /// Did the database fail?
    #[must_use]
    pub fn is_database(&self) -> bool {
        self.0.kind == Kind::Database
    }

    /// Did the database fail in a way in which it may not fail the next time?
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.database.as_ref().is_some_and(underpin_core::Error::is_retryable)
    }

    pub(crate) fn is_system(&self) -> bool {
        self.0.kind == Kind::System
    }

    /// The key concerned.
    #[must_use]
    pub fn key_id(&self) -> Option<u32> {
        self.0.key_id
    }

    /// Why a value cannot be decrypted, for the log; it is logged already.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        Some(self.0.hint.text())
    }
}

impl fmt::Display for SecretsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.what)
    }
}

/// Shows what the error says, its reason and its hint.
impl fmt::Debug for SecretsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.what)?;
        if let Some(reason) = &self.0.reason {
            write!(f, ": {reason}")?;
        }
        write!(f, " (hint: {})", self.0.hint)
    }
}

/// The source is what the database said, or the hint: what is said here has no value in it, and may be shown.
impl std::error::Error for SecretsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.database {
            Some(error) => Some(error),
            None => Some(&self.0.hint),
        }
    }
}

/// For functions that fail with the toolkit's error; it says what `Display` says, and keeps the hint.
impl From<SecretsError> for underpin_core::Error {
    fn from(mut error: SecretsError) -> Self {
        if let Some(database) = error.0.database.take() {
            return database;
        }
        let kind = match error.0.kind {
            Kind::Keys | Kind::NoKeys | Kind::KeyInUse => ErrorKind::Config,
            Kind::Usage | Kind::System | Kind::Exhausted | Kind::Stored | Kind::Database => ErrorKind::Usage,
            Kind::Malformed | Kind::UnknownKey | Kind::RetiredKey | Kind::Refused => ErrorKind::Mapping,
        };
        Self::new(kind, error.0.what).with_hint(error.0.hint)
    }
}
