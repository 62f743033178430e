//! What a runner makes of the rows of a journal: plans, refusals, repairs.

use std::collections::BTreeSet;

use super::Runner;
use super::target::Target;
use crate::error::Kind;
use crate::journal::{Applied, AppliedState, check, check_known, prefix, unfinished};
use crate::{Destination, Direction, MigrateError, Plan, Result, Revision, Step, StepDirection};

impl Runner<'_> {
    pub(super) fn plan(
        &self,
        target: &dyn Target,
        rows: &[Applied],
        direction: Direction,
        to: &Destination,
    ) -> Result<Plan> {
        check(self.graph, rows)?;
        let applied = Applied::identifiers(rows);
        let moves = match direction {
            Direction::Upgrade => self.graph.upgrade(&applied, to)?,
            Direction::Downgrade => self.graph.downgrade(&applied, to)?,
        };
        let begun: Vec<_> =
            rows.iter().filter(|row| row.state.is_unfinished()).map(|row| row.revision.as_str()).collect();
        let plan = Plan::new(&moves, target.dialect())?.resuming(&begun);
        self.check_resumed(&plan, rows, direction)?;
        Ok(plan)
    }

    /// What was begun goes on, or nothing does.
    fn check_resumed(&self, plan: &Plan, rows: &[Applied], direction: Direction) -> Result<()> {
        for row in rows.iter().filter(|row| row.state.is_unfinished()) {
            let goes_that_way = match direction {
                Direction::Upgrade => row.state == AppliedState::Upgrading,
                Direction::Downgrade => row.state == AppliedState::Downgrading,
            };
            let is_planned = plan
                .steps()
                .iter()
                .any(|step| step.revision() == row.revision && step.direction() != StepDirection::Stamp);
            if !(goes_that_way && is_planned) {
                let file = self.graph.revision(&row.revision).map_or("", Revision::file);
                return Err(unfinished(row, file));
            }
        }
        Ok(())
    }

    pub(super) fn stamp_of(
        &self,
        target: &dyn Target,
        rows: &[Applied],
        to: &[Destination],
        purge: bool,
    ) -> Result<Plan> {
        if purge {
            let moves = self.graph.stamp(&BTreeSet::new(), to)?;
            let before = self.heads(&Applied::identifiers(rows));
            return Ok(Plan::new(&moves, target.dialect())?.purging(before));
        }
        check_known(self.graph, rows)?;
        let moves = self.graph.stamp(&finished(rows), to)?;
        let plan = Plan::new(&moves, target.dialect())?;
        let is_stamped = |id: &str| plan.steps().iter().any(|step| step.inserted().any(|other| other == id));
        let given_up: Vec<_> = rows
            .iter()
            .filter(|row| row.state.is_unfinished() && !is_stamped(&row.revision))
            .filter_map(|row| self.graph.revision(&row.revision))
            .collect();
        Ok(plan.forgetting(&given_up))
    }

    fn heads(&self, applied: &BTreeSet<&str>) -> Vec<String> {
        self.graph.heads_of(applied).into_iter().map(|revision| revision.id().to_owned()).collect()
    }

    /// Says that another runner was faster, if it was.
    pub(super) fn check_current(&self, plan: &Plan, rows: &[Applied]) -> Result<()> {
        let set = |heads: &[String]| heads.iter().cloned().collect::<BTreeSet<_>>();
        let planned = set(plan.heads_before());
        let is_current = [Applied::identifiers(rows), finished(rows)]
            .iter()
            .any(|applied| set(&self.heads(applied)) == planned);
        if is_current { Ok(()) } else { Err(stale()) }
    }

    /// The revisions to repair, with what is done of those that are not finished.
    pub(super) fn repairs<'r>(
        &'r self,
        target: &dyn Target,
        rows: &[Applied],
        ids: &[&str],
    ) -> Result<Vec<(&'r Revision, Option<String>)>> {
        if let Some(missing) = ids.iter().find(|id| !rows.iter().any(|row| row.revision == **id)) {
            return Err(MigrateError::new(
                Kind::Destination,
                format!("the revision `{missing}` is not in the journal"),
                "name one that is applied, by its whole identifier",
            ));
        }
        let mut repairs = Vec::new();
        for row in rows.iter().filter(|row| ids.is_empty() || ids.contains(&row.revision.as_str())) {
            let Some(revision) = self.graph.revision(&row.revision) else {
                check_known(self.graph, std::slice::from_ref(row))?;
                continue;
            };
            let done = row.prefix.as_ref().filter(|_| row.state.is_unfinished()).map(|_| {
                let direction = match row.state {
                    AppliedState::Downgrading => Direction::Downgrade,
                    _ => Direction::Upgrade,
                };
                prefix(&Step::of_revision(revision, direction, target.dialect()), row.statements_done)
            });
            if revision.checksum() != row.checksum || done != row.prefix {
                repairs.push((revision, done));
            }
        }
        Ok(repairs)
    }
}

/// What is applied or stamped, and not being changed.
fn finished(rows: &[Applied]) -> BTreeSet<&str> {
    rows.iter().filter(|row| !row.state.is_unfinished()).map(|row| row.revision.as_str()).collect()
}

pub(super) fn stale() -> MigrateError {
    MigrateError::new(
        Kind::Stale,
        "another runner has changed what is applied since the plan was made",
        "make a new plan",
    )
}
