//! What can be asked of a graph: one command a file.

mod downgrade;
mod find;
mod history;
mod offline;
mod stamp;
mod upgrade;

use super::Destination;
use super::resolve::refused;
use crate::Result;

/// `current` says where a database is, not where it is to go.
fn refuse_current(to: &Destination) -> Result<()> {
    if !to.is_from_current() {
        return Ok(());
    }
    Err(refused(
        format!("`{to}` names what is applied, so that nothing can be changed to it"),
        "use `current` to show something, and +1 or -1 to go up or down from it",
    ))
}
