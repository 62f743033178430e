//! What requests tell `tracing`: their statements, never their values, and a warning if they were slow.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use underpin_core::ColumnSet;
use underpin_sql::driver::{Connection, TransactionOptions};
use underpin_sql::{Comparison, Param, Query, Select, Tree};

use crate::rows::{Owned, Rows, int, text};
use crate::scratch::{Scratch, fetch, insert, write};
use crate::tables::{EVENTS, USERS};

/// Writes every event of the driver into one text, a line each.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn take(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "underpin::sql" && *metadata.level() <= Level::DEBUG
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut log = self.0.lock().unwrap();
        log.push_str(event.metadata().level().as_str());
        event.record(&mut Line(&mut log));
        log.push('\n');
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

async fn add_user(connection: &mut dyn Connection) -> underpin_core::Result<()> {
    let rows = Rows::new(&USERS, vec![vec![text("hunter2"), text("secret@x"), int(4_711), int(1)]]);
    write(connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.map(|_| ())
}

#[tokio::test]
async fn statements_are_told_and_values_are_not() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());

    add_user(&mut *connection).await.unwrap();
    let told = log.take();
    assert!(told.starts_with("DEBUG") && told.lines().count() == 1, "{told}");
    for fact in [
        "db.system.name=\"postgresql\"",
        "db.operation.name=\"INSERT\"",
        "db.collection.name=\"users\"",
        "db.query.text=\"INSERT INTO \\\"users\\\"",
        "failed=false",
        "elapsed_us=",
    ] {
        assert!(told.contains(fact), "{fact} is not in {told}");
    }

    let events = Rows::of(&EVENTS, &[1, 2], vec![vec![int(0), text("hunter2"), text("secret")]]);
    connection.begin(TransactionOptions::new());
    write(&mut *connection, vec![insert(&events, ColumnSet::of(&[0]))], false).await.unwrap();
    add_user(&mut *connection).await.unwrap_err();
    connection.rollback().await.unwrap();
    let told_more = log.take();
    assert!(told_more.contains("\"events\"") && told_more.contains("failed=true"), "{told_more}");

    let mut select = Select::new(&USERS);
    let secret = Param::new("secret@x".to_owned());
    select.filter(Tree::column(&USERS, 1).compare_value(Comparison::Eq, secret));
    let query = Query::Select(&select);
    connection.fetch(&query, Owned::receiver(&USERS)).await.unwrap();
    let mut stream = connection.stream(&query).await.unwrap();
    stream.next(Owned::receiver(&USERS), 10).await.unwrap();
    drop(stream);
    fetch(&mut *connection, &USERS, Some(&[vec![text("hunter2")]])).await.unwrap();
    connection.texts("SELECT id FROM users WHERE id = $1", &[Some("hunter2")]).await.unwrap();
    // What a trigger says may hold anything, so only its code is told.
    connection.script("DO $$ BEGIN RAISE WARNING 'a secret'; END $$").await.unwrap();
    let told_last = log.take();
    assert_eq!(told_last.matches("FROM \\\"users\\\" WHERE").count(), 3, "{told_last}");
    assert!(told_last.contains("severity=\"WARNING\" code=\"01000\""), "{told_last}");
    for secret in ["hunter2", "secret", "4711"] {
        assert!(!format!("{told}{told_more}{told_last}").contains(secret), "{told}{told_more}{told_last}");
    }
}

#[tokio::test]
async fn slow_requests_are_warnings() {
    let scratch = Scratch::with("slow_statement=0&pool_size=1").await;
    let mut connection = scratch.connection().await;
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    connection.texts("SELECT 1", &[]).await.unwrap();
    let told = log.take();
    assert!(told.starts_with("WARN") && told.contains("slow statement"), "{told}");
    drop(connection);
    let scratch = Scratch::with("slow_statement=60000&pool_size=1").await;
    scratch.connection().await.texts("SELECT 1", &[]).await.unwrap();
    assert!(!log.take().contains("slow statement"));
}
