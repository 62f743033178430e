//! What is checked when a transaction commits.

use underpin_core::Result;

use super::foreign_key::check_reference;
use super::unique::taken;
use crate::rules::Rules;
use crate::state::{Deferred, State};

/// Does the checks that were put off, after which there are none left.
///
/// # Errors
/// If a constraint is violated still.
pub(crate) fn check_deferred(rules: &Rules, state: &mut State) -> Result<()> {
    for check in std::mem::take(&mut state.deferred) {
        match check {
            Deferred::Unique { table, rule, value } => {
                let unique = &rules.tables[table].uniques[rule];
                if state.tables[table].holders(unique.columns, &value).len() > 1 {
                    return Err(taken(&rules.tables[table], &unique.name));
                }
            }
            Deferred::ForeignKey { key, value } => {
                check_reference(rules, state, &rules.foreign_keys[key], &value)?;
            }
        }
    }
    Ok(())
}
