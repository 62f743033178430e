//! A run that handles passwords and secrets: logs at trace level, errors and `Debug` contain none of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::io::Write;
use std::sync::{Arc, Mutex};

use underpin::prelude::*;
use underpin::{ConnectOptions, Database};
use underpin_conformance::model::{Badge, Person, PersonRow, Suite};
use underpin_conformance::{Scratch, Target};

const PASSWORD: &str = "correct-horse-battery";
const SECRET: &str = "hunter2-in-a-column";

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn with_password(scratch: &Scratch) -> String {
    match scratch.target() {
        Target::Postgres => {
            let (scheme, rest) = scratch.url.split_once("://").unwrap();
            let (user, host) = rest.split_once('@').unwrap_or(("postgres", rest));
            let user = user.split(':').next().unwrap();
            format!("{scheme}://{user}:{PASSWORD}@{host}")
        }
        _ => scratch.url.clone(),
    }
}

/// Everything that can be printed on the way goes to `said`.
async fn handle_secrets(scratch: &Scratch, said: &mut Vec<String>) {
    let url = with_password(scratch);
    let options = ConnectOptions::parse(&url).unwrap();
    said.push(format!("{options:?}"));
    let database = Database::<Suite>::connect_with(options).await.unwrap();
    said.push(format!("{database:?}"));
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person { nickname: Some(SECRET.to_owned()), ..Person::new(1, SECRET) }).unwrap();
    said.push(format!("{uow:?} {:?} {}", uow.plan().unwrap(), uow.plan().unwrap()));
    uow.commit().await.unwrap();

    let filter = PersonRow::NAME.eq(SECRET);
    said.push(format!("{filter:?}"));
    let query = database.select::<Person>().filter(filter);
    said.push(format!("{:?}", query.as_select()));
    assert_eq!(query.all().await.unwrap().len(), 1);

    // A script is SQL text, not a parameter, and may hold anything.
    if scratch.target() != Target::Memory {
        let mut connection = database.driver().acquire(underpin::driver::Access::Write).await.unwrap();
        connection
            .script(&format!("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('{SECRET}')"))
            .await
            .unwrap();
    }

    let mut failures = Vec::new();
    for person in
        [Person::new(2, SECRET), Person::new(3, &SECRET.repeat(10)), Person::new(4, &format!("{SECRET}\0"))]
    {
        let mut uow = database.begin().await.unwrap();
        uow.add(&mut { person }).unwrap();
        failures.push(uow.commit().await.unwrap_err());
    }
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Badge { id: 1, person: 99, code: 1, label: Some(SECRET.to_owned()) }).unwrap();
    failures.push(uow.commit().await.unwrap_err());
    if scratch.target() == Target::Postgres {
        for wrong in [
            format!("postgres://nobody_{}:{PASSWORD}@127.0.0.1:1/x", std::process::id()),
            format!("postgres://u:{PASSWORD}@127.0.0.1:1/x?pool_size=many"),
            format!("postgres://u:{PASSWORD}@127.0.0.1:1/x?nonsense=1"),
            format!("postgres://u:{PASSWORD}@127.0.0.1:notaport/x"),
            format!("postgre://u:{PASSWORD}@127.0.0.1/x"),
            url.replace("underpin_suite", "underpin_absent"),
        ] {
            failures.push(Database::<Suite>::connect(&wrong).await.unwrap_err());
        }
    }
    for failure in failures {
        let mut source: Option<&dyn std::error::Error> = Some(&failure);
        while let Some(error) = source {
            said.push(format!("{error} {error:?} {error:#?}"));
            source = error.source();
        }
        said.push(failure.hint().unwrap_or_default().to_owned());
    }
}

#[tokio::test]
async fn nothing_that_is_said_contains_a_secret() {
    let captured = Captured::default();
    let writer = captured.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing_log::LogTracer::init().unwrap();
    listen(subscriber);
    let mut said = Vec::new();
    for target in [Target::Postgres, Target::Sqlite, Target::Memory] {
        let scratch = target.scratch().await;
        if target != Target::Memory {
            drop(scratch.database::<Suite>().await);
        }
        handle_secrets(&scratch, &mut said).await;
        scratch.drop_database().await;
    }
    let log = String::from_utf8_lossy(&captured.0.lock().unwrap()).into_owned();
    // The log must show that it was listening: statements of both databases, and the driver's own lines.
    assert!(log.contains("INSERT INTO") && log.contains("postgresql") && log.contains("sqlite"), "{log}");
    for text in said.iter().map(String::as_str).chain([log.as_str()]) {
        for secret in [PASSWORD, SECRET] {
            if let Some(at) = text.find(secret) {
                let from = at.saturating_sub(300);
                panic!("a secret is said: …{}", text.get(from..at + secret.len()).unwrap_or(text));
            }
        }
    }
}

fn listen(subscriber: impl tracing_subscriber::util::SubscriberInitExt) {
    subscriber.init();
}
