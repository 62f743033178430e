//! Writing what is pending: plan, send as one batch, take back what the database made.

use underpin_core::{ColumnSet, Result};
use underpin_schema::{Store, TableDef};
use underpin_sql::driver::{Batch, Step};
use underpin_sql::{Rows, Write, WriteKind};

use super::UnitOfWork;
use crate::plan::{FlushPlan, GroupRows, PlanTable, PlannedGroup, plan};

impl<S: Store> UnitOfWork<S> {
    /// What a flush would do now, as a value that can be printed. Rows to be appended (events) come after it.
    ///
    /// # Errors
    /// If rows depend on each other in a circle that cannot be broken.
    pub fn plan(&self) -> Result<FlushPlan> {
        let sets = &self.map.sets;
        let tables: Vec<&dyn PlanTable> = sets.iter().map(|set| &**set as &dyn PlanTable).collect();
        let changes = sets.iter().map(|set| set.pending()).collect();
        let whole_statements = self.connection.dialect().capability.array_parameters;
        plan(&tables, changes, whole_statements, &self.map.waits())
    }

    /// Writes all pending changes and events, in one round trip; in one more for each level of an aggregate whose rows
    /// get their keys from the database and have parts. Generated values are known afterwards.
    ///
    /// # Errors
    /// If the database refuses a row, or a row is stale; the transaction is then aborted.
    pub async fn flush(&mut self) -> Result<()> {
        self.usable()?;
        self.write(None, false).await
    }

    /// Writes what is pending, then sets a savepoint or commits. One future does it all: each one inside another makes
    /// the compiler look deeper, and programs nest their own around this one.
    pub(super) async fn write(&mut self, savepoint: Option<u32>, commit: bool) -> Result<()> {
        loop {
            let plan = self.plan()?;
            let first = plan.before_wait()?;
            let last = first.is_none();
            let planned = &plan.groups[..first.unwrap_or(plan.groups.len())];
            let groups: Vec<GroupRows<'_>> = planned
                .iter()
                .flat_map(|group| GroupRows::portions(&*self.map.sets[group.set], group))
                .collect();
            let mut steps: Vec<Step<'_>> = Vec::with_capacity(groups.len() + 2);
            steps.extend(groups.iter().map(written));
            if last {
                let outgoing = self.outgoing.groups();
                steps.extend(outgoing.map(|(table, columns, rows)| appended(table, columns, rows)));
                steps.extend(savepoint.map(Step::Savepoint));
            }
            let commit = commit && last;
            if steps.is_empty() && !commit {
                return Ok(());
            }
            let batch = Batch { steps: &steps, commit };
            let answer = self.connection.write(&batch).await;
            drop(steps);
            let sent: Vec<(usize, ColumnSet, Vec<usize>)> = if commit || answer.is_err() {
                Vec::new()
            } else {
                let of = |rows: &GroupRows<'_>| (rows.group.set, rows.group.returning, rows.positions());
                groups.iter().map(of).collect()
            };
            drop(groups);
            let returned = answer.map_err(|error| self.fail(error))?;
            if commit {
                // The unit of work is over: nobody asks for its rows any more.
                self.outgoing.clear();
                return Ok(());
            }
            for ((set, returning, rows), cells) in sent.iter().zip(&returned) {
                if !returning.is_empty() {
                    self.map.sets[*set].give_back(rows, *returning, cells)?;
                }
            }
            if last {
                self.outgoing.clear();
                self.map.sets.iter_mut().for_each(|set| set.written());
                return Ok(());
            }
            sent.iter().for_each(|(set, _, rows)| self.map.sets[*set].written_of(rows));
            self.map.settle().map_err(|error| self.fail(error))?;
        }
    }
}

fn written<'a>(rows: &'a GroupRows<'_>) -> Step<'a> {
    let PlannedGroup { table, kind, columns, returning, versioned, .. } = *rows.group;
    Step::Write(Write { table, kind, columns, returning, versioned, rows })
}

fn appended<'a>(table: &'static TableDef, columns: ColumnSet, rows: &'a dyn Rows) -> Step<'a> {
    Step::Write(Write {
        table,
        kind: WriteKind::Insert,
        columns,
        returning: ColumnSet::EMPTY,
        versioned: false,
        rows,
    })
}
