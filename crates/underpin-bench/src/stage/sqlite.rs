//! The SQLite file of one variant: created, filled and looked at.

use std::ops::Range;
use std::path::Path;

use rusqlite::{Connection, params};

use crate::failure::{Result, While};
use crate::sample;
use crate::tally::cents;

/// As a service sets them up: readers beside one writer, and no flush per commit.
pub(crate) const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
";

// Money is an integer of hundredths: SQLite has no decimal, and each peer supports integers.
// Times are text as chrono writes it, which every peer reads.
const TABLES: &str = "
    CREATE TABLE users (
        id             varchar(36) NOT NULL PRIMARY KEY,
        email          varchar(255) NOT NULL UNIQUE,
        email_verified boolean NOT NULL DEFAULT false,
        created_at     text NOT NULL,
        updated_at     text NOT NULL
    );

    CREATE TABLE outbox (
        id             integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        event_type     varchar(255) NOT NULL,
        aggregate_type varchar(255) NOT NULL,
        aggregate_id   varchar(36) NOT NULL,
        payload        text NOT NULL,
        created_at     text NOT NULL,
        processed_at   text
    );
    CREATE INDEX ix_outbox_unprocessed ON outbox (processed_at) WHERE processed_at IS NULL;

    CREATE TABLE cars (
        id        text NOT NULL PRIMARY KEY,
        make      text NOT NULL,
        model     text NOT NULL,
        year      integer NOT NULL,
        price_mxn integer NOT NULL
    );

    CREATE TABLE accounts (
        id      integer NOT NULL PRIMARY KEY,
        name    text NOT NULL,
        balance integer NOT NULL,
        version integer NOT NULL
    );
";

const CLEAR: &str = "
    DELETE FROM users;
    DELETE FROM outbox;
    DELETE FROM cars;
    DELETE FROM accounts;
    PRAGMA wal_checkpoint(TRUNCATE);
";

const ADD_USER: &str = "
    INSERT INTO users (id, email, email_verified, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
";

const ADD_CAR: &str = "INSERT INTO cars (id, make, model, year, price_mxn) VALUES (?1, ?2, ?3, ?4, ?5)";

const ADD_ACCOUNT: &str = "INSERT INTO accounts (id, name, balance, version) VALUES (?1, ?2, ?3, ?4)";

const INDEX_CARS: &str = "
    CREATE INDEX IF NOT EXISTS ix_cars_make ON cars (make);
    CREATE INDEX IF NOT EXISTS ix_cars_model ON cars (model);
    CREATE INDEX IF NOT EXISTS ix_cars_year ON cars (year);
    CREATE INDEX IF NOT EXISTS ix_cars_price_mxn ON cars (price_mxn);
";

const UNINDEX_CARS: &str = "
    DROP INDEX IF EXISTS ix_cars_make;
    DROP INDEX IF EXISTS ix_cars_model;
    DROP INDEX IF EXISTS ix_cars_year;
    DROP INDEX IF EXISTS ix_cars_price_mxn;
";

/// The benchmark's own connection to a file.
pub(crate) struct SqliteStore {
    connection: Connection,
}

impl SqliteStore {
    /// Creates the file with its tables.
    pub(crate) fn create(file: &Path) -> Result<Self> {
        let connection = open(file)?;
        connection.execute_batch(TABLES).attempting(|| "create the tables in SQLite".into())?;
        Ok(Self { connection })
    }

    pub(super) fn clear(&mut self) -> Result<()> {
        self.script(CLEAR)
    }

    pub(super) fn script(&mut self, sql: &str) -> Result<()> {
        Ok(self.connection.execute_batch(sql)?)
    }

    pub(super) fn add_users(&mut self, numbers: Range<usize>) -> Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut add = transaction.prepare(ADD_USER)?;
            for u in numbers.map(sample::user) {
                add.execute(params![u.id, u.email, u.email_verified, u.created_at, u.updated_at])?;
            }
        }
        Ok(transaction.commit()?)
    }

    pub(super) fn add_cars(&mut self, numbers: Range<usize>) -> Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut add = transaction.prepare(ADD_CAR)?;
            for c in numbers.map(sample::car) {
                add.execute(params![c.id, c.make, c.model, c.year, cents(c.price_mxn)])?;
            }
        }
        Ok(transaction.commit()?)
    }

    pub(super) fn add_accounts(&mut self, numbers: Range<usize>) -> Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut add = transaction.prepare(ADD_ACCOUNT)?;
            for a in numbers.map(sample::account) {
                add.execute(params![a.id, a.name, cents(a.balance), a.version])?;
            }
        }
        Ok(transaction.commit()?)
    }

    pub(super) fn index_cars(&mut self, indexed: bool) -> Result<()> {
        Ok(self.connection.execute_batch(if indexed { INDEX_CARS } else { UNINDEX_CARS })?)
    }

    pub(super) fn number(&mut self, query: &str) -> Result<i64> {
        self.connection.query_row(query, [], |row| row.get(0)).attempting(|| query.to_owned())
    }
}

/// Opens a file with the settings of a service.
pub(crate) fn open(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file).attempting(|| format!("open {}", file.display()))?;
    connection.execute_batch(PRAGMAS)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_in_can_be_counted() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::create(&directory.path().join("x.db")).unwrap();
        store.add_users(0..5).unwrap();
        store.add_cars(0..7).unwrap();
        store.add_accounts(1..3).unwrap();
        store.index_cars(true).unwrap();
        assert_eq!(store.number("SELECT count(*) FROM users").unwrap(), 5);
        assert_eq!(
            store.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'ix_cars_%'").unwrap(),
            4
        );
        let sum: i64 = (0..7).map(|n| cents(sample::car(n).price_mxn)).sum();
        assert_eq!(store.number("SELECT sum(price_mxn) FROM cars").unwrap(), sum);
        store.clear().unwrap();
        assert_eq!(store.number("SELECT count(*) FROM accounts").unwrap(), 0);
    }
}
