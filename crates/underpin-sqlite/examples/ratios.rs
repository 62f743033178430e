//! How far the driver is from bare rusqlite with held statements: run it in release, best alone on the machine.
//!
//! `cargo run --release -p underpin-sqlite --example ratios`

#![allow(clippy::print_stdout, clippy::unwrap_used)] // the numbers are its output

use std::any::Any;
use std::hint::black_box;
use std::time::Instant;

use rusqlite::{Connection as Raw, OpenFlags, Statement, params};
use underpin_core::{CellError, Cells, ColumnSet, ColumnType, Encoder, Result};
use underpin_schema::{ColumnDef, StatementSlots, TableDef};
use underpin_sql::driver::{
    Access, Batch, ConnectOptions, Connection, Driver, Receive, Step, TransactionOptions,
};
use underpin_sql::{CellOf, KeyRows, Lock, Query, Rows, Select, Write, WriteKind};
use underpin_sqlite::SqliteDriver;

const CREATE: &str = "
    CREATE TABLE users (
        id TEXT NOT NULL PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        verified INTEGER NOT NULL,
        balance INTEGER NOT NULL,
        created_at TEXT NOT NULL
    );
    CREATE TABLE outbox (
        id TEXT NOT NULL PRIMARY KEY,
        topic TEXT NOT NULL,
        payload TEXT NOT NULL,
        created_at TEXT NOT NULL
    );
";
const SELECT: &str = "SELECT id, email, name, verified, balance, created_at FROM users WHERE id = ?1";
const LIST: &str = "SELECT id, email, name, verified, balance, created_at FROM users";
const INSERT: &str =
    "INSERT INTO users (id, email, name, verified, balance, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const EVENT: &str = "INSERT INTO outbox (id, topic, payload, created_at) VALUES (?1, ?2, ?3, ?4)";

const fn table(name: &'static str, columns: &'static [ColumnDef]) -> TableDef {
    TableDef {
        name,
        schema: None,
        comment: None,
        renamed_from: None,
        columns,
        primary_key: &[0],
        uniques: &[],
        indexes: &[],
        checks: &[],
        foreign_keys: &[],
        excludes: &[],
        statements: StatementSlots::new(),
    }
}

const fn column(name: &'static str, ty: ColumnType) -> ColumnDef {
    ColumnDef::new(name, ty, false, false)
}

static USERS: TableDef = table(
    "users",
    &[
        column("id", ColumnType::Varchar(36)),
        column("email", ColumnType::Varchar(255)),
        column("name", ColumnType::Text),
        column("verified", ColumnType::Bool),
        column("balance", ColumnType::BigInt),
        column("created_at", ColumnType::Text),
    ],
);

static OUTBOX: TableDef = table(
    "outbox",
    &[
        column("id", ColumnType::Varchar(36)),
        column("topic", ColumnType::Text),
        column("payload", ColumnType::Text),
        column("created_at", ColumnType::Text),
    ],
);

/// Time stamps are text on both sides: what they cost is the codec's, not the driver's.
struct User {
    id: String,
    email: String,
    name: String,
    verified: bool,
    balance: i64,
    created_at: String,
}

impl User {
    fn number(n: usize) -> Self {
        Self {
            id: id(n),
            email: format!("user.number.{n}@example.com"),
            name: "Somebody With A Name".to_owned(),
            verified: n.is_multiple_of(2),
            balance: 4_711,
            created_at: "2026-01-01 12:00:00.000000".to_owned(),
        }
    }

    fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            email: row.get(1)?,
            name: row.get(2)?,
            verified: row.get(3)?,
            balance: row.get(4)?,
            created_at: row.get(5)?,
        })
    }

    fn of_cells(cells: &dyn Cells) -> Result<Self, CellError> {
        Ok(Self {
            id: cells.text(0)?.to_owned(),
            email: cells.text(1)?.to_owned(),
            name: cells.text(2)?.to_owned(),
            verified: cells.bool(3)?,
            balance: cells.i64(4)?,
            created_at: cells.text(5)?.to_owned(),
        })
    }

    fn insert(&self, statement: &mut Statement<'_>) {
        statement
            .execute(params![self.id, self.email, self.name, self.verified, self.balance, self.created_at])
            .unwrap();
    }
}

fn id(n: usize) -> String {
    format!("018f6b3e-0001-7abc-8def-{n:012}")
}

impl Rows for User {
    fn len(&self) -> usize {
        1
    }

    fn encode(&self, _row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        match position {
            0 => out.text(&self.id),
            1 => out.text(&self.email),
            2 => out.text(&self.name),
            3 => out.bool(self.verified),
            4 => out.i64(self.balance),
            _ => out.text(&self.created_at),
        }
    }

    fn key_text(&self, _row: usize) -> String {
        self.id.clone()
    }
}

/// Many users, for a load.
struct Users(Vec<User>);

impl Rows for Users {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        self.0[row].encode(0, cell, out)
    }

    fn key_text(&self, row: usize) -> String {
        self.0[row].id.clone()
    }
}

const PAYLOAD: &str = r#"{"user":"018f6b3e-0001-7abc-8def-000000000000","what":"registered"}"#;

struct Event(String);

impl Rows for Event {
    fn len(&self) -> usize {
        1
    }

    fn encode(&self, _row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        out.text(match position {
            0 => &self.0,
            1 => "user",
            2 => PAYLOAD,
            _ => "2026-01-01 12:00:00.000000",
        })
    }

    fn key_text(&self, _row: usize) -> String {
        self.0.clone()
    }
}

struct Collect(Vec<User>);

impl Receive for Collect {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        let user = User::of_cells(cells).map_err(|why| underpin_core::Error::value("users", "?", why))?;
        self.0.push(user);
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

fn collect(capacity: usize) -> Box<dyn Receive> {
    Box::new(Collect(Vec::with_capacity(capacity)))
}

fn collected(rows: Box<dyn Receive>) -> Vec<User> {
    rows.into_any().downcast::<Collect>().unwrap().0
}

/// Processor time of all threads of this process, in microseconds.
fn processor() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let nanos = tasks.map(|task| {
        let text = std::fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap_or_default();
        text.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(0.0)
    });
    nanos.sum::<f64>() / 1e3
}

/// What some calls took, in microseconds a call.
#[derive(Clone, Copy)]
struct Took {
    elapsed: f64,
    processor: f64,
}

fn time(times: usize, mut call: impl FnMut(usize)) -> Took {
    let (start, before) = (Instant::now(), processor());
    for n in 0..times {
        call(n);
    }
    let times = times as f64;
    Took { elapsed: start.elapsed().as_secs_f64() * 1e6 / times, processor: (processor() - before) / times }
}

struct Comparison {
    name: &'static str,
    raw: Vec<Took>,
    ours: Vec<Took>,
}

impl Comparison {
    fn new(name: &'static str) -> Self {
        Self { name, raw: Vec::new(), ours: Vec::new() }
    }

    /// The least time elapsed, which is what the machine can do while nobody else uses it, and the mean of the
    /// processor's time, which does not depend on others.
    fn print(self) {
        let least = |all: &[Took]| all.iter().map(|took| took.elapsed).fold(f64::INFINITY, f64::min);
        let mean = |all: &[Took]| all.iter().map(|took| took.processor).sum::<f64>() / all.len() as f64;
        let (elapsed, processor) = (least(&self.raw), mean(&self.raw));
        println!(
            "{:<46} time {elapsed:>9.2} us x {:.2}   processor {processor:>9.2} us x {:.2}",
            self.name,
            least(&self.ours) / elapsed,
            mean(&self.ours) / processor,
        );
    }
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => unreachable!("blocking use is always ready"),
    }
}

fn get(connection: &mut dyn Connection, key: &str) -> User {
    let keys = [key.to_owned()];
    let keys = KeyRows::new(&USERS, &keys);
    let query = Query::Keys { table: &USERS, keys: &keys, lock: Lock::None };
    collected(ready(connection.fetch(&query, collect(1))).unwrap()).pop().unwrap()
}

fn insert<'a>(table: &'static TableDef, rows: &'a dyn Rows) -> Step<'a> {
    let columns = table.all();
    let returning = ColumnSet::EMPTY;
    Step::Write(Write { table, kind: WriteKind::Insert, columns, returning, versioned: false, rows })
}

const ROUNDS: usize = 40;
const LISTED: usize = 10_000;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let open_raw = |name: &str| {
        let raw = Raw::open_with_flags(
            folder.path().join(name),
            OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
        .unwrap();
        let set = "PRAGMA journal_mode = wal; PRAGMA synchronous = normal; PRAGMA foreign_keys = on";
        raw.execute_batch(set).unwrap();
        raw
    };
    let options = |name: &str| {
        ConnectOptions::parse(&format!("sqlite:{}", folder.path().join(name).display())).unwrap()
    };
    for name in ["raw.db", "ours.db", "async.db"] {
        let raw = open_raw(name);
        raw.execute_batch(CREATE).unwrap();
        raw.execute_batch("BEGIN").unwrap();
        let mut statement = raw.prepare(INSERT).unwrap();
        (0..LISTED).for_each(|n| User::number(n).insert(&mut statement));
        raw.execute_batch("COMMIT").unwrap();
    }
    let raw = open_raw("raw.db");
    let blocking = SqliteDriver::blocking(options("ours.db")).unwrap();

    let mut point = Comparison::new("blocking point get, connection held");
    let mut pooled = Comparison::new("blocking point get, through the pool");
    let mut inside = Comparison::new("blocking point get, in a transaction");
    for _ in 0..ROUNDS {
        let keys: Vec<String> = (0..10_000).map(|n| id(n * 7_919 % LISTED)).collect();
        let mut statement = raw.prepare(SELECT).unwrap();
        let mut by_raw = || {
            time(keys.len(), |n| {
                black_box(statement.query_row([&keys[n]], User::of_row).unwrap());
            })
        };
        let one = by_raw();
        point.raw.push(one);
        pooled.raw.push(one);
        raw.execute_batch("BEGIN").unwrap();
        inside.raw.push(by_raw());
        raw.execute_batch("COMMIT").unwrap();

        let mut connection = ready(blocking.acquire(Access::Read)).unwrap();
        point.ours.push(time(keys.len(), |n| {
            black_box(get(&mut *connection, &keys[n]));
        }));
        connection.begin(TransactionOptions::new());
        inside.ours.push(time(keys.len(), |n| {
            black_box(get(&mut *connection, &keys[n]));
        }));
        drop(connection);
        pooled.ours.push(time(keys.len(), |n| {
            let mut connection = ready(blocking.acquire(Access::Read)).unwrap();
            black_box(get(&mut *connection, &keys[n]));
        }));
    }
    point.print();
    pooled.print();
    inside.print();

    let mut unit = Comparison::new("blocking unit of work, 1 user + 1 event");
    for round in 0..ROUNDS {
        let first = LISTED + round * 500;
        let users: Vec<_> = (first..first + 500).map(User::number).collect();
        let [mut begin, mut commit] = ["BEGIN IMMEDIATE", "COMMIT"].map(|sql| raw.prepare(sql).unwrap());
        let (mut insert_user, mut insert_event) = (raw.prepare(INSERT).unwrap(), raw.prepare(EVENT).unwrap());
        unit.raw.push(time(users.len(), |n| {
            begin.execute([]).unwrap();
            users[n].insert(&mut insert_user);
            insert_event
                .execute(params![users[n].id, "user", PAYLOAD, "2026-01-01 12:00:00.000000"])
                .unwrap();
            commit.execute([]).unwrap();
        }));
        unit.ours.push(time(users.len(), |n| {
            let mut connection = ready(blocking.acquire(Access::Write)).unwrap();
            connection.begin(TransactionOptions::new());
            let event = Event(users[n].id.clone());
            let steps = [insert(&USERS, &users[n]), insert(&OUTBOX, &event)];
            ready(connection.write(&Batch { steps: &steps, commit: true })).unwrap();
        }));
    }
    unit.print();
    for name in ["raw.db", "ours.db", "async.db"] {
        open_raw(name).execute("DELETE FROM users WHERE id >= ?1", [id(LISTED)]).unwrap();
    }

    let mut blocking_list = Comparison::new("blocking list of 10,000");
    let mut list = Comparison::new("async list of 10,000");
    let mut stream = Comparison::new("async stream of 10,000 in portions of 1,000");
    let mut load = Comparison::new("async load of 10,000");
    let mut blocking_load = Comparison::new("blocking load of 10,000");
    let mut hop = Comparison::new("async point get (against raw without a thread)");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let driver = runtime.block_on(SqliteDriver::connect(options("async.db"))).unwrap();
    let all = Select::new(&USERS);
    let query = Query::Select(&all);
    for _ in 0..ROUNDS {
        let mut statement = raw.prepare(LIST).unwrap();
        let by_raw = time(3, |_| {
            let mut users = Vec::with_capacity(LISTED);
            users.extend(statement.query_map([], User::of_row).unwrap().map(|user| user.unwrap()));
            black_box(users);
        });
        blocking_list.raw.push(by_raw);
        list.raw.push(by_raw);
        stream.raw.push(by_raw);
        let mut connection = ready(blocking.acquire(Access::Read)).unwrap();
        blocking_list.ours.push(time(3, |_| {
            let users = collected(ready(connection.fetch(&query, collect(LISTED))).unwrap());
            assert_eq!(black_box(users).len(), LISTED);
        }));
        list.ours.push(time(3, |_| {
            runtime.block_on(async {
                let mut connection = driver.acquire(Access::Read).await.unwrap();
                let users = collected(connection.fetch(&query, collect(LISTED)).await.unwrap());
                assert_eq!(black_box(users).len(), LISTED);
            });
        }));
        stream.ours.push(time(3, |_| {
            runtime.block_on(async {
                let mut connection = driver.acquire(Access::Read).await.unwrap();
                let mut stream = connection.stream(&query).await.unwrap();
                let mut more = true;
                while more {
                    let rows;
                    (rows, more) = stream.next(collect(1_000), 1_000).await.unwrap();
                    black_box(collected(rows));
                }
            });
        }));

        let users = Users((LISTED..2 * LISTED).map(User::number).collect());
        load.raw.push(time(1, |_| {
            let mut statement = raw.prepare(INSERT).unwrap();
            raw.execute_batch("BEGIN IMMEDIATE").unwrap();
            users.0.iter().for_each(|user| user.insert(&mut statement));
            raw.execute_batch("COMMIT").unwrap();
        }));
        blocking_load.raw.extend(load.raw.last());
        blocking_load.ours.push(time(1, |_| {
            let mut connection = ready(blocking.acquire(Access::Write)).unwrap();
            ready(connection.load(&USERS, &mut Some((USERS.all(), &users)))).unwrap();
        }));
        load.ours.push(time(1, |_| {
            runtime.block_on(async {
                let mut connection = driver.acquire(Access::Write).await.unwrap();
                connection.load(&USERS, &mut Some((USERS.all(), &users))).await.unwrap();
            });
        }));
        for name in ["raw.db", "ours.db", "async.db"] {
            open_raw(name).execute("DELETE FROM users WHERE id >= ?1", [id(LISTED)]).unwrap();
        }

        let mut statement = raw.prepare(SELECT).unwrap();
        hop.raw.push(time(500, |n| {
            black_box(statement.query_row([id(n)], User::of_row).unwrap());
        }));
        let mut connection = runtime.block_on(driver.acquire(Access::Read)).unwrap();
        hop.ours.push(time(500, |n| {
            let keys = [id(n)];
            let keys = KeyRows::new(&USERS, &keys);
            let query = Query::Keys { table: &USERS, keys: &keys, lock: Lock::None };
            let fetched = runtime.block_on(connection.fetch(&query, collect(1)));
            black_box(collected(fetched.unwrap()));
        }));
    }
    blocking_list.print();
    list.print();
    stream.print();
    blocking_load.print();
    load.print();
    hop.print();
}
