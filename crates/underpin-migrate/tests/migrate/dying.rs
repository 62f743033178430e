//! A target that dies before a given change of the database.

use std::process::Command;

use underpin_migrate::{Dialect, DriverError, Target, TargetFuture, TextRows};

/// How it dies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Death {
    /// The connection is dropped, whatever is open in it.
    Drop,
    /// The whole process is killed.
    Kill,
}

/// A target that dies before its change of this number, counted from 0.
pub(crate) struct Dying {
    inner: Option<Box<dyn Target>>,
    dialect: Dialect,
    left: usize,
    death: Death,
}

impl Dying {
    pub(crate) fn new(inner: Box<dyn Target>, before: usize, death: Death) -> Self {
        let dialect = inner.dialect();
        Self { inner: Some(inner), dialect, left: before, death }
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.inner.is_none()
    }

    /// The target, if it lives on through this change.
    fn change(&mut self) -> Result<&mut Box<dyn Target>, DriverError> {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None if self.death == Death::Drop => self.inner = None,
            None => {
                let pid = std::process::id().to_string();
                Command::new("kill").args(["-KILL", &pid]).status().unwrap();
                panic!("a process that was killed does not go on");
            }
        }
        self.inner()
    }

    fn inner(&mut self) -> Result<&mut Box<dyn Target>, DriverError> {
        self.inner.as_mut().ok_or_else(|| "the connection is gone".into())
    }
}

impl Target for Dying {
    fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn execute<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, ()> {
        Box::pin(async move { self.change()?.execute(sql).await })
    }

    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, TextRows> {
        Box::pin(async move { self.inner()?.query(sql).await })
    }

    fn begin(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { self.inner()?.begin().await })
    }

    fn commit(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { self.change()?.commit().await })
    }

    fn rollback(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { self.inner()?.rollback().await })
    }
}
