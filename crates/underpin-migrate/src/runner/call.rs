//! Calls a function of the program.

use super::context::Context;
use super::failure::{Failure, refused};
use super::patience::Patience;
use super::report::Event;
use super::session::Session;
use super::step::Run;
use crate::plan::Unit;
use crate::{DriverError, Result};

impl Session<'_> {
    pub(super) async fn call(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        (name, line): (&str, usize),
        transaction: bool,
    ) -> Result<()> {
        if transaction {
            let mut patience = Patience::new(self.settings.retry_for);
            while let Err(failure) = self.try_call(run, unit, name, line).await {
                self.again(run, &mut patience, failure).await?;
            }
        } else {
            let called = self.invoke(run, name, false).await;
            called.map_err(|error| refused(self.target, run.step, unit, line, error).error)?;
            let after = self.after(run, unit);
            self.write(run.step, &after).await.map_err(|failure| failure.error)?;
        }
        let (done, total) = (unit.end(), run.step.total());
        self.settings.tell(&Event::StatementDone { step: run.step, line, done, total });
        Ok(())
    }

    async fn try_call(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        name: &str,
        line: usize,
    ) -> Result<(), Failure> {
        self.begin(run.step).await?;
        let done = match self.invoke(run, name, true).await {
            Ok(()) => {
                let after = self.after(run, unit);
                self.write(run.step, &after).await
            }
            Err(error) => Err(refused(self.target, run.step, unit, line, error)),
        };
        self.end(run.step, done).await
    }

    /// A function that leaves a transaction open which it began itself has failed.
    async fn invoke(&mut self, run: &Run<'_>, name: &str, transaction: bool) -> Result<(), DriverError> {
        let Some(function) = self.settings.functions.get(name) else {
            return Err(format!("there is no function `{name}`").into());
        };
        let mut is_open = false;
        let context = Context {
            target: &mut *self.target,
            waits: &mut self.waits,
            journal: &self.journal.sql,
            settings: self.settings,
            step: run.step,
            name,
            saved: run.cursor.clone(),
            transaction,
            open: &mut is_open,
        };
        let outcome = function(context).await;
        if !is_open {
            return outcome;
        }
        let _ = self.target.rollback().await;
        self.waits.rolled_back();
        outcome.and_then(|()| {
            Err(format!("the function `{name}` ended without committing the transaction that it began")
                .into())
        })
    }
}
