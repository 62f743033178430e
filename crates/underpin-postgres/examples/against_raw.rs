//! What the driver costs over bare tokio-postgres: time and client CPU, interleaved, on one thread.
//!
//! `cargo run --release -p underpin-postgres --example against_raw [rounds]`, with a server at
//! `UNDERPIN_TEST_POSTGRES`. Each line is a workload: median of the rounds, raw and driver, and their ratio.
//! For a profiler, `against_raw TIMES get|list|unit|load raw|driver` does one thing alone.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)] // a measuring tool: it prints, and failing it stops

use std::any::Any;
use std::pin::pin;
use std::time::{Instant, SystemTime};

use futures_util::{TryStreamExt, future};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, NoTls, Statement};
use underpin_core::{CellError, Cells, ColumnSet, ColumnType, Encoder, Result, Value};
use underpin_postgres::PostgresDriver;
use underpin_schema::{ColumnDef, StatementSlots, TableDef};
use underpin_sql::driver::{
    Access, Batch, ConnectOptions, Connection, Driver, Receive, Step, TransactionOptions,
};
use underpin_sql::{CellOf, Lock, Query, Rows, Select, Write, WriteKind};

const SCHEMA: &str = "\
DROP TABLE IF EXISTS cars, events;
CREATE TABLE cars (id text PRIMARY KEY, make text NOT NULL, model text NOT NULL, year integer NOT NULL,
                   price bigint NOT NULL, sold boolean NOT NULL, note text, created timestamptz NOT NULL);
CREATE TABLE events (id text PRIMARY KEY, car text NOT NULL, kind text NOT NULL, created timestamptz NOT NULL);
INSERT INTO cars SELECT 'car-' || lpad(n::text, 8, '0'), 'make ' || n % 20, 'model ' || n % 500, 1990 + n % 30, n * 100,
                        n % 2 = 0, CASE WHEN n % 3 = 0 THEN 'a note of some length' END, now()
FROM generate_series(0, 9999) n;
VACUUM ANALYZE cars";

const GET: &str = "SELECT id, make, model, year, price, sold, note, created FROM cars WHERE id = $1";
const LIST: &str = "SELECT id, make, model, year, price, sold, note, created FROM cars";
const INSERT_CAR: &str = "INSERT INTO cars VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const INSERT_EVENT: &str = "INSERT INTO events VALUES ($1, $2, $3, $4)";
const COPY: &str = "COPY events FROM STDIN (FORMAT binary)";

const fn column(name: &'static str, ty: ColumnType) -> ColumnDef {
    ColumnDef::new(name, ty, true, false)
}

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

static CARS: TableDef = table(
    "cars",
    &[
        column("id", ColumnType::Text),
        column("make", ColumnType::Text),
        column("model", ColumnType::Text),
        column("year", ColumnType::Integer),
        column("price", ColumnType::BigInt),
        column("sold", ColumnType::Bool),
        column("note", ColumnType::Text),
        column("created", ColumnType::TimestampTz),
    ],
);

static EVENTS: TableDef = table(
    "events",
    &[
        column("id", ColumnType::Text),
        column("car", ColumnType::Text),
        column("kind", ColumnType::Text),
        column("created", ColumnType::TimestampTz),
    ],
);

#[allow(dead_code)] // only made, to be as dear as a real row
struct Car<T> {
    id: String,
    make: String,
    model: String,
    year: i32,
    price: i64,
    sold: bool,
    note: Option<String>,
    created: T,
}

fn raw_car(row: &tokio_postgres::Row) -> Car<SystemTime> {
    Car {
        id: row.get(0),
        make: row.get(1),
        model: row.get(2),
        year: row.get(3),
        price: row.get(4),
        sold: row.get(5),
        note: row.get(6),
        created: row.get(7),
    }
}

struct Cars(Vec<Car<i64>>);

impl Receive for Cars {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        let car = || -> Result<Car<i64>, CellError> {
            Ok(Car {
                id: Value::decode(cells, 0)?,
                make: Value::decode(cells, 1)?,
                model: Value::decode(cells, 2)?,
                year: Value::decode(cells, 3)?,
                price: Value::decode(cells, 4)?,
                sold: Value::decode(cells, 5)?,
                note: Value::decode(cells, 6)?,
                created: cells.timestamptz(7)?,
            })
        };
        self.0.push(car().map_err(|why| underpin_core::Error::value("cars", "?", why))?);
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Key,
    Car,
    Event,
}

/// Rows by number, made while they are encoded.
struct Numbered {
    kind: Kind,
    from: usize,
    count: usize,
}

impl Rows for Numbered {
    fn len(&self) -> usize {
        self.count
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        let number = self.from + row;
        match (self.kind, position) {
            (Kind::Key, _) => out.text(&key(number)),
            (Kind::Car, 0) => out.text(&format!("new-{number}")),
            (Kind::Event, 0) => out.text(&format!("event-{number}")),
            (Kind::Event, 1 | 2) | (Kind::Car, 1 | 2 | 6) => out.text("registered"),
            (Kind::Event, _) | (_, 7) => out.timestamptz(1_790_000_000_000_000),
            (_, 3) => out.i32(2026),
            (_, 4) => out.i64(1),
            _ => out.bool(true),
        }
    }

    fn key_text(&self, row: usize) -> String {
        row.to_string()
    }
}

fn key(number: usize) -> String {
    format!("car-{:08}", number % 10_000)
}

/// Nanoseconds that this thread has run.
fn cpu() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse().unwrap()
}

struct Raw {
    client: Client,
    get: Statement,
    list: Statement,
    car: Statement,
    event: Statement,
}

impl Raw {
    async fn get(&self, number: usize) {
        let row = self.client.query_opt(&self.get, &[&key(number)]).await.unwrap();
        assert!(raw_car(&row.unwrap()).year >= 1990);
    }

    async fn list(&self) {
        let mut cars = Vec::new();
        let mut rows = pin!(self.client.query_raw(&self.list, Vec::<i32>::new()).await.unwrap());
        while let Some(row) = rows.try_next().await.unwrap() {
            cars.push(raw_car(&row));
        }
        assert!(cars.len() >= 10_000);
    }

    /// Four messages at once.
    async fn unit(&self, number: usize) {
        let (id, event) = (format!("new-{number}"), format!("event-{number}"));
        let now = SystemTime::now();
        let car: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
            [&id, &"registered", &"registered", &2026_i32, &1_i64, &true, &"registered", &now];
        let event: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
            [&event, &"registered", &"registered", &now];
        let all = future::try_join4(
            self.client.batch_execute("BEGIN"),
            self.client.execute(&self.car, &car),
            self.client.execute(&self.event, &event),
            self.client.batch_execute("COMMIT"),
        );
        all.await.unwrap();
    }

    async fn load(&self, from: usize, count: usize) {
        let sink = self.client.copy_in(COPY).await.unwrap();
        let mut writer =
            pin!(BinaryCopyInWriter::new(sink, &[Type::TEXT, Type::TEXT, Type::TEXT, Type::TIMESTAMPTZ]));
        let now = SystemTime::now();
        for number in from..from + count {
            let id = format!("event-{number}");
            writer.as_mut().write(&[&id, &"registered", &"registered", &now]).await.unwrap();
        }
        assert_eq!(writer.finish().await.unwrap(), count as u64);
    }
}

struct Ours(Box<dyn Connection>);

impl Ours {
    async fn get(&mut self, number: usize) {
        let keys = Numbered { kind: Kind::Key, from: number, count: 1 };
        let query = Query::Keys { table: &CARS, keys: &keys, lock: Lock::None };
        let rows = self.0.fetch(&query, Box::new(Cars(Vec::with_capacity(1)))).await.unwrap();
        assert!(rows.into_any().downcast::<Cars>().unwrap().0[0].year >= 1990);
    }

    async fn list(&mut self) {
        let select = Select::new(&CARS);
        let rows = self.0.fetch(&Query::Select(&select), Box::new(Cars(Vec::new()))).await.unwrap();
        assert!(rows.into_any().downcast::<Cars>().unwrap().0.len() >= 10_000);
    }

    async fn unit(&mut self, number: usize) {
        let car = Numbered { kind: Kind::Car, from: number, count: 1 };
        let event = Numbered { kind: Kind::Event, from: number, count: 1 };
        let write = |table: &'static TableDef, rows| {
            let (kind, columns, returning) = (WriteKind::Insert, table.all(), ColumnSet::EMPTY);
            Step::Write(Write { table, kind, columns, returning, versioned: false, rows })
        };
        let steps = [write(&CARS, &car), write(&EVENTS, &event)];
        self.0.begin(TransactionOptions::new());
        self.0.write(&Batch { steps: &steps, commit: true }).await.unwrap();
    }

    async fn load(&mut self, from: usize, count: usize) {
        let rows = Numbered { kind: Kind::Event, from, count };
        assert_eq!(self.0.load(&EVENTS, &mut Some((EVENTS.all(), &rows))).await.unwrap(), count as u64);
    }
}

/// Time and CPU of one run, in microseconds.
type Run = [f64; 2];

/// A workload with the runs of the bare driver and of ours.
type Workload = (&'static str, Vec<Run>, Vec<Run>);

async fn timed(times: usize, work: impl AsyncFnOnce()) -> Run {
    let (start, before) = (Instant::now(), cpu());
    work().await;
    let (elapsed, used) = (start.elapsed(), cpu() - before);
    [elapsed.as_secs_f64() * 1e6 / times as f64, used as f64 / 1e3 / times as f64]
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

fn report(name: &str, raw: &[Run], ours: &[Run]) {
    let of = |runs: &[Run], index: usize| median(runs.iter().map(|run| run[index]).collect());
    println!(
        "{name:<6} time {:>10.1} {:>10.1} us  x{:.3}   cpu {:>10.1} {:>10.1} us  x{:.3}",
        of(raw, 0),
        of(ours, 0),
        of(ours, 0) / of(raw, 0),
        of(raw, 1),
        of(ours, 1),
        of(ours, 1) / of(raw, 1),
    );
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let rounds: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(15);
    let maintenance = std::env::var("UNDERPIN_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
    let name = format!("underpin_pg_raw_{}", std::process::id());
    let open = async |url: &str| PostgresDriver::connect(ConnectOptions::parse(url).unwrap()).await.unwrap();
    let admin = open(&maintenance).await;
    admin.acquire(Access::Write).await.unwrap().script(&format!("CREATE DATABASE {name}")).await.unwrap();
    // Many servers offer TLS on this machine too, and it would be taken: it costs more than all that is measured here.
    let url = format!("{}/{name}?sslmode=disable", maintenance.rsplit_once('/').unwrap().0);

    let driver = open(&url).await;
    for statement in SCHEMA.split(';') {
        driver.acquire(Access::Write).await.unwrap().script(statement).await.unwrap();
    }
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute("SET synchronous_commit = off").await.unwrap();
    let raw = Raw {
        get: client.prepare(GET).await.unwrap(),
        list: client.prepare(LIST).await.unwrap(),
        car: client.prepare(INSERT_CAR).await.unwrap(),
        event: client.prepare(INSERT_EVENT).await.unwrap(),
        client,
    };
    let mut ours = Ours(driver.acquire(Access::Write).await.unwrap());
    ours.0.texts("SET synchronous_commit = off", &[]).await.unwrap();

    if let Some(workload) = std::env::args().nth(2) {
        let is_raw = std::env::args().nth(3).as_deref() == Some("raw");
        for n in 0..rounds {
            match (workload.as_str(), is_raw) {
                ("get", true) => raw.get(n).await,
                ("get", false) => ours.get(n).await,
                ("list", true) => raw.list().await,
                ("list", false) => ours.list().await,
                ("unit", true) => raw.unit(n).await,
                ("unit", false) => ours.unit(n).await,
                ("load", true) => raw.load(n * 20_000, 20_000).await,
                _ => ours.load(n * 20_000, 20_000).await,
            }
        }
        return finish(raw, ours, driver, admin, &name).await;
    }
    let mut next = 0;
    let mut fresh = |count: usize| {
        next += count;
        next - count
    };
    let mut all: [Workload; 4] = ["get", "list", "unit", "load"].map(|name| (name, Vec::new(), Vec::new()));
    for round in 0..=rounds {
        let (gets, units, loaded) = (2_000, 500, 20_000);
        let (a, b, c, d) = (fresh(units), fresh(units), fresh(loaded), fresh(loaded));
        let mut runs = [[[0.0; 2]; 2]; 4];
        // Who goes first finds the memory as the other left it, so they take turns.
        for side in if round % 2 == 0 { [0, 1] } else { [1, 0] } {
            if side == 0 {
                runs[0][0] = timed(gets, async || {
                    for n in 0..gets {
                        raw.get(n * 7).await
                    }
                })
                .await;
                runs[1][0] = timed(1, async || raw.list().await).await;
                runs[2][0] = timed(units, async || {
                    for n in a..a + units {
                        raw.unit(n).await
                    }
                })
                .await;
                runs[3][0] = timed(1, async || raw.load(c, loaded).await).await;
            } else {
                runs[0][1] = timed(gets, async || {
                    for n in 0..gets {
                        ours.get(n * 7).await
                    }
                })
                .await;
                runs[1][1] = timed(1, async || ours.list().await).await;
                runs[2][1] = timed(units, async || {
                    for n in b..b + units {
                        ours.unit(n).await
                    }
                })
                .await;
                runs[3][1] = timed(1, async || ours.load(d, loaded).await).await;
            }
        }
        raw.client.batch_execute("TRUNCATE events; DELETE FROM cars WHERE id LIKE 'new%'").await.unwrap();
        // The first round prepares and warms up.
        if round > 0 {
            for ((_, raws, own), [one, other]) in all.iter_mut().zip(runs) {
                raws.push(one);
                own.push(other);
            }
        }
    }
    println!("{rounds} rounds: raw, driver, ratio");
    for (name, raws, own) in &all {
        report(name, raws, own);
    }
    finish(raw, ours, driver, admin, &name).await;
}

async fn finish(raw: Raw, ours: Ours, driver: PostgresDriver, admin: PostgresDriver, name: &str) {
    drop((raw, ours));
    driver.close().await;
    let mut connection = admin.acquire(Access::Write).await.unwrap();
    connection.script(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}
