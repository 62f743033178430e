//! A history that has a bit of everything: transactions, statements outside of any, batches and calls.

use underpin_migrate::{CallFuture, Context, Functions, Graph};

use super::revisions::history;

const TABLES: &str = "\
-- +upgrade
CREATE TABLE log (what text NOT NULL);
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, email text, phone text);
INSERT INTO users (id, email) VALUES (1, 'A'), (2, 'B'), (3, 'C'), (5, 'D'), (8, 'E'), (-3, 'F');
INSERT INTO log VALUES ('tables');
-- +downgrade
DROP TABLE users;
DROP TABLE log;
";

const OUTSIDE: &str = "\
-- +upgrade
INSERT INTO log VALUES ('before');
-- +upgrade postgres no-transaction
CREATE INDEX CONCURRENTLY ix_users_email ON users (email);
INSERT INTO log VALUES ('between');
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix_users_phone ON users (phone);
REINDEX INDEX CONCURRENTLY ix_users_email;
VACUUM users;
DROP INDEX CONCURRENTLY ix_users_phone;
ALTER TABLE users ADD COLUMN age integer;
-- +upgrade sqlite no-transaction
CREATE INDEX ix_users_email ON users (email);
INSERT INTO log VALUES ('between');
PRAGMA foreign_keys = OFF;
ALTER TABLE users ADD COLUMN age integer;
VACUUM;
PRAGMA foreign_keys = ON;
-- +upgrade
INSERT INTO log VALUES ('after');
UPDATE users SET age = id;
-- +downgrade
ALTER TABLE users DROP COLUMN age;
-- +downgrade postgres no-transaction
INSERT INTO log VALUES ('undoing');
DROP INDEX CONCURRENTLY ix_users_email;
-- +downgrade sqlite no-transaction
INSERT INTO log VALUES ('undoing');
DROP INDEX ix_users_email;
";

const PARTITIONS: &str = "\
-- +upgrade postgres
CREATE TABLE events (id integer NOT NULL, kind text) PARTITION BY RANGE (id);
CREATE TABLE events_a PARTITION OF events FOR VALUES FROM (0) TO (10);
CREATE TABLE events_b PARTITION OF events FOR VALUES FROM (10) TO (20);
-- +upgrade postgres no-transaction
ALTER TABLE events DETACH PARTITION events_a CONCURRENTLY;
ALTER TABLE events_a ADD CONSTRAINT ck_events_a CHECK (id >= 0) NOT VALID;
ALTER TABLE events_a VALIDATE CONSTRAINT ck_events_a;
-- +upgrade sqlite
CREATE TABLE events (id integer NOT NULL, kind text);
-- +downgrade postgres
DROP TABLE events_a;
-- +downgrade
DROP TABLE events;
";

const DATA: &str = "\
-- +upgrade batch users.id size=2
UPDATE users SET phone = coalesce(phone, '') || '+' WHERE id BETWEEN :first AND :last;
-- +upgrade call count_users
-- +upgrade no-transaction call log_users
-- +upgrade
INSERT INTO log SELECT 'phone ' || phone FROM users;
-- +downgrade
";

/// Four revisions of about thirty statements. `data` needs [`functions`].
pub(crate) fn mixed() -> Graph {
    history(&[("tables", TABLES), ("outside", OUTSIDE), ("partitions", PARTITIONS), ("data", DATA)])
}

/// The same without calls, for a script.
pub(crate) fn without_calls() -> Graph {
    let data: String = DATA.split_inclusive('\n').filter(|line| !line.contains(" call ")).collect();
    history(&[("tables", TABLES), ("outside", OUTSIDE), ("partitions", PARTITIONS), ("data", &data)])
}

pub(crate) fn functions() -> Functions {
    Functions::new().register("count_users", count_users).register("log_users", log_users)
}

/// One transaction, in which nothing needs to be saved.
fn count_users(mut context: Context<'_>) -> CallFuture<'_> {
    Box::pin(async move {
        let count = context.query("SELECT CAST(count(*) AS text) FROM users").await?;
        let text = context.quote(&format!("count {}", count[0][0].as_deref().unwrap()))?;
        context.execute(&format!("INSERT INTO log VALUES ({text})")).await
    })
}

/// A transaction for each user, with the last of them saved in it.
fn log_users(mut context: Context<'_>) -> CallFuture<'_> {
    Box::pin(async move {
        let ids = context.query("SELECT CAST(id AS text) FROM users ORDER BY id").await?;
        let total = ids.len() as u64;
        let done: usize = context.saved().map_or(0, |saved| saved.parse().unwrap());
        for (number, row) in (1..).zip(ids).skip(done) {
            let text = context.quote(&format!("user {}", row[0].as_deref().unwrap()))?;
            context.begin().await?;
            context.execute(&format!("INSERT INTO log VALUES ({text})")).await?;
            context.save(&format!("{number}")).await?;
            context.commit().await?;
            context.report(number as u64, Some(total));
        }
        Ok(())
    })
}
