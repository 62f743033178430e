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

    /// Writes what is pending, then sets a savepoint or commits.
    pub(super) async fn write(&mut self, savepoint: Option<u32>, commit: bool) -> Result<()> {
        loop {
            let plan = self.plan()?;
            let Some(first) = plan.before_wait()? else {
                return self.write_last(&plan, savepoint, commit).await;
            };
            let groups = &plan.groups[..first];
            let steps = Steps { groups, append: false, savepoint: None, commit: false };
            self.send(steps).await?;
            for group in groups {
                let rows: Vec<usize> = group.rows.iter().map(|row| row.row).collect();
                self.map.sets[group.set].written_of(&rows);
            }
            self.map.settle().map_err(|error| self.fail(error))?;
        }
    }

    async fn write_last(&mut self, plan: &FlushPlan, savepoint: Option<u32>, commit: bool) -> Result<()> {
        let groups = &plan.groups[..];
        if groups.is_empty() && self.outgoing.is_empty() && savepoint.is_none() && !commit {
            return Ok(());
        }
        self.send(Steps { groups, append: true, savepoint, commit }).await?;
        self.outgoing.clear();
        // After a commit nobody asks for its rows any more.
        if !commit {
            self.map.sets.iter_mut().for_each(|set| set.written());
        }
        Ok(())
    }

    /// Sends steps as one batch, and takes in what the database has made.
    async fn send(&mut self, send: Steps<'_>) -> Result<()> {
        let Steps { groups, append, savepoint, commit } = send;
        let portions = groups.iter().flat_map(|group| GroupRows::portions(&*self.map.sets[group.set], group));
        let groups: Vec<GroupRows<'_>> = portions.collect();
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
        if append {
            steps.extend(self.outgoing.groups().map(|(table, columns, rows)| appended(table, columns, rows)));
        }
        steps.extend(savepoint.map(Step::Savepoint));
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
        let returned = written.map_err(|error| self.fail(error))?;
        for ((set, returning, rows), cells) in sent.into_iter().zip(&returned) {
            if !returning.is_empty() {
                self.map.sets[set].give_back(&rows, returning, cells)?;
            }
        }
        Ok(())
    }
}

/// What is sent together.
struct Steps<'a> {
    groups: &'a [PlannedGroup],
    /// Whether rows that belong to no entity come after them.
    append: bool,
    savepoint: Option<u32>,
    commit: bool,
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
