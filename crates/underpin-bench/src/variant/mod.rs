//! The libraries, each used as someone who knows it would use it.

#[cfg(not(all(feature = "diesel", feature = "diesel-async", feature = "sea-orm", feature = "sqlx")))]
mod absent;
mod contender;
mod deadpool_postgres;
#[cfg(feature = "diesel")]
mod diesel;
#[cfg(feature = "diesel-async")]
mod diesel_async;
#[cfg(any(feature = "diesel", feature = "diesel-async"))]
mod diesel_rows;
mod raw_postgres;
mod raw_sqlite;
mod roster;
#[cfg(feature = "sea-orm")]
mod sea_orm;
#[cfg(feature = "sqlx")]
mod sqlx;
mod underpin;

#[cfg(not(feature = "diesel"))]
use absent as diesel;
#[cfg(not(feature = "diesel-async"))]
use absent as diesel_async;
#[cfg(not(feature = "sea-orm"))]
use absent as sea_orm;
#[cfg(not(feature = "sqlx"))]
use absent as sqlx;

pub(crate) use contender::{Contender, Entry, Runner};
pub(crate) use roster::Roster;

/// Everyone who was compiled in; the raw drivers first.
pub(crate) fn roster() -> Roster {
    let mut roster = Roster::default();
    self::raw_postgres::enlist(&mut roster);
    self::deadpool_postgres::enlist(&mut roster);
    self::raw_sqlite::enlist(&mut roster);
    self::underpin::enlist(&mut roster);
    self::diesel::enlist(&mut roster);
    self::diesel_async::enlist(&mut roster);
    self::sqlx::enlist(&mut roster);
    self::sea_orm::enlist(&mut roster);
    roster
}
