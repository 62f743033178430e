//! What is refused before anything of a run has begun.

use super::settings::Settings;
use crate::error::Kind;
use crate::plan::{Effect, Leftover};
use crate::{MigrateError, Plan, Result, Stage, Step};

/// Refuses a plan that could not be carried out to its end.
///
/// # Errors
/// A function that is not registered; an index that is built concurrently and has no name.
pub(crate) fn preflight(plan: &Plan, settings: &Settings<'_>) -> Result<()> {
    for step in plan.steps() {
        for stage in step.stages() {
            match stage {
                Stage::Call { name, line, .. } if settings.functions.get(name).is_none() => {
                    return Err(missing_function(step, name, *line, settings));
                }
                Stage::Outside(statements) => {
                    for statement in statements {
                        let effect = Effect::of(statement, plan.dialect());
                        if let Some(Leftover::Index { index: None, .. }) = effect.leftover() {
                            return Err(nameless_index(step, statement.line()));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn missing_function(step: &Step, name: &str, line: usize, settings: &Settings<'_>) -> MigrateError {
    let known: Vec<_> = settings.functions.names().collect();
    let hint = if known.is_empty() {
        "run it with the program that has the function; this one has none".to_owned()
    } else {
        format!("register it; this program has {}", known.join(", "))
    };
    let problem = format!(
        "the {} of `{}` calls the function `{name}`, which this program does not have; nothing was begun",
        step.direction().verb(),
        step.revision()
    );
    MigrateError::new(Kind::Function, problem, hint).in_file(step.file()).at_line(line)
}

fn nameless_index(step: &Step, line: usize) -> MigrateError {
    MigrateError::new(
        Kind::Script,
        "an index that is built concurrently has no name, so that it could not be found again after a crash",
        "give it a name: CREATE INDEX CONCURRENTLY ix_... ON ...",
    )
    .in_file(step.file())
    .at_line(line)
}
