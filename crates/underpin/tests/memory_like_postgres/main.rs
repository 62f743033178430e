//! Random writes end alike in memory and on PostgreSQL: the same answers and refusals, and the same rows in the end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod generate;
mod given;
mod tables;

use underpin::blocking::Executor;
use underpin::driver::{Access, Batch, ConnectOptions, Connection, Step, TransactionOptions};
use underpin::prelude::*;
use underpin::{Database, Error};
use underpin_sql::{Query, Rows as _, Select};

use generate::{Action, Random};
use given::{Group, Keep};
use tables::{Db, TABLES};

/// Transactions; each has up to ten steps.
const TRANSACTIONS: u64 = 1_000;

/// What an error says, beside its words.
fn facts(error: &Error) -> String {
    let kind = match error.violation() {
        Some(violation) => format!("{violation:?}"),
        None if error.is_stale() => "stale".to_owned(),
        None if error.is_usage() => "usage".to_owned(),
        None => error.sqlstate().unwrap_or_else(|| panic!("an error of another kind: {error:?}")).to_owned(),
    };
    format!("{kind} {:?} {:?} {:?} {:?}", error.constraint(), error.table(), error.column(), error.key())
}

/// One of the two stores.
struct Side<'a> {
    executor: &'a Executor,
    connection: Box<dyn Connection>,
}

impl Side<'_> {
    fn step(&mut self, action: &Action) -> Result<String, String> {
        let connection = &mut self.connection;
        let done = match action {
            Action::Begin => {
                connection.begin(TransactionOptions::new());
                Ok(String::new())
            }
            Action::Commit => self.executor.wait(connection.commit()).map(|()| String::new()),
            Action::Rollback => self.executor.wait(connection.rollback()).map(|()| String::new()),
            Action::Savepoint(number) => write(self.executor, connection, &[Step::Savepoint(*number)]),
            Action::RollbackTo(number) => write(self.executor, connection, &[Step::RollbackTo(*number)]),
            Action::Release(number) => write(self.executor, connection, &[Step::Release(*number)]),
            Action::Write(groups) => {
                let steps: Vec<Step<'_>> = groups.iter().map(Group::step).collect();
                write(self.executor, connection, &steps)
            }
        };
        done.map_err(|error| facts(&error))
    }

    /// All rows of all tables.
    fn contents(&mut self) -> Vec<Vec<String>> {
        let of_table = |table| {
            let select = Select::new(table);
            let query = Query::Select(&select);
            let fetched = self.connection.fetch(&query, Box::new(Keep::new(table)));
            let mut rows = Keep::rows(self.executor.wait(fetched).unwrap());
            rows.sort();
            rows
        };
        TABLES.iter().map(|table| table()).map(of_table).collect()
    }
}

fn write(
    executor: &Executor,
    connection: &mut Box<dyn Connection>,
    steps: &[Step<'_>],
) -> Result<String, Error> {
    let returned = executor.wait(connection.write(&Batch { steps, commit: false }))?;
    Ok(returned.iter().map(|rows| given::shown(rows)).collect::<Vec<_>>().join("; "))
}

/// Whether two answers are the same. Where several rows of one write are refused, which of them is told depends on the order in
/// which the server's plan comes to them: then only that foreign keys were broken must be the same.
fn alike(action: &Action, found: &Result<String, String>, expected: &Result<String, String>) -> bool {
    let of_keys =
        |answer: &Result<String, String>| answer.as_ref().is_err_and(|facts| facts.starts_with("ForeignKey"));
    let many = matches!(action, Action::Write(groups) if groups.iter().any(|group| group.len() > 1));
    found == expected || (many && of_keys(found) && of_keys(expected))
}

/// Runs one transaction on both sides. Gives how many answers and how many refusals there were.
fn transaction(random: &mut Random, memory: &mut Side<'_>, postgres: &mut Side<'_>) -> (u32, u32) {
    let (mut accepted, mut refused) = (0, 0);
    let mut aborted = false;
    let mut history = Vec::new();
    for action in generate::transaction(random) {
        if aborted && refused > 1 && matches!(action, Action::Write(_)) {
            // That everything is refused now has been seen.
            continue;
        }
        let found = memory.step(&action);
        let expected = postgres.step(&action);
        history.push(format!("{action:?} -> {expected:?}"));
        assert!(alike(&action, &found, &expected), "in memory: {found:?}, after\n{}", history.join("\n"));
        aborted = found.is_err();
        match found {
            Ok(_) => accepted += 1,
            Err(_) => refused += 1,
        }
    }
    // What a transaction that failed has left is the next one's beginning.
    if aborted {
        memory.step(&Action::Rollback).unwrap();
        postgres.step(&Action::Rollback).unwrap();
    }
    assert_eq!(memory.contents(), postgres.contents(), "in memory, after\n{}", history.join("\n"));
    (accepted, refused)
}

#[test]
fn random_writes_end_alike() {
    let server = std::env::var("UNDERPIN_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
    let name = format!("underpin_memory_{}", std::process::id());
    let executor = Executor::runtime().unwrap();
    let connect =
        |url: &str| executor.wait(Database::<Db>::connect_with(ConnectOptions::parse(url)?)).map(Box::new);
    let maintain = |sql: String| {
        let database = connect(&server).unwrap();
        let mut connection = executor.wait(database.driver().acquire(Access::Write)).unwrap();
        executor.wait(connection.script(&sql)).unwrap();
    };
    maintain(format!("CREATE DATABASE {name}"));
    let (before, options) =
        server.split_once('?').map_or((server.as_str(), ""), |(url, options)| (url, options));
    let (host, _) = before.rsplit_once('/').unwrap();
    let url = format!("{host}/{name}?{options}");

    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let database = connect(&url).unwrap();
        executor.wait(database.create_schema()).unwrap();
        let in_memory = Database::<Db>::memory().unwrap();
        let mut postgres = Side {
            connection: executor.wait(database.driver().acquire(Access::Write)).unwrap(),
            executor: &executor,
        };
        let mut memory = Side {
            connection: Executor::Inline.wait(in_memory.driver().acquire(Access::Write)).unwrap(),
            executor: &Executor::Inline,
        };
        let (mut accepted, mut refused) = (0, 0);
        for seed in 0..TRANSACTIONS {
            let counts = transaction(&mut Random::new(seed), &mut memory, &mut postgres);
            accepted += counts.0;
            refused += counts.1;
        }
        // Both must come up often, or the test shows nothing.
        assert!(accepted > 1_000 && refused > 1_000, "{accepted} accepted, {refused} refused");
    }));
    maintain(format!("DROP DATABASE {name} WITH (FORCE)"));
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}
