//! Functions of the program that revisions call.

use underpin_migrate::{Destination, Functions, Graph, Runner};

use super::mixed::{functions, mixed};
use super::place::{Places, on_postgres, on_sqlite};
use super::revisions::history;
use super::traps::Told;

const TABLE: &str = "-- +upgrade\nCREATE TABLE log (what text);\n";

fn calling(how: &str) -> Graph {
    history(&[("a", TABLE), ("b", &format!("-- +upgrade {how}call write\n-- +downgrade\n"))])
}

/// A function that writes a row and then fails, unless the table has two rows by then.
fn writes_and_fails() -> Functions {
    Functions::new().register("write", |mut context| {
        Box::pin(async move {
            context.execute("INSERT INTO log VALUES ('written')").await?;
            let rows = context.query("SELECT what FROM log").await?.len();
            if rows < 2 { Err("not yet".into()) } else { Ok(()) }
        })
    })
}

async fn in_a_transaction_nothing_stays(places: Places) {
    let graph = calling("");
    let place = places.fresh().await;
    let runner = Runner::new(&graph).functions(writes_and_fails());
    let error = runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap_err();
    assert_eq!((error.file(), error.line()), (Some("b.sql"), Some(6)));
    assert!(error.problem().contains("failed in the function `write`"), "{error}");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "not yet");
    assert_eq!(place.column("SELECT what FROM log").await, [""; 0]);
}

#[tokio::test]
async fn on_postgres_nothing_stays_of_a_call_that_fails() {
    on_postgres("call_fails", in_a_transaction_nothing_stays).await;
}

#[tokio::test]
async fn on_sqlite_nothing_stays_of_a_call_that_fails() {
    on_sqlite(in_a_transaction_nothing_stays).await;
}

#[tokio::test]
async fn outside_of_a_transaction_what_is_done_stays() {
    on_sqlite(|places| async move {
        let graph = calling("no-transaction ");
        let place = places.fresh().await;
        let runner = Runner::new(&graph).functions(writes_and_fails());
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap_err();
        assert_eq!(place.column("SELECT what FROM log").await, ["written"]);
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
        assert_eq!(place.column("SELECT what FROM log").await, ["written", "written"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_saved_is_there_when_a_run_is_resumed() {
    on_sqlite(|places| async move {
        let graph = calling("no-transaction ");
        let place = places.fresh().await;
        let functions = Functions::new().register("write", |mut context| {
            Box::pin(async move {
                match context.saved().map(str::to_owned) {
                    None => {
                        context.begin().await?;
                        context.save("it's at \\ {3}").await?;
                        context.commit().await?;
                        Err("cut off".into())
                    }
                    Some(saved) => {
                        let saved = context.quote(&saved)?;
                        context.execute(&format!("INSERT INTO log VALUES ({saved})")).await
                    }
                }
            })
        });
        let runner = Runner::new(&graph).functions(functions);
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap_err();
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
        assert_eq!(place.column("SELECT what FROM log").await, ["it's at \\ {3}"]);
    })
    .await;
}

#[tokio::test]
async fn transactions_of_a_function_are_its_own_to_end() {
    on_sqlite(|places| async move {
        let left_open =
            Functions::new().register("write", |mut context| Box::pin(async move { context.begin().await }));
        let place = places.fresh().await;
        let outside = calling("no-transaction ");
        let runner = Runner::new(&outside).functions(left_open.clone());
        let error = runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(source, "the function `write` ended without committing the transaction that it began");

        let inside = calling("");
        let place = places.fresh().await;
        let runner = Runner::new(&inside).functions(left_open);
        let error = runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("the whole call is one transaction"), "{source}");
    })
    .await;
}

#[tokio::test]
async fn a_run_without_the_function_begins_nothing() {
    on_sqlite(|places| async move {
        let graph = mixed();
        let place = places.fresh().await;
        let runner = Runner::new(&graph);
        let error = runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap_err();
        assert!(error.is_missing_function(), "{error}");
        assert_eq!((error.file(), error.line()), (Some("data.sql"), Some(8)));
        assert!(error.problem().contains("`count_users`"), "{error}");
        assert_eq!((place.catalog().await.as_str(), place.dialect().name()), ("", "sqlite"));

        // What does not need it can be run.
        runner.upgrade(&mut *place.connect().await, &"partitions".parse().unwrap()).await.unwrap();
        let wrong = functions().register("other", |_| Box::pin(async { Ok(()) }));
        let told = Told::default();
        Runner::new(&graph)
            .functions(wrong)
            .report(&told)
            .upgrade(&mut *place.connect().await, &Destination::head())
            .await
            .unwrap();
        assert!(told.lines().contains(&"log_users 6/Some(6)".to_owned()), "{:?}", told.lines());
    })
    .await;
}
