//! A rotation and a backfill need no more memory for six times the rows.

use std::env;
use std::fs;
use std::process::Command;

use underpin_secrets::{Backfill, DriverPlace, KeyRing, Rotation, StoredColumn};

use crate::scratch::{Scratch, connect};

const URL: &str = "UNDERPIN_MEMORY_CHILD_URL";
const KEYS: &str = "UNDERPIN_MEMORY_CHILD_KEYS";
const WORK: &str = "UNDERPIN_MEMORY_CHILD_WORK";

const FEW: u64 = 10_000;
const MANY: u64 = 60_000;
/// What a process may need more for the many, in KiB. To keep a row of each would take more than 20 MiB.
const MORE: u64 = 6 * 1024;

/// Bound to a column that says the same in each row, so that one statement makes them all.
const TABLE: &str = "CREATE TABLE many (id integer PRIMARY KEY, owner varchar(36) NOT NULL, \
    plain text NOT NULL, sealed BYTES, filled BYTES)";

/// What the process does whose memory is looked at; without the variables this is nothing.
#[tokio::test]
async fn child() {
    let (Ok(url), Ok(keys), Ok(work)) = (env::var(URL), env::var(KEYS), env::var(WORK)) else { return };
    let ring = KeyRing::parse(&keys).unwrap();
    let mut place = DriverPlace::new(connect(&url).await);
    let report = match work.as_str() {
        "rotate" => Rotation::new(&ring).run(&mut place, &column("sealed"), |_| {}).await,
        _ => {
            let filled = column("filled").moved_from("plain");
            Backfill::new(&ring).run(&mut place, &filled, |_| {}).await
        }
    };
    println!("written {} peak {}", report.unwrap().written, peak());
}

fn column(name: &str) -> StoredColumn {
    StoredColumn::new("many", name).with_context("many.sealed").bound_to(["owner"])
}

/// The most memory that the process has had, in KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// The peak of a process that works on so many rows.
async fn peak_of(work: &str, scratch: &Scratch, old: &KeyRing, new: &KeyRing, rows: u64) -> u64 {
    let sealed = old.cipher("many.sealed").unwrap().seal("owner", &[0x2a; 64]).unwrap();
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    let envelope = if scratch.is_postgres() { format!("'\\x{hex}'") } else { format!("x'{hex}'") };
    let plain = "p".repeat(64);
    scratch.script("DELETE FROM many").await;
    let fill = format!(
        "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {rows}) \
         INSERT INTO many (id, owner, plain, sealed) SELECT number, 'owner', '{plain}', {envelope} FROM numbers"
    );
    scratch.script(&fill).await;
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "memory::child", "--nocapture", "--test-threads=1"])
        .envs([(URL, scratch.url.as_str()), (KEYS, new.expose().expose()), (WORK, work)])
        .output()
        .unwrap();
    let said = String::from_utf8(child.stdout).unwrap();
    let told = said.lines().find_map(|line| line.split_once(&format!("written {rows} peak "))).expect(&said);
    told.1.trim().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn six_times_the_rows_take_no_more_memory() {
    for scratch in Scratch::each().await {
        scratch.script(TABLE).await;
        let old = KeyRing::generate().unwrap();
        let new = old.with_new_key().unwrap().promote(2).unwrap();
        for work in ["rotate", "fill"] {
            let few = peak_of(work, &scratch, &old, &new, FEW).await;
            let many = peak_of(work, &scratch, &old, &new, MANY).await;
            println!("{work}: {few} KiB for {FEW} rows, {many} KiB for {MANY}");
            assert!(many < few + MORE, "{work}: {few} KiB for {FEW} rows, {many} KiB for {MANY}");
        }
    }
}
