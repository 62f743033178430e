//! A script leaves the same schema and the same journal as a run.

use std::collections::BTreeSet;
use std::path::Path;

use underpin_migrate::{Destination, Dialect, Graph, Plan, Range, Revisions, Runner, offline};

use super::mixed::{functions, mixed, without_calls};
use super::place::{Places, on_postgres, on_sqlite};
use super::revisions::{history, three_tables};

fn upgrade_script(graph: &Graph, dialect: Dialect, range: &str) -> String {
    let range: Range = range.parse().unwrap();
    let moves = graph.offline_upgrade(&range).unwrap();
    offline(&Plan::new(&moves, dialect).unwrap()).to_string()
}

fn downgrade_script(graph: &Graph, dialect: Dialect, range: &str) -> String {
    let range: Range = range.parse().unwrap();
    let moves = graph.offline_downgrade(&range).unwrap();
    offline(&Plan::new(&moves, dialect).unwrap()).to_string()
}

async fn leaves_the_same(places: Places, graph: Graph) {
    let (online, by_script) = (places.fresh().await, places.fresh().await);
    let runner = Runner::new(&graph);
    runner.upgrade(&mut *online.connect().await, &Destination::head()).await.unwrap();
    let script = upgrade_script(&graph, by_script.dialect(), ":head");
    by_script.script(&script).unwrap_or_else(|error| panic!("{error}\n{script}"));
    assert_eq!(by_script.catalog().await, online.catalog().await);
    assert_eq!(by_script.journal().await, online.journal().await);

    // The runner takes the script's journal for its own, and the script the runner's.
    assert!(runner.upgrade(&mut *by_script.connect().await, &Destination::head()).await.unwrap().is_empty());
    runner.downgrade(&mut *online.connect().await, &Destination::base()).await.unwrap();
    let head = graph.heads().next().unwrap().id();
    let script = downgrade_script(&graph, by_script.dialect(), &format!("{head}:base"));
    by_script.script(&script).unwrap_or_else(|error| panic!("{error}\n{script}"));
    assert_eq!(by_script.catalog().await, online.catalog().await);
    assert_eq!((by_script.journal().await.as_str(), online.journal().await.as_str()), ("", ""));
}

#[tokio::test]
async fn psql_leaves_the_same_schema_and_journal() {
    on_postgres("psql_same", |places| leaves_the_same(places, without_calls())).await;
}

#[tokio::test]
async fn sqlite3_leaves_the_same_schema_and_journal() {
    on_sqlite(|places| leaves_the_same(places, without_calls())).await;
}

/// The histories of all examples.
fn examples() -> Vec<Graph> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let directories =
        std::fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path().join("migrations"));
    let graphs: Vec<_> = directories
        .filter(|directory| directory.is_dir())
        .map(|directory| Graph::new(Revisions::directory(directory).unwrap()).unwrap())
        .collect();
    assert!(!graphs.is_empty());
    graphs
}

async fn each_revision_of_the_examples(places: Places) {
    for graph in examples() {
        let (online, by_script) = (places.fresh().await, places.fresh().await);
        let runner = Runner::new(&graph);
        let mut before = "base".to_owned();
        for revision in graph.iter() {
            runner.upgrade(&mut *online.connect().await, &revision.id().parse().unwrap()).await.unwrap();
            let range = format!("{before}:{}", revision.id());
            let script = upgrade_script(&graph, by_script.dialect(), &range);
            by_script.script(&script).unwrap_or_else(|error| panic!("{error}\n{script}"));
            assert_eq!(by_script.catalog().await, online.catalog().await, "{range}");
            assert_eq!(by_script.journal().await, online.journal().await, "{range}");
            before = revision.id().to_owned();
        }
    }
}

#[tokio::test]
async fn psql_leaves_the_same_for_each_revision_of_the_examples() {
    on_postgres("psql_examples", each_revision_of_the_examples).await;
}

#[tokio::test]
async fn sqlite3_leaves_the_same_for_each_revision_of_the_examples() {
    on_sqlite(each_revision_of_the_examples).await;
}

async fn stops_at_the_first_error(places: Places) {
    let graph = history(&[
        ("a", "-- +upgrade\nCREATE TABLE log (what text);\nINSERT INTO log VALUES ('a');\n"),
        ("b", "-- +upgrade\nINSERT INTO log VALUES ('b');\nINSERT INTO nowhere VALUES (1);\n"),
        ("c", "-- +upgrade\nINSERT INTO log VALUES ('c');\n"),
    ]);
    let place = places.fresh().await;
    let error = place.script(&upgrade_script(&graph, place.dialect(), ":head")).unwrap_err();
    assert!(error.contains("nowhere"), "{error}");
    assert_eq!(place.column("SELECT what FROM log").await, ["a"]);
    assert!(place.journal().await.starts_with("a ") && !place.journal().await.contains('\n'));
}

#[tokio::test]
async fn psql_stops_at_the_first_error() {
    on_postgres("psql_stops", stops_at_the_first_error).await;
}

#[tokio::test]
async fn sqlite3_stops_at_the_first_error() {
    on_sqlite(stops_at_the_first_error).await;
}

async fn refuses_another_beginning(places: Places) {
    let graph = three_tables();
    let place = places.fresh().await;
    let error = place.script(&upgrade_script(&graph, place.dialect(), "a:c")).unwrap_err();
    assert!(error.contains("this script begins at a, and this database is not there"), "{error}");
    place.script(&upgrade_script(&graph, place.dialect(), ":b")).unwrap();
    let error = place.script(&upgrade_script(&graph, place.dialect(), "a:c")).unwrap_err();
    assert!(error.contains("this database has some of the revisions that this script applies"), "{error}");
    place.script(&upgrade_script(&graph, place.dialect(), "b:c")).unwrap();
}

#[tokio::test]
async fn psql_refuses_a_database_at_another_place() {
    on_postgres("psql_place", refuses_another_beginning).await;
}

#[tokio::test]
async fn sqlite3_refuses_a_database_at_another_place() {
    on_sqlite(refuses_another_beginning).await;
}

async fn stops_at_a_call(places: Places) {
    let graph = mixed();
    let (online, place) = (places.fresh().await, places.fresh().await);
    let runner = Runner::new(&graph).functions(functions());
    runner.upgrade(&mut *online.connect().await, &Destination::head()).await.unwrap();

    let script = upgrade_script(&graph, place.dialect(), ":head");
    let error = place.script(&script).unwrap_err();
    assert!(
        error.contains("revision data calls the function `count_users`, which only the program has"),
        "{error}"
    );
    let rows = runner.applied(&mut *place.connect().await).await.unwrap();
    let data = rows.iter().find(|row| row.revision == "data").unwrap();
    assert_eq!((data.state.name(), data.statements_done, data.statements_total), ("upgrading", 1, 4));

    runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
    assert_eq!(place.catalog().await, online.catalog().await);
    assert_eq!(place.journal().await, online.journal().await);
}

#[tokio::test]
async fn psql_stops_at_a_call_and_the_program_goes_on() {
    on_postgres("psql_call", stops_at_a_call).await;
}

#[tokio::test]
async fn sqlite3_stops_at_a_call_and_the_program_goes_on() {
    on_sqlite(stops_at_a_call).await;
}

#[tokio::test]
async fn a_stamp_is_a_script_too() {
    on_sqlite(|places| async move {
        let graph = three_tables();
        let place = places.fresh().await;
        let moves = graph.stamp(&BTreeSet::new(), &["b".parse().unwrap()]).unwrap();
        place.script(&offline(&Plan::new(&moves, Dialect::Sqlite).unwrap()).to_string()).unwrap();
        let rows = Runner::new(&graph).applied(&mut *place.connect().await).await.unwrap();
        let rows: Vec<_> = rows.iter().map(|row| (row.revision.as_str(), row.state.name())).collect();
        assert_eq!(rows, [("a", "stamped"), ("b", "stamped")]);
    })
    .await;
}

#[test]
fn a_script_shows_what_a_batch_and_a_call_are() {
    let graph = mixed();
    let script = upgrade_script(&graph, Dialect::Postgres, "partitions:data");
    let shown = script.split_once("-- upgrade data").unwrap().1;
    assert!(shown.contains("-- A run does this in batches of 2 by users.id."), "{shown}");
    assert!(shown.contains("-- A run calls the function `count_users` of the program here."), "{shown}");
}
