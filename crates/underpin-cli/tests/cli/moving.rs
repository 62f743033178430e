//! `secrets move`: the four revisions that are written, walked while programs of every step write and read.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use underpin::driver::{Access, ConnectOptions};
use underpin::secrets::{Cipher, KeyRing};

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

const ROWS: usize = 120;
const CONFIG: &str = "\
key_file = \"keys\"

[[encrypted_columns]]
table = \"patients\"
column = \"sealed\"
plain = \"phone\"
";

/// What a program of each step writes: the plain column, both, the encrypted one.
const PLAIN: usize = 0;
const BOTH: usize = 1;
const SEALED: usize = 2;

/// A program that writes as its step says, again and again, and notes what it wrote last.
struct Program {
    step: Arc<AtomicUsize>,
    /// How often it has written, by step.
    written: Arc<[AtomicUsize; 3]>,
    stop: Arc<AtomicBool>,
    last: Arc<Mutex<BTreeMap<usize, String>>>,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Program {
    fn start(scratch: &Scratch, cipher: &Cipher) -> Self {
        let mut program = Self {
            step: Arc::default(),
            written: Arc::default(),
            stop: Arc::default(),
            last: Arc::new(Mutex::new((0..ROWS).map(|number| (number, first(number))).collect())),
            threads: Vec::new(),
        };
        for turn in 0..2 {
            let (step, written, stop, last) =
                (program.step.clone(), program.written.clone(), program.stop.clone(), program.last.clone());
            let (url, is_postgres, cipher) =
                (scratch.url().to_owned(), scratch.is_postgres(), cipher.clone());
            program.threads.push(thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let driver =
                        underpin::connect_driver(ConnectOptions::parse(&url).unwrap()).await.unwrap();
                    let mut round = 0;
                    while !stop.load(Ordering::SeqCst) {
                        round += 1;
                        let number = (round * 7 % (ROWS / 2)) * 2 + turn;
                        let value = format!("PLAINTEXT {number} round {round}");
                        let step = step.load(Ordering::SeqCst);
                        let sql = update(step, number, &value, &cipher, is_postgres);
                        let mut connection = driver.acquire(Access::Write).await.unwrap();
                        match connection.script(&sql).await {
                            Ok(()) => {
                                last.lock().unwrap().insert(number, value);
                                written[step].fetch_add(1, Ordering::SeqCst);
                            }
                            // A writer waits for a revision, and tries again.
                            Err(error) if error.is_timeout() || error.is_retryable() => {}
                            Err(error) => panic!("step {step}: {error:?}"),
                        }
                        drop(connection);
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                });
            }));
        }
        program
    }

    /// Deploys the program of a step, and waits until no write of the one before is under way and it has written some.
    fn deploy(&self, step: usize) {
        self.step.store(step, Ordering::SeqCst);
        let before = self.written[step].load(Ordering::SeqCst);
        self.until(|| self.written[step].load(Ordering::SeqCst) >= before + 20);
    }

    fn until(&self, done: impl Fn() -> bool) {
        let begun = Instant::now();
        while !done() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the writers have stopped");
            assert!(self.threads.iter().all(|thread| !thread.is_finished()), "a writer has failed");
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn end(self) -> BTreeMap<usize, String> {
        self.stop.store(true, Ordering::SeqCst);
        for thread in self.threads {
            thread.join().unwrap();
        }
        self.last.lock().unwrap().clone()
    }
}

fn first(number: usize) -> String {
    format!("PLAINTEXT {number} 'as it was'")
}

fn update(step: usize, number: usize, value: &str, cipher: &Cipher, is_postgres: bool) -> String {
    let sealed = cipher.seal(&format!("p{number}"), value.as_bytes()).unwrap();
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    let literal = if is_postgres { format!("'\\x{hex}'") } else { format!("x'{hex}'") };
    let set = match step {
        PLAIN => format!("phone = '{value}'"),
        BOTH => format!("phone = '{value}', sealed = {literal}"),
        _ => format!("sealed = {literal}"),
    };
    format!("UPDATE patients SET {set} WHERE id = 'p{number}'")
}

/// The rows as the encrypted column has them.
fn opened(scratch: &Scratch, cipher: &Cipher) -> BTreeMap<usize, String> {
    let value = if scratch.is_postgres() { "encode(sealed, 'hex')" } else { "hex(sealed)" };
    let rows = scratch.column(&format!("SELECT id || ' ' || coalesce({value}, '') FROM patients"));
    let open = |row: String| {
        let (id, hex) = row.split_once(' ').unwrap();
        let sealed: Vec<u8> =
            (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap()).collect();
        let plain = cipher.open(id, sealed).unwrap();
        (id[1..].parse().unwrap(), String::from_utf8(plain.to_vec()).unwrap())
    };
    rows.into_iter().map(open).collect()
}

fn walk(scratch: &Scratch, null: &str) {
    let project = Project::on(scratch);
    project.file("underpin.toml", CONFIG);
    project.revision(
        "001",
        "revises: none",
        &format!("CREATE TABLE patients (id varchar(36) PRIMARY KEY, phone text {null});"),
        "DROP TABLE patients;",
    );
    project.run(&["upgrade"]).done();
    project.run(&["secrets", "keygen"]).done();
    for number in 0..ROWS {
        let value = first(number).replace('\'', "''");
        scratch.script(&format!("INSERT INTO patients VALUES ('p{number}', '{value}')"));
    }
    let cipher = KeyRing::from_file(project.path("keys")).unwrap().cipher("patients.sealed").unwrap();
    let written = project.run(&["secrets", "move"]).done();
    assert_eq!(written.out.lines().count(), 4, "{written:?}");

    let program = Program::start(scratch, &cipher);
    program.deploy(PLAIN);
    project.run(&["upgrade", "+1"]).done();
    // The program of before goes on for a while, beside the new one.
    program.deploy(PLAIN);
    program.deploy(BOTH);
    project.run(&["upgrade", "+1"]).done();
    program.deploy(BOTH);
    // From here on every row can be read in the encrypted column.
    assert_eq!(opened(scratch, &cipher).len(), ROWS);
    project.run(&["upgrade", "+1"]).done();
    program.deploy(SEALED);
    project.run(&["upgrade", "+1"]).done();
    program.deploy(SEALED);
    let last = program.end();

    assert_eq!(opened(scratch, &cipher), last);
    let catalog = scratch.catalog().join("\n");
    assert!(
        !catalog.contains("phone") && !catalog.contains("moved") && !catalog.contains("empty"),
        "{catalog}"
    );
    if !scratch.is_postgres() {
        scratch.script("PRAGMA wal_checkpoint(TRUNCATE)");
        let file = fs::read(scratch.file()).unwrap();
        assert!(!file.windows(9).any(|window| window == b"PLAINTEXT"), "the file holds plain values");
    }
    assert_eq!(project.run(&["upgrade"]).done().out, "");
    // The description stays, for databases that have the revisions before them; what it calls plain is gone here.
    let table = "COLUMN           KEY  STATE    ROWS\npatients.sealed  1    primary  120\n";
    assert_eq!(project.run(&["secrets", "status", "--check"]).done().out, table);
    project.run(&["secrets", "rotate"]).done();
}

#[test]
fn nothing_is_lost_on_the_way_of_a_column_that_must_have_a_value() {
    on_each(|scratch| walk(scratch, "NOT NULL"));
}

#[test]
fn nothing_is_lost_on_the_way_of_a_column_that_may_be_empty() {
    on_each(|scratch| walk(scratch, ""));
}

#[test]
fn who_writes_the_plain_column_alone_is_refused_once_it_is_guarded() {
    on_each(|scratch| {
        let project = Project::on(scratch);
        project.file("underpin.toml", CONFIG);
        let table = "CREATE TABLE patients (id varchar(36) PRIMARY KEY, phone text NOT NULL);";
        project.revision("001", "revises: none", table, "DROP TABLE patients;");
        project.run(&["upgrade"]).done();
        project.run(&["secrets", "keygen"]).done();
        project.run(&["secrets", "move", "patients.sealed"]).done();
        scratch.script("INSERT INTO patients VALUES ('p1', 'PLAINTEXT')");
        project.run(&["upgrade", "+2"]).done();
        let late = "INSERT INTO patients (id, phone) VALUES ('p2', 'PLAINTEXT')";
        let (is_done, said) = scratch.give_to_its_own_program(late);
        assert!(!is_done && said.contains("underpin_moved_patients_phone"), "{said}");
        // Down again, nothing of it is left.
        project.run(&["downgrade", "001"]).done();
        let catalog = scratch.catalog().join("\n");
        assert!(!catalog.contains("sealed") && !catalog.contains("underpin_moved"), "{catalog}");
        scratch.run_by_its_own_program(late);
    });
}

#[test]
fn whatever_becomes_of_it_no_value_and_no_key_is_told() {
    on_each(|scratch| {
        let project = Project::on(scratch);
        project.file("underpin.toml", CONFIG);
        let table = "CREATE TABLE patients (id varchar(36) PRIMARY KEY, phone text NOT NULL);";
        project.revision("001", "revises: none", table, "DROP TABLE patients;");
        let mut told = vec![project.run(&["upgrade"]).done(), project.run(&["secrets", "keygen"]).done()];
        scratch.script("INSERT INTO patients VALUES ('p1', 'PLAINTEXT')");
        told.push(project.run(&["secrets", "move"]).done());
        told.push(project.run(&["upgrade", "+1"]).done());
        // The database refuses the encrypted value; PostgreSQL quotes the whole row when it does.
        scratch.script(if scratch.is_postgres() {
            "ALTER TABLE patients ADD CONSTRAINT never CHECK (sealed IS NULL)"
        } else {
            "CREATE TRIGGER never BEFORE UPDATE OF sealed ON patients BEGIN SELECT RAISE(ABORT, 'never'); END"
        });
        let failed = project.run(&["upgrade", "+1"]);
        assert!(failed.code != 0, "{failed:?}");
        told.extend([failed, project.run(&["upgrade", "+1", "--format", "json"])]);
        told.extend([project.run(&["current"]), project.run(&["secrets", "status"]).done()]);
        let keys = project.read("keys");
        let key = keys.trim().rsplit(':').next().unwrap();
        for told in told {
            for hidden in ["PLAINTEXT", "504c41494e54", "504C41494E54", key] {
                assert!(!told.out.contains(hidden) && !told.err.contains(hidden), "{told:?}");
            }
        }
    });
}
