//! Writing what is pending: plan, send as one batch, take back what the database made.

use underpin_core::{ColumnSet, Result};
use underpin_schema::{Store, TableDef};
use underpin_sql::driver::{Batch, Step};
use underpin_sql::{Rows, Write, WriteKind};

use super::UnitOfWork;
use crate::plan::{FlushPlan, GroupRows, PlanTable, plan};

impl<S: Store> UnitOfWork<S> {
    /// What a flush would do now, as a value that can be printed. Rows to be appended (events) come after it.
    ///
    /// # Errors
    /// If rows depend on each other in a circle that cannot be broken.
    pub fn plan(&self) -> Result<FlushPlan> {
        let tables: Vec<&dyn PlanTable> = self.sets.iter().map(|set| &**set as &dyn PlanTable).collect();
        let changes = self.sets.iter().map(|set| set.pending()).collect();
        plan(&tables, changes, self.connection.dialect().capability.array_parameters)
    }

    /// Writes all pending changes and events, in one round trip. Generated values are known afterwards.
    ///
    /// # Errors
    /// If the database refuses a row, or a row is stale; the transaction is then aborted.
    pub async fn flush(&mut self) -> Result<()> {
        self.usable()?;
        self.write(None, false).await
    }

    /// Writes what is pending, then sets a savepoint or commits.
    pub(super) async fn write(&mut self, savepoint: Option<u32>, commit: bool) -> Result<()> {
        let plan = self.plan()?;
        let groups: Vec<GroupRows<'_>> =
            plan.groups.iter().flat_map(|group| GroupRows::portions(&*self.sets[group.set], group)).collect();
        let mut steps: Vec<Step<'_>> = Vec::with_capacity(groups.len() + 2);
        for rows in &groups {
            let group = rows.group;
            steps.push(Step::Write(Write {
                table: group.table,
                kind: group.kind,
                columns: group.columns,
                returning: group.returning,
                versioned: group.versioned,
                rows,
            }));
        }
        steps.extend(self.outgoing.groups().map(|(table, columns, rows)| append(table, columns, rows)));
        steps.extend(savepoint.map(Step::Savepoint));
        if steps.is_empty() && !commit {
            return Ok(());
        }
        let batch = Batch { steps: &steps, commit };
        let written = self.connection.write(&batch).await;
        drop(steps);
        let sent: Vec<(usize, ColumnSet, Vec<usize>)> = if commit || written.is_err() {
            Vec::new()
        } else {
            let of = |rows: &GroupRows<'_>| (rows.group.set, rows.group.returning, rows.positions());
            groups.iter().map(of).collect()
        };
        drop(groups);
        let returned = match written {
            Ok(returned) => returned,
            Err(error) => return Err(self.fail(error)),
        };
        self.outgoing.clear();
        if commit {
            // The unit of work is over: nobody asks for its rows any more.
            return Ok(());
        }
        for ((set, returning, rows), cells) in sent.into_iter().zip(&returned) {
            if !returning.is_empty() {
                self.sets[set].give_back(&rows, returning, cells)?;
            }
        }
        for set in &mut self.sets {
            set.written();
        }
        Ok(())
    }
}

fn append<'a>(table: &'static TableDef, columns: ColumnSet, rows: &'a dyn Rows) -> Step<'a> {
    Step::Write(Write {
        table,
        kind: WriteKind::Insert,
        columns,
        returning: ColumnSet::EMPTY,
        versioned: false,
        rows,
    })
}
