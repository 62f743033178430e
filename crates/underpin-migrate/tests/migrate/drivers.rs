//! The same runs through the drivers that programs use.

use std::sync::Arc;
use std::time::Duration;

use underpin_migrate::{ConnectionTarget, Destination, Runner};
use underpin_postgres::PostgresDriver;
use underpin_sql::driver::{ConnectOptions, Driver};
use underpin_sqlite::SqliteDriver;

use super::mixed::{functions, mixed};
use super::place::{Place, Places, on_postgres, on_sqlite};
use super::postgres::{scratch, url_of};
use super::revisions::history;

async fn driver(place: &Place) -> Arc<dyn Driver> {
    match place {
        Place::Postgres { scratch, schema } => {
            let url = url_of(scratch.name());
            let sign = if url.contains('?') { '&' } else { '?' };
            let options =
                ConnectOptions::parse(&format!("{url}{sign}options=-csearch_path%3D{schema}")).unwrap();
            Arc::new(PostgresDriver::connect(options).await.unwrap())
        }
        Place::Sqlite(path) => {
            let options = ConnectOptions::parse(&format!("sqlite:{}", path.display())).unwrap();
            Arc::new(SqliteDriver::connect(options).await.unwrap())
        }
    }
}

async fn up_and_down(places: Places) {
    let graph = mixed();
    let runner = Runner::new(&graph).functions(functions());
    let (raw, driven) = (places.fresh().await, places.fresh().await);
    runner.upgrade(&mut *raw.connect().await, &Destination::head()).await.unwrap();
    let driver = driver(&driven).await;
    let mut target = ConnectionTarget::acquire(Arc::clone(&driver)).await.unwrap();
    runner.upgrade(&mut target, &Destination::head()).await.unwrap();
    assert_eq!(driven.catalog().await, raw.catalog().await);
    assert_eq!(driven.journal().await, raw.journal().await);
    runner.downgrade(&mut target, &Destination::base()).await.unwrap();
    assert_eq!(driven.journal().await, "");
    drop(target);
    driver.close().await;
}

#[tokio::test]
async fn the_driver_of_postgres_runs_everything() {
    on_postgres("driver", up_and_down).await;
}

#[tokio::test]
async fn the_driver_of_sqlite_runs_everything() {
    on_sqlite(up_and_down).await;
}

#[tokio::test]
async fn who_is_in_the_way_is_seen_on_a_second_connection_of_the_pool() {
    scratch("driver_blocked", |scratch| async move {
        let blocker = scratch.connect().await;
        blocker.run("CREATE TABLE t (a text)").await.unwrap();
        blocker.run("BEGIN").await.unwrap();
        blocker.run("SELECT * FROM t WHERE a = 'secret'").await.unwrap();
        let graph = history(&[("a", "-- +upgrade\nALTER TABLE t ADD COLUMN b integer;\n")]);
        let runner =
            Runner::new(&graph).lock_timeout(Duration::from_millis(300)).retry_for(Duration::from_secs(1));
        let place = Place::Postgres { scratch: scratch.clone(), schema: "public".to_owned() };
        let driver = driver(&place).await;
        let mut target = ConnectionTarget::acquire(Arc::clone(&driver)).await.unwrap();
        let error = runner.upgrade(&mut target, &Destination::head()).await.unwrap_err();
        assert!(error.is_blocked() && error.line() == Some(7), "{error}");
        assert!(error.problem().contains("SELECT * FROM t WHERE a = ?; tried "), "{error}");
        blocker.run("COMMIT").await.unwrap();
        runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        drop(target);
        driver.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_writer_of_sqlite_that_is_in_the_way_is_waited_for() {
    on_sqlite(|places| async move {
        let place = places.fresh().await;
        let Place::Sqlite(path) = &place else { panic!("it is SQLite") };
        let url = format!("sqlite:{}?busy_timeout=50", path.display());
        let driver = SqliteDriver::connect(ConnectOptions::parse(&url).unwrap()).await.unwrap();
        let writer = super::sqlite::Sqlite::file(path);
        writer.run("CREATE TABLE t (a text)").unwrap();
        writer.run("BEGIN IMMEDIATE").unwrap();
        let graph = history(&[("a", "-- +upgrade\nALTER TABLE t ADD COLUMN b integer;\n")]);
        let mut target = ConnectionTarget::acquire(Arc::new(driver)).await.unwrap();
        let impatient = Runner::new(&graph).retry_for(Duration::from_millis(300));
        let error = impatient.upgrade(&mut target, &Destination::head()).await.unwrap_err();
        assert!(error.is_blocked(), "{error}");

        let release = tokio::task::spawn_blocking(move || {
            std::thread::sleep(Duration::from_millis(700));
            writer.run("COMMIT").unwrap();
        });
        Runner::new(&graph).upgrade(&mut target, &Destination::head()).await.unwrap();
        release.await.unwrap();
        assert_eq!(place.column("SELECT name FROM pragma_table_info('t')").await, ["a", "b"]);
    })
    .await;
}
