//! Writes and reads secrets, lets them go and waits: the process whose memory `tests/memory_dump.rs` looks through.
//!
//! `keeper HOLD URL KEY_FILE VALUE_FILE`: HOLD says what it still has while it waits, which is the end of a line on its
//! standard input. Without a file, `-`, the keys stand in UNDERPIN_KEYS.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failure must end the process with a message"
)]

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use underpin::prelude::*;
use underpin::secrets::{
    BlindHash, BlindIndex, Cipher, Encrypted, EncryptedText, KeyRing, Padding, Secret, Zeroizing, normalise,
};
use underpin::{Database, MappingError, Result};

struct Db;

impl underpin::Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<NoteRow>()
    }
}

#[derive(Table)]
#[table(name = "notes")]
struct NoteRow {
    #[column(primary_key, length = 36)]
    id: String,
    bytes: Encrypted<String>,
    text: EncryptedText<String>,
    hash: BlindHash,
}

/// A row as it is: what encrypts and decrypts is not in a `static`, so that it goes.
struct Note(NoteRow);

impl Entity<Db> for Note {
    type Row = NoteRow;

    fn to_row(&self) -> NoteRow {
        let Self(row) = self;
        NoteRow { id: row.id.clone(), bytes: row.bytes.clone(), text: row.text.clone(), hash: row.hash }
    }

    fn from_row(row: NoteRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for Note {}

/// All that must not be found in the end.
struct Keys {
    ring: KeyRing,
    bytes: Cipher,
    text: Cipher,
    index: BlindIndex,
}

impl Keys {
    fn of(ring: KeyRing) -> Self {
        let cipher = |context| ring.cipher(context).unwrap();
        let (bytes, text) = (cipher("notes.bytes"), cipher("notes.text").padded(Padding::To32));
        let index = ring.blind_index("notes.hash", normalise::exact).unwrap();
        Self { ring, bytes, text, index }
    }

    fn note(&self, id: &str, value: &Secret<String>) -> Note {
        let (bytes, text) = (self.bytes.encrypt(id, value), self.text.encrypt(id, value));
        Note(NoteRow { id: id.to_owned(), bytes, text, hash: self.index.of(value.expose()) })
    }

    /// What stands in both columns, which is the same.
    fn open(&self, Note(row): Note) -> Secret<String> {
        let bytes = self.bytes.decrypt(&row.id, row.bytes).unwrap();
        let text: Secret<String> = self.text.decrypt(&row.id, row.text).unwrap();
        assert!(bytes.expose() == text.expose());
        bytes
    }
}

/// As a careful program reads a secret: into memory that is large enough from the beginning.
fn value(path: &str) -> Secret<String> {
    let mut file = File::open(path).unwrap();
    let len = usize::try_from(file.metadata().unwrap().len()).unwrap();
    let mut bytes = Zeroizing::new(Vec::with_capacity(len + 1));
    file.read_to_end(&mut bytes).unwrap();
    Secret::new(String::from_utf8(std::mem::take(&mut *bytes)).unwrap())
}

async fn work(database: &Database<Db>, keys: &Keys, value: &Secret<String>) {
    let mut uow = database.begin().await.unwrap();
    for number in 0..40 {
        uow.add(&mut keys.note(&format!("note_{number}"), value)).unwrap();
    }
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    for note in uow.select::<Note>().all().await.unwrap() {
        let id = note.0.id.clone();
        assert!(keys.open(note).expose() == value.expose());
        // The same value is no change; another one is written.
        uow.save(&mut keys.note(&id, value)).unwrap();
        let longer = Secret::new([value.expose().as_str(), "!"].concat());
        uow.save(&mut keys.note(&id, &longer)).unwrap();
    }
    uow.commit().await.unwrap();

    // What is refused leaves nothing either.
    let found = database.select::<Note>().filter(NoteRow::HASH.is_in(keys.index.all_of(value.expose())));
    assert!(found.all().await.unwrap().is_empty());
    for Note(row) in database.select::<Note>().all().await.unwrap() {
        assert!(keys.bytes.decrypt::<String, _>("note_x", row.bytes).is_err());
    }
    let next = keys.ring.with_new_key().unwrap().promote(2).unwrap();
    let resealed = next.cipher("notes.bytes").unwrap();
    let envelope = keys.bytes.seal("note_1", value.expose().as_bytes()).unwrap();
    assert!(resealed.reseal("note_1", &envelope).unwrap().is_some());
}

/// Until the other side has looked. The drivers' threads end first, for what they take with them cannot be looked at.
fn wait() {
    let threads = || std::fs::read_dir("/proc/self/task").map_or(1, Iterator::count);
    while threads() > 1 {
        std::thread::sleep(Duration::from_millis(2));
    }
    println!("ready");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [hold, url, keys, path] = &arguments[..] else { panic!("keeper HOLD URL KEY_FILE VALUE_FILE") };
    let ring = if keys == "-" { KeyRing::configured().map(Option::unwrap) } else { KeyRing::from_file(keys) };
    let keys = Keys::of(ring.unwrap());
    let value = value(path);
    let database = Database::<Db>::connect(url).await.unwrap();
    database.create_schema().await.unwrap();
    work(&database, &keys, &value).await;
    database.close().await;
    drop(database);
    match hold.as_str() {
        "nothing" => {
            drop((keys, value));
            wait();
        }
        "nothing-after-a-panic" => {
            let held = AssertUnwindSafe((keys, value));
            let panicked = catch_unwind(move || {
                let _held = held;
                panic!("as a program panics that holds a secret");
            });
            assert!(panicked.is_err());
            wait();
        }
        "everything" => {
            wait();
            drop((keys, value));
        }
        "a-copy" => {
            let copy = value.expose().clone();
            drop((keys, value));
            wait();
            drop(copy);
        }
        other => panic!("no such thing to hold: {other}"),
    }
}
