//! What goes wrong with one step, as an error that names the place.

use super::report::Holder;
use super::target::Target;
use crate::error::Kind;
use crate::plan::{Unit, Work};
use crate::{DriverError, MigrateError, Step};

/// The code of PostgreSQL for a new value of an enumeration that is used before it is committed.
const UNSAFE_NEW_ENUM_VALUE: &str = "55P04";

/// A failure, and whether the same may succeed later.
pub(crate) struct Failure {
    pub(crate) error: MigrateError,
    pub(crate) line: usize,
    pub(crate) in_the_way: bool,
}

/// The failure of a statement.
pub(crate) fn refused(
    target: &dyn Target,
    step: &Step,
    unit: &Unit<'_>,
    line: usize,
    error: DriverError,
) -> Failure {
    let in_the_way = target.is_in_the_way(&error);
    let what = match unit.work {
        Work::Call { name, .. } => format!("in the function `{name}`"),
        Work::Batch(_) => "in a batch of this statement".to_owned(),
        Work::Together(_) | Work::Alone(_) => "at this statement".to_owned(),
    };
    let problem = format!("the {} of `{}` failed {what}", step.direction().verb(), step.revision());
    let hint = if target.sqlstate(&error).as_deref() == Some(UNSAFE_NEW_ENUM_VALUE) {
        "a new value of an enumeration cannot be used in the transaction that adds it: add it in a section of its own above, \
         marked no-transaction"
    } else if let Work::Alone(_) = unit.work {
        "see the cause; what is done above it is kept, and the next run goes on with this statement"
    } else if unit.first == 0 && matches!(unit.work, Work::Together(_)) {
        "see the cause; nothing of this revision was kept, and the revisions before it stay"
    } else {
        "see the cause; what is done above its transaction is kept, and the next run goes on with it"
    };
    let error =
        MigrateError::new(Kind::Database, problem, hint).in_file(step.file()).at_line(line).caused_by(error);
    Failure { error, line, in_the_way }
}

/// The failure of what the runner does around the statements.
pub(crate) fn failed(
    target: &dyn Target,
    step: &Step,
    line: usize,
    what: &str,
    error: DriverError,
) -> Failure {
    let in_the_way = target.is_in_the_way(&error);
    let problem = format!("the {} of `{}` failed: {what}", step.direction().verb(), step.revision());
    let error = MigrateError::new(Kind::Database, problem, "see the cause; what was done before it stays")
        .in_file(step.file())
        .caused_by(error);
    Failure { error, line, in_the_way }
}

/// Somebody was in the way for longer than the run was ready to try.
pub(crate) fn blocked(
    step: &Step,
    failure: Failure,
    attempts: u32,
    seconds: u64,
    holder: Option<&Holder>,
) -> MigrateError {
    let who = holder.map_or_else(String::new, |holder| format!(" by {holder}"));
    let problem = format!(
        "the {} of `{}` was kept from a lock{who}; tried {attempts} times in {seconds} s",
        step.direction().verb(),
        step.revision()
    );
    let hint = "end what is in the way or wait for it, then run this again, or allow more time to retry";
    MigrateError::new(Kind::Blocked, problem, hint)
        .in_file(step.file())
        .at_line(failure.line)
        .caused_by(failure.error)
}
