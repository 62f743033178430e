//! What every case needs: a storage with its tables, people, points of time, and a look into the outbox.

use std::time::{Duration, SystemTime};

use finance_adapter::{FinanceStorage, StoredEvent, history};
use finance_domain::{Email, User, register};
use underpin::driver::Access;
use underpin::migrate::{ConnectionTarget, Destination, Runner};
use underpin::outbox::OutboxRow;

use crate::scratch::Scratch;

const EMPTY: &str = "
TRUNCATE users, encrypted_secrets, outbox";

pub(crate) fn memory() -> FinanceStorage {
    FinanceStorage::memory().expect("the tables agree")
}

/// A storage whose tables the revisions have built.
pub(crate) async fn built(scratch: &Scratch) -> FinanceStorage {
    let storage = FinanceStorage::connect(scratch.url()).await.expect("a scratch database");
    let history = history().expect("well-formed revisions");
    let connection = storage.database().driver().acquire(Access::Write).await.expect("a connection");
    let mut target = ConnectionTarget::new(connection).expect("a database with revisions");
    Runner::new(&history).upgrade(&mut target, &Destination::head()).await.expect("the revisions run");
    storage
}

pub(crate) async fn emptied(storage: &FinanceStorage) {
    let mut connection = storage.database().driver().acquire(Access::Write).await.expect("a connection");
    connection.script(EMPTY).await.expect("the tables are there");
}

pub(crate) fn at(second: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 + second)
}

pub(crate) fn email(text: &str) -> Email {
    text.parse().expect(text)
}

pub(crate) async fn registered(storage: &FinanceStorage, text: &str) -> User {
    register(storage, email(text), at(1)).await.expect(text)
}

pub(crate) async fn users(storage: &FinanceStorage) -> Vec<User> {
    storage.database().select().all().await.expect("users")
}

pub(crate) async fn events(storage: &FinanceStorage) -> Vec<OutboxRow> {
    let events = storage.database().select::<StoredEvent>().order_by(OutboxRow::ID.asc());
    events.all().await.expect("events").into_iter().map(|StoredEvent(row)| row).collect()
}

pub(crate) async fn event_types(storage: &FinanceStorage) -> Vec<String> {
    events(storage).await.into_iter().map(|row| row.event_type.into_owned()).collect()
}
