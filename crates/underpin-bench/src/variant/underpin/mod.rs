//! Underpin itself, on PostgreSQL, and on SQLite with and without async.

mod many;
mod mapping;
mod orders;
mod postgres;
mod search;
mod sqlite;
mod sqlite_blocking;
mod tokens;

use super::roster::Roster;

/// Enters Underpin's contenders.
pub(crate) fn enlist(roster: &mut Roster) {
    postgres::enlist(roster);
    orders::enlist(roster);
    search::enlist(roster);
    sqlite_blocking::enlist(roster);
    sqlite::enlist(roster);
    tokens::enlist(roster);
}
