//! How long statements wait for locks: one that stops others waits a short time, one that does not waits as long as it
//! takes.

use std::time::Duration;

use super::target::Target;
use crate::plan::Effect;
use crate::{Dialect, DriverError};

/// What the session's `lock_timeout` is set to, and what it should be.
pub(crate) struct Waits {
    short: String,
    /// What is set now; none if that is not known.
    set: Option<Wait>,
    /// What it was when the transaction began.
    before: Option<Wait>,
    scope: Scope,
    enabled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    Short,
    Long,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Every statement is its own transaction.
    Outside,
    /// Nothing that stops others is held yet.
    Free,
    /// The revision has said how long to wait.
    Own,
    /// What stops others is held until the transaction ends, so that nothing in it may wait for long.
    Holding,
}

impl Waits {
    pub(crate) fn new(dialect: Dialect, short: Duration) -> Self {
        // Zero would mean to wait for ever.
        let milliseconds = short.as_millis().max(1);
        Self {
            short: format!("SET lock_timeout = {milliseconds}"),
            set: None,
            before: None,
            scope: Scope::Outside,
            enabled: dialect == Dialect::Postgres,
        }
    }

    pub(crate) fn begun(&mut self) {
        self.before = self.set;
        self.scope = Scope::Free;
    }

    pub(crate) fn committed(&mut self) {
        self.scope = Scope::Outside;
    }

    pub(crate) fn rolled_back(&mut self) {
        self.set = self.before;
        self.scope = Scope::Outside;
    }

    /// A revision may have set it.
    pub(crate) fn forget(&mut self) {
        self.set = None;
    }

    /// Sets how long the next statement waits. Behind one that sets it by itself, it is left alone in that
    /// transaction.
    pub(crate) async fn before(
        &mut self,
        target: &mut dyn Target,
        effect: &Effect,
    ) -> Result<(), DriverError> {
        if effect.sets_wait() {
            self.set = None;
            self.scope = if self.scope == Scope::Outside { Scope::Outside } else { Scope::Own };
        }
        let wait = match self.scope {
            Scope::Own => return Ok(()),
            Scope::Holding => Wait::Short,
            Scope::Outside | Scope::Free if effect.may_wait() => Wait::Long,
            Scope::Outside => Wait::Short,
            Scope::Free => {
                self.scope = Scope::Holding;
                Wait::Short
            }
        };
        if !self.enabled || self.set == Some(wait) {
            return Ok(());
        }
        let sql = match wait {
            Wait::Short => &self.short,
            Wait::Long => "SET lock_timeout = 0",
        };
        target.execute(sql).await?;
        self.set = Some(wait);
        Ok(())
    }
}
