//! What requests tell `tracing`: their statements, never their values, and a warning if they were slow.

#![allow(clippy::unwrap_used)] // what fails here fails a test

mod fixture;

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use fixture::{EVENTS, Grid, Sink, USERS, count, everywhere, insert, text, user, write};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use underpin_core::{ColumnSet, Datum};
use underpin_sql::driver::{Access, Driver};
use underpin_sql::{Comparison, Param, Query, Select, Tree, WriteKind};

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

#[test]
fn statements_are_told_and_values_are_not() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let connection = &mut *connection;
        log.take();

        insert(connection, &USERS, vec![user("hunter2", "secret@x", 4711)]).await;
        let told = log.take();
        assert!(told.starts_with("DEBUG"), "{told}");
        for fact in [
            "db.system.name=\"sqlite\"",
            "db.operation.name=\"INSERT\"",
            "db.collection.name=\"users\"",
            "INSERT INTO \\\"users\\\"",
            "failed=false",
            "elapsed_us=",
        ] {
            assert!(told.contains(fact), "{fact} is not in {told}");
        }

        let twice = Grid::new(&USERS, vec![user("hunter2", "secret@x", 4711)]);
        let event = vec![Datum::Null, text("hunter2"), Datum::Json("{}".into()), Datum::Null];
        let events = Grid::new(&EVENTS, vec![event]);
        let columns = ColumnSet::of(&[1, 2]);
        let steps = [events.write(WriteKind::Insert, columns, ColumnSet::EMPTY), twice.insert()];
        write(connection, &steps).await.unwrap_err();
        let told_more = log.take();
        assert!(told_more.contains("\"BATCH\"") && told_more.contains("events, users"), "{told_more}");
        assert!(told_more.contains("failed=true"), "{told_more}");

        let mut select = Select::new(&USERS);
        let secret = Param::new("secret@x".to_owned());
        select.filter(Tree::column(&USERS, 2).compare_value(Comparison::Eq, secret));
        let query = Query::Select(&select);
        connection.fetch(&query, Sink::boxed(&USERS)).await.unwrap();
        let mut stream = connection.stream(&query).await.unwrap();
        stream.next(Sink::boxed(&USERS), 1).await.unwrap();
        drop(stream);
        connection.texts("SELECT id FROM users WHERE id = ?1", &[Some("hunter2")]).await.unwrap();
        let told_last = log.take();
        assert_eq!(told_last.matches("FROM \\\"users\\\" WHERE").count(), 2, "{told_last}");
        for secret in ["hunter2", "secret", "4711"] {
            assert!(!format!("{told}{told_more}{told_last}").contains(secret));
        }
        connection.script("DELETE FROM events; DELETE FROM users").await.unwrap();
    });
}

#[tokio::test]
async fn slow_requests_are_warnings() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let (driver, _folder) = fixture::open("?slow_statement=0").await;
    let mut connection = driver.acquire(Access::Read).await.unwrap();
    log.take();
    count(&mut *connection, "users").await;
    let told = log.take();
    assert!(told.starts_with("WARN") && told.contains("slow statement"), "{told}");
}
