//! An encrypted column in a mapping, in memory, on SQLite and on PostgreSQL: what is written, when, and what fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::cell::Cell;

use underpin::prelude::*;
use underpin::secrets::{
    BlindHash, Encrypted, EncryptedColumn, Envelope, KeyRing, KeySlot, Padding, Secret, normalise,
};
use underpin::{Result, driver};

static KEYS: KeySlot = KeySlot::new();
static PHONE: EncryptedColumn = EncryptedColumn::new(&KEYS, "patients.phone");
static NOTE: EncryptedColumn = EncryptedColumn::padded(&KEYS, "patients.note", Padding::To64);

/// A column without keys, whatever the others have.
static NO_KEYS: KeySlot = KeySlot::new();
static UNREADABLE: EncryptedColumn = EncryptedColumn::new(&NO_KEYS, "visits.reason");

thread_local! {
    /// How many patients were read on this thread.
    static DECRYPTED: Cell<usize> = const { Cell::new(0) };
}

/// So many that a driver reads ahead of who decrypts.
const MANY: usize = 2_000;

struct Db;

impl underpin::Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<PatientRow>().table::<VisitRow>()
    }
}

struct Patient {
    id: String,
    phone: Secret<String>,
    note: Option<Secret<String>>,
}

#[derive(Debug, Table)]
#[table(name = "patients")]
struct PatientRow {
    #[column(primary_key, length = 36)]
    id: String,
    phone: Encrypted<String>,
    #[column(index)]
    phone_hash: BlindHash,
    note: Option<Encrypted<String>>,
    #[column(version)]
    version: i64,
}

impl Entity<Db> for Patient {
    type Row = PatientRow;

    fn to_row(&self) -> PatientRow {
        PatientRow {
            id: self.id.clone(),
            phone: PHONE.encrypt(&self.id, &self.phone),
            phone_hash: hash(self.phone.expose()),
            note: self.note.as_ref().map(|note| NOTE.encrypt(&self.id, note)),
            version: 0,
        }
    }

    fn from_row(row: PatientRow) -> Result<Self, MappingError> {
        DECRYPTED.set(DECRYPTED.get() + 1);
        let PatientRow { id, phone, phone_hash: _, note, version: _ } = row;
        let phone = PHONE.decrypt(&id, phone)?;
        let note = note.map(|note| NOTE.decrypt(&id, note)).transpose()?;
        Ok(Self { id, phone, note })
    }
}

impl Events<Db> for Patient {}

struct Visit(i64);

#[derive(Table)]
#[table(name = "visits")]
struct VisitRow {
    #[column(primary_key)]
    id: i64,
    reason: Encrypted<String>,
}

impl Entity<Db> for Visit {
    type Row = VisitRow;

    fn to_row(&self) -> VisitRow {
        let reason = UNREADABLE.encrypt(&self.0.to_string(), &Secret::new("hunter2".to_owned()));
        VisitRow { id: self.0, reason }
    }

    fn from_row(row: VisitRow) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Visit {}

fn hash(phone: &str) -> BlindHash {
    KEYS.ring().unwrap().blind_index("patients.phone", normalise::digits).unwrap().of(phone)
}

fn patient(id: &str, phone: &str) -> Patient {
    Patient { id: id.to_owned(), phone: Secret::new(phone.to_owned()), note: None }
}

/// One ring for all tests of this process, whichever comes first.
fn keys() {
    static LOADED: std::sync::Once = std::sync::Once::new();
    LOADED.call_once(|| KEYS.load(KeyRing::generate().unwrap()));
}

/// A patient as a row says, without decrypting.
struct Stored(PatientRow);

impl Entity<Db> for Stored {
    type Row = PatientRow;

    fn to_row(&self) -> PatientRow {
        self.0.duplicate()
    }

    fn from_row(row: PatientRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for Stored {}

async fn stored(database: &Database<Db>, id: &str) -> PatientRow {
    database.get::<Stored>(id.to_owned()).await.unwrap().unwrap().0
}

#[test]
fn the_table_tells_which_columns_are_encrypted() {
    let encrypted = PatientRow::def().columns.iter().map(|column| column.encrypted);
    assert_eq!(encrypted.collect::<Vec<_>>(), [false, true, false, true, false]);
}

async fn all_of_it(database: &Database<Db>) {
    one_by_one(database).await;
    many_at_once(database).await;
}

/// Where SQLite has a thread of its own, the caller decrypts while that reads on.
async fn many_at_once(database: &Database<Db>) {
    let id = |number: usize| format!("many_{number:04}");
    let phone = |number: usize| format!("+49 {number}");
    let mut uow = database.begin().await.unwrap();
    for number in 0..MANY {
        uow.add(&mut patient(&id(number), &phone(number))).unwrap();
    }
    uow.commit().await.unwrap();
    let before = DECRYPTED.get();
    let of_many = || PatientRow::ID.like("many_%");
    let select = database.select::<Patient>().filter(of_many()).order_by(PatientRow::ID.asc());
    let read = select.all().await.unwrap();
    assert_eq!(read.len(), MANY);
    assert!(read.iter().enumerate().all(|(at, read)| read.id == id(at) && *read.phone.expose() == phone(at)));
    assert_eq!(DECRYPTED.get() - before, MANY);

    // One of them has the value of another.
    let moved = stored(database, &id(3)).await.phone.envelope().unwrap().to_vec();
    let mut uow = database.begin().await.unwrap();
    let mut target = uow.get::<Stored>(id(MANY / 2)).await.unwrap().unwrap();
    target.0.phone = Encrypted::from_envelope(moved);
    uow.save(&mut target).unwrap();
    uow.commit().await.unwrap();
    let error = database.select::<Patient>().filter(of_many()).all().await.err().unwrap();
    assert!(error.to_string().ends_with("cannot decrypt patients.phone"), "{error}");
    assert_eq!(database.select::<Stored>().filter(of_many()).all().await.unwrap().len(), MANY);
}

async fn one_by_one(database: &Database<Db>) {
    keys();
    let mut uow = database.begin().await.unwrap();
    let mut ana = patient("patient_1", "+49 30 1234");
    ana.note = Some(Secret::new("hunter2".to_owned()));
    uow.add(&mut ana).unwrap();
    uow.add(&mut patient("patient_2", "+49 30 5678")).unwrap();
    let known: Patient = uow.get("patient_1".to_owned()).await.unwrap().unwrap();
    assert_eq!(known.phone.expose(), "+49 30 1234", "what is not written yet is known all the same");
    uow.commit().await.unwrap();

    // The database has envelopes, bound to their rows and padded where the column says so.
    let before = stored(database, "patient_1").await;
    let envelope = before.phone.envelope().unwrap();
    assert_eq!((envelope.len(), Envelope::parse(envelope).unwrap().key_id()), (11 + Envelope::OVERHEAD, 1));
    assert_eq!(before.note.as_ref().unwrap().envelope().unwrap().len(), 64 + Envelope::OVERHEAD);
    assert!(!format!("{before:?}").contains("1234") && !format!("{before:?}").contains("hunter2"));

    // The same value is no change, another one is.
    let mut uow = database.begin().await.unwrap();
    let mut ana: Patient = uow.get("patient_1".to_owned()).await.unwrap().unwrap();
    uow.save(&mut ana).unwrap();
    uow.commit().await.unwrap();
    let unchanged = stored(database, "patient_1").await;
    assert_eq!((unchanged.version, unchanged.phone.envelope()), (1, before.phone.envelope()));
    let mut uow = database.begin().await.unwrap();
    let mut ana: Patient = uow.get("patient_1".to_owned()).await.unwrap().unwrap();
    ana.phone = Secret::new("+49 30 4321".to_owned());
    ana.note = None;
    uow.save(&mut ana).unwrap();
    uow.save(&mut ana).unwrap();
    uow.commit().await.unwrap();
    let changed = stored(database, "patient_1").await;
    assert_eq!(changed.version, 2);
    assert!(changed.phone.envelope() != before.phone.envelope() && changed.note.is_none());

    // It is found by its hash, and read.
    let wanted = PatientRow::PHONE_HASH.eq(hash("+49 (30) 4321"));
    let found = database.select::<Patient>().filter(wanted).all().await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].phone.expose(), "+49 30 4321");

    // In another row it is worth nothing, and the error does not show it.
    let mut uow = database.begin().await.unwrap();
    let mut ben = uow.get::<Stored>("patient_2".to_owned()).await.unwrap().unwrap();
    ben.0.phone = Encrypted::from_envelope(changed.phone.envelope().unwrap().to_vec());
    uow.save(&mut ben).unwrap();
    uow.commit().await.unwrap();
    let error = database.get::<Patient>("patient_2".to_owned()).await.err().unwrap();
    assert!(
        error.to_string().ends_with("cannot become its entity: cannot decrypt patients.phone"),
        "{error}"
    );
    assert!(error.hint().unwrap().starts_with("the value was altered, stands in another row"), "{error:?}");
    assert!(!format!("{error:?}").contains("4321"));

    // Without keys nothing is written.
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Visit(1)).unwrap();
    let error = uow.commit().await.unwrap_err();
    assert!(error.is_value() && error.to_string().contains("no keys are loaded"), "{error}");
    assert_eq!((error.table(), error.column()), (Some("visits"), Some("reason")));
    assert!(!format!("{error:?}").contains("hunter2"));
    assert!(database.get::<Visit>(1).await.unwrap().is_none());
}

const TABLES: &str = "
    CREATE TABLE patients (id varchar(36) NOT NULL PRIMARY KEY, phone BYTES NOT NULL, phone_hash BYTES NOT NULL,
        note BYTES, version bigint NOT NULL);
    CREATE TABLE visits (id bigint NOT NULL PRIMARY KEY, reason BYTES NOT NULL);
";

async fn build(database: &Database<Db>, bytes: &str) {
    let mut connection = database.driver().acquire(driver::Access::Write).await.unwrap();
    connection.script(&TABLES.replace("BYTES", bytes)).await.unwrap();
}

#[tokio::test]
async fn in_memory() {
    all_of_it(&Database::memory().unwrap()).await;
}

#[tokio::test]
async fn on_sqlite() {
    let folder = std::env::temp_dir().join(format!("underpin_encrypted_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("patients.db");
    let database = Database::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    build(&database, "blob").await;
    all_of_it(&database).await;
    database.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn on_postgres() {
    let server = std::env::var("UNDERPIN_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
    let name = format!("underpin_encrypted_{}", std::process::id());
    let administration = Database::<Db>::connect(&server).await.unwrap();
    let mut connection = administration.driver().acquire(driver::Access::Write).await.unwrap();
    connection.script(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let database = Database::connect(&format!("{base}/{name}")).await.unwrap();
    // As a task, so that the database is dropped whatever becomes of the test.
    let told = tokio::spawn(async move {
        build(&database, "bytea").await;
        all_of_it(&database).await;
        database.close().await;
    });
    let told = told.await;
    connection.script(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    told.unwrap();
}
