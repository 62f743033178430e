//! A directory that is not there.

use underpin::include_migrations;

static MIGRATIONS: underpin::migrate::Embedded = include_migrations!("no/such/directory");

fn main() {}
