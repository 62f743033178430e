//! A directory without a revision file.

use underpin::include_migrations;

static MIGRATIONS: underpin::migrate::Embedded = include_migrations!(".");

fn main() {}
