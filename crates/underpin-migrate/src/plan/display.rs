//! How a plan reads: as the SQL that it will run.

use std::fmt;

use super::{Plan, Stage, Step, StepDirection};

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let revisions = if self.steps.len() == 1 { "revision" } else { "revisions" };
        let verb = self.steps.first().map_or("nothing", |step| step.direction().verb());
        writeln!(f, "-- {verb} of {} {revisions} on {}", self.steps.len(), self.dialect)?;
        if self.purge {
            writeln!(f, "\n-- everything that the journal has is taken out of it")?;
        }
        self.steps.iter().try_for_each(|step| write!(f, "\n{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "-- {} {}", self.direction().verb(), self.revision())?;
        if !self.file().is_empty() {
            write!(f, ": {} ({})", self.message(), self.file())?;
        }
        writeln!(f)?;
        if self.direction() == StepDirection::Stamp {
            self.removed().iter().try_for_each(|id| writeln!(f, "--   without {id}"))?;
            return self.inserted().try_for_each(|id| writeln!(f, "--   with {id}"));
        }
        self.stages().iter().try_for_each(|stage| stage.fmt(f))
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transaction(statements) => {
                f.write_str("BEGIN;\n")?;
                statements.iter().try_for_each(|statement| writeln!(f, "{statement};"))?;
                f.write_str("COMMIT;\n")
            }
            Self::Outside(statements) => {
                statements.iter().try_for_each(|statement| writeln!(f, "{statement};"))
            }
            Self::Batch(batch) => {
                write!(f, "-- in batches of {} by {}.{}", batch.size(), batch.table(), batch.key())?;
                if !batch.pause().is_zero() {
                    write!(f, ", with a pause of {:?}", batch.pause())?;
                }
                writeln!(f, ":\n{};", batch.statement())
            }
            Self::Call { name, transaction, .. } => {
                let how = if *transaction { "in one transaction" } else { "outside of a transaction" };
                writeln!(f, "-- calls the function `{name}`, {how}")
            }
        }
    }
}
