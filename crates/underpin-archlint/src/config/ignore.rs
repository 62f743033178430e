//! An exception to a contract: which import, why, and until when.

use serde::Deserialize;

use super::Date;

/// An import that a contract does not see.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ignore {
    pub from: String,
    pub to: String,
    pub reason: String,
    /// The last day or month on which it holds.
    pub until: Option<String>,
}

impl Ignore {
    pub(super) fn check(&self) -> Result<(), String> {
        if self.reason.trim().is_empty() {
            return Err(format!("the exception for {} -> {} has no reason", self.from, self.to));
        }
        match &self.until {
            Some(until) if Date::last_of(until).is_none() => {
                Err(format!("`until = \"{until}\"` is neither a day nor a month"))
            }
            _ => Ok(()),
        }
    }

    /// Whether its time is over.
    pub(crate) fn has_ended(&self, today: Date) -> bool {
        self.until.as_deref().and_then(Date::last_of).is_some_and(|last| last < today)
    }
}
