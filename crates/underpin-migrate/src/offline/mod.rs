//! A plan as a script for `psql` or the `sqlite3` shell.

mod shell;
mod step;

use std::fmt;

use self::shell::{Shell, shell};
use self::step::write_step;
use crate::journal::{JournalSql, literal};
use crate::{Plan, StepDirection};

/// A script that does what a plan does, journal included, when `psql -f` or the `sqlite3` shell runs it. It stops at
/// the first error.
///
/// A batch is in it as one statement over all keys. At a section that calls a function of the program the script
/// stops: what is done until there is in the journal, so that a run of the program goes on from there.
#[derive(Debug, Clone, Copy)]
pub struct OfflineScript<'p> {
    plan: &'p Plan,
}

/// The script of a plan.
#[must_use]
pub fn offline(plan: &Plan) -> OfflineScript<'_> {
    OfflineScript { plan }
}

impl fmt::Display for OfflineScript<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shell = shell(self.plan.dialect());
        let journal = JournalSql::new(shell.dialect, shell.schema, None);
        let verb = self.plan.steps().first().map_or("nothing", |step| step.direction().verb());
        writeln!(
            f,
            "-- {verb} on {}; run it with {}, not while a program migrates",
            shell.dialect, shell.name
        )?;
        write!(f, "{}{}\n{};\n\n", shell.head, shell.lock, journal.create())?;
        self.write_checks(f, shell, &journal)?;
        if self.plan.is_purge() {
            writeln!(f, "{};\n", journal.purge())?;
        }
        for step in self.plan.steps() {
            write_step(f, shell, &journal, step)?;
        }
        f.write_str(shell.foot)
    }
}

impl OfflineScript<'_> {
    /// Stops on a database for which the script was not made.
    fn write_checks(&self, f: &mut fmt::Formatter<'_>, shell: &Shell, journal: &JournalSql) -> fmt::Result {
        if self.plan.is_purge() {
            return Ok(());
        }
        let literals = |ids: &[&str]| {
            let literals: Vec<_> = ids.iter().map(|id| literal(shell.dialect, id)).collect();
            literals.join(", ")
        };
        // Only a name without a schema is understood everywhere in a script; nothing has changed the search path yet.
        let table = journal.unqualified();
        let before: Vec<_> = self.plan.heads_before().iter().map(String::as_str).collect();
        if !before.is_empty() {
            let condition = format!(
                "(SELECT count(*) FROM {table} WHERE revision IN ({}) AND state IN ('applied', 'stamped')) <> {}",
                literals(&before),
                before.len()
            );
            let message =
                format!("this script begins at {}, and this database is not there", before.join(", "));
            writeln!(f, "{}", (shell.stop_if)(&condition, &message))?;
        }
        let ups = self.plan.steps().iter().filter(|step| step.direction() == StepDirection::Up);
        let ups: Vec<_> = ups.map(|step| step.revision()).collect();
        if !ups.is_empty() {
            let condition = format!("EXISTS (SELECT 1 FROM {table} WHERE revision IN ({}))", literals(&ups));
            let message = "this database has some of the revisions that this script applies";
            writeln!(f, "{}", (shell.stop_if)(&condition, message))?;
        }
        Ok(())
    }
}
