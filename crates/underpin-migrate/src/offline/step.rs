//! One revision of a script: the same pieces in the same transactions as in a run, and the same rows of the journal.

use std::fmt::{Formatter, Result};

use super::shell::Shell;
use crate::journal::{JournalSql, prefix};
use crate::plan::{Effect, Unit, Work};
use crate::script::Batch;
use crate::{Step, StepDirection};

pub(super) fn write_step(f: &mut Formatter<'_>, shell: &Shell, journal: &JournalSql, step: &Step) -> Result {
    write!(f, "-- {} {}", step.direction().verb(), step.revision())?;
    if !step.file().is_empty() {
        write!(f, ": {} ({})", step.message(), step.file())?;
    }
    writeln!(f, "\n")?;
    if step.direction() == StepDirection::Stamp {
        let removed = step.removed().iter().map(|id| journal.remove(id));
        let sql: Vec<_> = removed.chain(step.rows().iter().map(|row| journal.stamp(row))).collect();
        return write_together(f, shell, &sql);
    }
    let units = step.units(shell.dialect, 0);
    if let [] | [Unit { work: Work::Together(_), .. }] = units.as_slice() {
        // The row comes first, so that a revision that is there already stops the script before it does anything.
        let statements = step.statements().map(|statement| statement.text().to_owned());
        let sql: Vec<_> = std::iter::once(journal.whole(step, None)).chain(statements).collect();
        write_together(f, shell, &sql)?;
    } else {
        writeln!(f, "{};\n", journal.begin(step))?;
        units.iter().try_for_each(|unit| write_unit(f, shell, journal, step, unit))?;
    }
    let changes = |text: &str| Effect::of_text(text, shell.dialect).changes_settings();
    if !shell.restore.is_empty() && step.statements().any(|statement| changes(statement.text())) {
        writeln!(f, "{}", shell.restore)?;
    }
    Ok(())
}

fn write_unit(
    f: &mut Formatter<'_>,
    shell: &Shell,
    journal: &JournalSql,
    step: &Step,
    unit: &Unit<'_>,
) -> Result {
    let after = if unit.end() < step.total() {
        journal.progress(step, unit.end(), &prefix(step, unit.end()))
    } else {
        journal.finish(step, None)
    };
    match unit.work {
        Work::Together(statements) => {
            let statements = statements.iter().map(|statement| statement.text().to_owned());
            let sql: Vec<_> = statements.chain([after]).collect();
            write_together(f, shell, &sql)
        }
        Work::Alone(statement) => writeln!(f, "{};\n\n{after};\n", statement.text()),
        Work::Batch(batch) => {
            writeln!(
                f,
                "-- A run does this in batches of {} by {}.{}.",
                batch.size(),
                batch.table(),
                batch.key()
            )?;
            write_together(f, shell, &[whole_range(batch), after])
        }
        Work::Call { name, .. } => {
            writeln!(f, "-- A run calls the function `{name}` of the program here.")?;
            let message = format!(
                "revision {} calls the function `{name}`, which only the program has; let the program go on from here",
                step.revision()
            );
            writeln!(f, "{}", (shell.stop_if)("1 = 1", &message))
        }
    }
}

fn write_together(f: &mut Formatter<'_>, shell: &Shell, sql: &[String]) -> Result {
    writeln!(f, "{};", shell.begin)?;
    sql.iter().try_for_each(|sql| writeln!(f, "{sql};"))?;
    writeln!(f, "COMMIT;\n")
}

/// The statement of a batch over all keys. Not every type of key has a least and a greatest value by function.
fn whole_range(batch: &Batch) -> String {
    let (table, key) = (batch.table(), batch.key());
    let end = |order: &str| {
        format!("(SELECT {key} FROM {table} WHERE {key} IS NOT NULL ORDER BY {key} {order} LIMIT 1)")
    };
    batch.statement_for(&end("ASC"), &end("DESC"))
}
