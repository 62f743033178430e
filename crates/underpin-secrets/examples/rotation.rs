//! Measures a rotation: `cargo run --release -p underpin-secrets --example rotation -- URL ROWS [BATCH] [random]`.
//!
//! The database of the URL gets a table `underpin_rotation` of its own, which is dropped afterwards. Values have 64 bytes; the key
//! is a text of 36 characters, in the order of time as UUIDs of version 7 are, or with `random` in none, as those of version 4.

#![allow(clippy::expect_used, reason = "a measurement that fails says so")]
#![allow(clippy::print_stdout, reason = "its result")]

use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;
use std::time::Instant;

use underpin_secrets::{Cipher, DriverPlace, KeyRing, Rotation, StoredColumn, Usage};
use underpin_sql::driver::{Access, ConnectOptions, Driver};

const CONTEXT: &str = "underpin_rotation.value";
const CHUNK: u64 = 1000;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().expect("the URL of a database");
    let rows: u64 = arguments.next().expect("how many rows").parse().expect("a number of rows");
    let batch = arguments.next().map_or(Rotation::BATCH, |batch| batch.parse().expect("rows in a batch"));
    // An odd number is a walk through all of 64 bits, each once.
    let stride = if arguments.next().is_some() { 0x9e37_79b9_7f4a_7c15 } else { 1 };
    let driver = connect(&url).await;
    let old = KeyRing::generate().expect("a key");
    let new = old.with_new_key().and_then(|ring| ring.promote(2)).expect("a key");

    script(&driver, "DROP TABLE IF EXISTS underpin_rotation").await;
    let bytes = if driver.dialect().capability.array_parameters { "bytea" } else { "BLOB" };
    let create =
        format!("CREATE TABLE underpin_rotation (id varchar(36) PRIMARY KEY, value {bytes} NOT NULL)");
    script(&driver, &create).await;
    fill(&driver, &old.cipher(CONTEXT).expect("a cipher"), (rows, stride)).await;
    let before = peak();

    let column = StoredColumn::new("underpin_rotation", "value");
    let mut place = DriverPlace::new(Arc::clone(&driver));
    let (begun, spent) = (Instant::now(), processor());
    let report = Rotation::new(&new).batch(batch).run(&mut place, &column, |_| {}).await.expect("it rotates");
    let seconds = begun.elapsed().as_secs_f64();
    let spent = processor() - spent;
    let begun = Instant::now();
    let usage = Usage::count(&mut place, &column).await.expect("it counts");
    let counted = begun.elapsed().as_secs_f64();
    assert_eq!((usage.rows_of(2), usage.rows_of(1), report.refused), (rows, 0, 0), "every row is rotated");
    #[allow(clippy::cast_precision_loss, reason = "a rate")]
    let rate = rows as f64 / seconds;
    println!(
        "{}: {rows} rows in batches of {batch}: {seconds:.1} s, {rate:.0} rows/s; {spent:.1} s of the processor; peak {before} KiB before, {} KiB after; \
         counted in {counted:.2} s",
        driver.dialect().name,
        peak(),
    );
    script(&driver, "DROP TABLE underpin_rotation").await;
}

async fn connect(url: &str) -> Arc<dyn Driver> {
    let options = ConnectOptions::parse(url).expect("a URL");
    if options.scheme() == "sqlite" {
        Arc::new(underpin_sqlite::SqliteDriver::connect(options).await.expect("a database"))
    } else {
        Arc::new(underpin_postgres::PostgresDriver::connect(options).await.expect("a database"))
    }
}

async fn script(driver: &Arc<dyn Driver>, sql: &str) {
    let mut connection = driver.acquire(Access::Write).await.expect("a connection");
    connection.script(sql).await.expect("the statement runs");
}

async fn fill(driver: &Arc<dyn Driver>, cipher: &Cipher, (rows, stride): (u64, u64)) {
    let quote = if driver.dialect().capability.array_parameters { "'\\x" } else { "x'" };
    for first in (0..rows).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
        let mut sql = String::from("INSERT INTO underpin_rotation VALUES ");
        for number in first..(first + CHUNK).min(rows) {
            let id = format!("row_{:032x}", number.wrapping_mul(stride));
            let sealed = cipher.seal(&id, &[0x2a; 64]).expect("it encrypts");
            let comma = if number == first { "" } else { "," };
            write!(sql, "{comma}('{id}',{quote}").expect("room");
            for byte in sealed {
                write!(sql, "{byte:02x}").expect("room");
            }
            sql.push_str("')");
        }
        script(driver, &sql).await;
    }
}

/// Seconds of the processor that this process has used; its ticks are hundredths.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// The most memory that the process has had, in KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
