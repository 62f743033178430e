//! A statement over ranges of keys: every row once, whatever the keys are, and on from where a run was cut off.

use underpin_migrate::{Destination, Dialect, Runner};

use super::dying::{Death, Dying};
use super::place::{Places, on_postgres, on_sqlite};
use super::revisions::history;
use super::traps::Told;

/// A table with keys of a type, and a batch that counts how often it has met each row.
fn sections(ty: &str, keys: &[&str]) -> (String, String) {
    let rows: Vec<_> = keys.iter().map(|key| format!("({key}, 0)")).collect();
    let table = format!(
        "-- +upgrade\nCREATE TABLE \"T\" (\"Key\" {ty}, met integer);\nINSERT INTO \"T\" VALUES {};\n",
        rows.join(", ")
    );
    let batch = "-- +upgrade batch \"T\".\"Key\" size=2 pause=1ms\n\
                 UPDATE \"T\" SET met = met + 1 WHERE \"Key\" BETWEEN :first AND :last;\n";
    (table, batch.to_owned())
}

async fn every_row_is_met_once(places: Places) {
    let text = ["'b'", "'o''neil'", "'back\\slash'", "''", "'ä'", "':last'", "'{key}'"];
    let uuid = [
        "'00000000-0000-0000-0000-000000000002'",
        "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
        "'a0000000-0000-0000-0000-000000000001'",
    ];
    let cases: [(&str, &[&str]); 6] = [
        ("integer", &["5", "-3", "0", "7", "7", "7", "8"]),
        ("bigint", &["9223372036854775807", "-9223372036854775808", "1"]),
        ("text", &text),
        ("varchar(40)", &text),
        ("uuid", &uuid),
        ("integer", &["1"]),
    ];
    for (ty, keys) in cases {
        let place = places.fresh().await;
        let (table, batch) = sections(ty, keys);
        let graph = history(&[("a", &table), ("b", &batch)]);
        let told = Told::default();
        let runner = Runner::new(&graph).report(&told);
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
        let met = place.column("SELECT CAST(met AS text) FROM \"T\"").await;
        assert!(met.iter().all(|met| met == "1") && met.len() == keys.len(), "{ty}: {met:?}");
        let last = told.lines().into_iter().rfind(|line| line.starts_with("batch ")).unwrap();
        let seen: usize = last.trim_start_matches("batch ").parse().unwrap();
        // A key that several rows have may end one part and be passed over by the next.
        assert!(seen <= keys.len() && seen > 0, "{ty}: {last}");
    }
}

#[tokio::test]
async fn on_postgres_every_row_is_met_once() {
    on_postgres("batches", every_row_is_met_once).await;
}

#[tokio::test]
async fn on_sqlite_every_row_is_met_once() {
    on_sqlite(every_row_is_met_once).await;
}

async fn goes_on_behind_what_is_done(places: Places) {
    let (table, batch) = sections("integer", &["1", "2", "3", "4", "5", "6", "7"]);
    let graph = history(&[("a", &table), ("b", &batch)]);
    for before in 0.. {
        let place = places.fresh().await;
        let quiet = Runner::new(&graph);
        quiet.upgrade(&mut *place.connect().await, &"a".parse().unwrap()).await.unwrap();
        let mut dying = Dying::new(place.connect().await, before, Death::Drop);
        let outcome = quiet.upgrade(&mut dying, &Destination::head()).await;
        if !dying.is_dead() {
            outcome.unwrap();
            assert!(before > 12, "{before}");
            break;
        }
        drop(dying);
        let told = Told::default();
        let runner = Runner::new(&graph).report(&told);
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
        let met = place.column("SELECT CAST(met AS text) FROM \"T\"").await;
        assert_eq!(met, ["1"; 7], "before change {before}");
        let parts = told.lines().iter().filter(|line| line.starts_with("batch ")).count();
        let done = place.column("SELECT CAST(count(*) AS text) FROM \"T\"").await;
        assert!(parts <= 4 && done == ["7"], "before change {before}: {:?}", told.lines());
    }
}

#[tokio::test]
async fn on_postgres_a_batch_that_is_cut_off_goes_on_behind_what_is_done() {
    on_postgres("batches_cut", goes_on_behind_what_is_done).await;
}

#[tokio::test]
async fn on_sqlite_a_batch_that_is_cut_off_goes_on_behind_what_is_done() {
    on_sqlite(goes_on_behind_what_is_done).await;
}

#[tokio::test]
async fn an_empty_table_has_no_parts() {
    on_sqlite(|places| async move {
        let place = places.fresh().await;
        let graph = history(&[(
            "a",
            "-- +upgrade\nCREATE TABLE t (id integer, met integer);\n\
             -- +upgrade batch t.id\nUPDATE t SET met = 1 WHERE id BETWEEN :first AND :last;\n",
        )]);
        let told = Told::default();
        let runner = Runner::new(&graph).report(&told);
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
        assert_eq!(told.lines(), ["started a at 0", "statement 7: 1/2", "statement 9: 2/2", "finished a"]);
        assert_eq!(place.dialect(), Dialect::Sqlite);
    })
    .await;
}

#[tokio::test]
async fn a_batch_that_the_database_refuses_names_its_line_and_keeps_what_is_done() {
    on_sqlite(|places| async move {
        let place = places.fresh().await;
        let graph = history(&[(
            "a",
            "-- +upgrade\nCREATE TABLE t (id integer, met integer CHECK (id < 3 OR met = 0));\n\
             INSERT INTO t VALUES (1, 0), (2, 0), (3, 0);\n\
             -- +upgrade batch t.id size=2\nUPDATE t SET met = 1 WHERE id BETWEEN :first AND :last;\n",
        )]);
        let runner = Runner::new(&graph);
        let error = runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap_err();
        assert_eq!((error.file(), error.line()), (Some("a.sql"), Some(10)));
        assert!(error.problem().contains("in a batch of this statement"), "{error}");
        assert_eq!(place.column("SELECT CAST(met AS text) FROM t ORDER BY id").await, ["1", "1", "0"]);
    })
    .await;
}
