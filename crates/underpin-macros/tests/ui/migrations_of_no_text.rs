//! No path.

use underpin::include_migrations;

static MIGRATIONS: underpin::migrate::Embedded = include_migrations!(migrations);

fn main() {}
