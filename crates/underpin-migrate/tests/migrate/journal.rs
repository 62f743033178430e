//! What is refused on account of the journal, and what puts it right.

use underpin_migrate::{AppliedState, Destination, Graph, Runner, foreign};

use super::place::{Place, Places, on_postgres, on_sqlite};
use super::revisions::{history, three_tables};

const FIRST: &str = "-- +upgrade\nCREATE TABLE log (what text);\n-- +downgrade\nDROP TABLE log;\n";

/// Three statements outside of a transaction, of which the second is given.
fn three_statements(second: &str) -> Graph {
    let sections = format!(
        "-- +upgrade no-transaction\nINSERT INTO log VALUES ('1');\n{second}\nINSERT INTO log VALUES ('3');\n-- +downgrade\nDELETE FROM log;\n"
    );
    history(&[("a", FIRST), ("b", &sections)])
}

async fn run(graph: &Graph, place: &Place) -> Result<(), underpin_migrate::MigrateError> {
    Runner::new(graph).upgrade(&mut *place.connect().await, &Destination::head()).await.map(drop)
}

async fn only_what_is_not_done_may_be_edited(places: Places) {
    let place = places.fresh().await;
    let wrong = three_statements("INSERT INTO nowhere VALUES ('2');");
    let error = run(&wrong, &place).await.unwrap_err();
    assert_eq!((error.file(), error.line()), (Some("b.sql"), Some(8)));
    assert!(error.hint().contains("the next run goes on with"), "{error}");
    let rows = Runner::new(&wrong).applied(&mut *place.connect().await).await.unwrap();
    let row = rows.iter().find(|row| row.revision == "b").unwrap();
    assert_eq!((row.state, row.statements_done, row.statements_total), (AppliedState::Upgrading, 1, 3));
    assert_eq!((&row.finished_at, row.duration_ms), (&None, None));

    // The done part.
    let edited = history(&[
        ("a", FIRST),
        ("b", "-- +upgrade no-transaction\nINSERT INTO log VALUES ('one');\nINSERT INTO log VALUES ('2');\n"),
    ]);
    let error = run(&edited, &place).await.unwrap_err();
    assert!(error.is_edited(), "{error}");
    assert_eq!((error.file(), error.line()), (Some("b.sql"), Some(7)));
    let shorter = history(&[("a", FIRST), ("b", "-- +upgrade\n")]);
    let error = run(&shorter, &place).await.unwrap_err();
    assert!(error.is_edited() && error.file() == Some("b.sql"), "{error}");
    assert_eq!(place.column("SELECT what FROM log").await, ["1"]);

    // The rest.
    let right = three_statements("INSERT INTO log VALUES ('2');\nINSERT INTO log VALUES ('2b');");
    run(&right, &place).await.unwrap();
    assert_eq!(place.column("SELECT what FROM log ORDER BY what").await, ["1", "2", "2b", "3"]);
    let rows = Runner::new(&right).applied(&mut *place.connect().await).await.unwrap();
    let row = rows.iter().find(|row| row.revision == "b").unwrap();
    assert_eq!(row.checksum, right.revision("b").unwrap().checksum());
    assert_eq!((row.state, row.statements_done, row.statements_total), (AppliedState::Applied, 4, 4));
}

#[tokio::test]
async fn on_postgres_only_what_is_not_done_may_be_edited() {
    on_postgres("edited_rest", only_what_is_not_done_may_be_edited).await;
}

#[tokio::test]
async fn on_sqlite_only_what_is_not_done_may_be_edited() {
    on_sqlite(only_what_is_not_done_may_be_edited).await;
}

#[tokio::test]
async fn what_was_begun_is_finished_before_anything_else() {
    on_sqlite(|places| async move {
        let place = places.fresh().await;
        let wrong = three_statements("INSERT INTO nowhere VALUES ('2');");
        run(&wrong, &place).await.unwrap_err();
        let runner = Runner::new(&wrong);
        let mut target = place.connect().await;
        for to in ["base", "a"] {
            let error = runner.downgrade(&mut *target, &to.parse().unwrap()).await.unwrap_err();
            assert!(error.is_unfinished() && error.file() == Some("b.sql"), "{error}");
            assert!(error.hint().contains("finish the upgrade first"), "{error}");
        }
        let error = runner.upgrade(&mut *target, &"a".parse().unwrap()).await.unwrap_err();
        assert!(error.is_unfinished(), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_stamp_ends_what_was_begun() {
    on_sqlite(|places| async move {
        let graph = three_statements("INSERT INTO nowhere VALUES ('2');");
        for (to, rows) in [("b", "a applied,b stamped"), ("a", "a applied"), ("base", "")] {
            let place = places.fresh().await;
            run(&graph, &place).await.unwrap_err();
            let runner = Runner::new(&graph);
            let mut target = place.connect().await;
            runner.stamp(&mut *target, &[to.parse().unwrap()], false).await.unwrap();
            let applied = runner.applied(&mut *target).await.unwrap();
            let mut states: Vec<_> =
                applied.iter().map(|row| format!("{} {}", row.revision, row.state)).collect();
            states.sort();
            assert_eq!(states.join(","), rows);
        }
    })
    .await;
}

async fn stamps_and_purges(places: Places) {
    let graph = three_tables();
    let runner = Runner::new(&graph).applied_by("o'neil \\ co");
    let place = places.fresh().await;
    let mut target = place.connect().await;
    let plan = runner.plan_stamp(&mut *target, &["b".parse().unwrap()], false).await.unwrap();
    assert_eq!((plan.heads_before(), plan.heads_after()), (&[][..], &["b".to_owned()][..]));
    assert!(runner.applied(&mut *target).await.unwrap().is_empty(), "a plan writes nothing");
    runner.execute(&mut *target, &plan).await.unwrap();
    let rows = runner.applied(&mut *target).await.unwrap();
    assert!(
        rows.iter().all(|row| row.state == AppliedState::Stamped && row.finished_at.is_some()),
        "{rows:?}"
    );
    assert!(rows.iter().all(|row| row.applied_by.as_deref() == Some("o'neil \\ co")), "{rows:?}");
    runner.upgrade(&mut *target, &Destination::head()).await.unwrap();
    assert!(place.catalog().await.contains(" c"));

    // Files that know nothing of what is applied.
    let other = history(&[("x", "-- +upgrade\nCREATE TABLE x (id integer);\n")]);
    let stranger = Runner::new(&other);
    let x = ["x".parse().unwrap()];
    let error = stranger.upgrade(&mut *target, &Destination::head()).await.unwrap_err();
    assert!(error.is_unknown_revision() && error.problem().contains("a, b, c"), "{error}");
    let error = stranger.stamp(&mut *target, &x, false).await.unwrap_err();
    assert!(error.is_unknown_revision() && error.hint().contains("--purge"), "{error}");
    let plan = stranger.stamp(&mut *target, &x, true).await.unwrap();
    assert!(plan.is_purge());
    let rows = stranger.applied(&mut *target).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.revision.as_str()).collect::<Vec<_>>(), ["x"]);
    stranger.stamp(&mut *target, &[Destination::base()], true).await.unwrap();
    assert!(stranger.applied(&mut *target).await.unwrap().is_empty());
}

#[tokio::test]
async fn on_postgres_stamps_and_purges() {
    on_postgres("stamps", stamps_and_purges).await;
}

#[tokio::test]
async fn on_sqlite_stamps_and_purges() {
    on_sqlite(stamps_and_purges).await;
}

#[tokio::test]
async fn repair_accepts_an_edited_file() {
    on_sqlite(|places| async move {
        let place = places.fresh().await;
        run(&three_tables(), &place).await.unwrap();
        let create = |id: &str, note: &str| format!("-- +upgrade\nCREATE TABLE {id} (id integer); {note}\n");
        let texts = [create("a", ""), create("b", "-- a note"), create("c", "-- another")];
        let graph = history(&[("a", &texts[0]), ("b", &texts[1]), ("c", &texts[2])]);
        let runner = Runner::new(&graph);
        let mut target = place.connect().await;
        let error = runner.plan_upgrade(&mut *target, &Destination::head()).await.unwrap_err();
        assert!(error.is_edited() && error.problem().contains("a.sql, b.sql, c.sql"), "{error}");

        let error = runner.repair(&mut *target, &["nothing"]).await.unwrap_err();
        assert!(error.is_destination() && error.problem().contains("`nothing`"), "{error}");
        assert_eq!(runner.repair(&mut *target, &["b"]).await.unwrap(), ["b"]);
        let error = runner.plan_upgrade(&mut *target, &Destination::head()).await.unwrap_err();
        assert!(error.problem().contains("a.sql, c.sql"), "{error}");
        assert_eq!(runner.repair(&mut *target, &[]).await.unwrap(), ["a", "c"]);
        assert!(runner.plan_upgrade(&mut *target, &Destination::head()).await.unwrap().is_empty());
        assert_eq!(runner.repair(&mut *target, &[]).await.unwrap(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn repair_accepts_an_edit_of_what_is_done() {
    on_sqlite(|places| async move {
        let place = places.fresh().await;
        run(&three_statements("INSERT INTO nowhere VALUES ('2');"), &place).await.unwrap_err();
        let edited = history(&[
            ("a", FIRST),
            ("b", "-- +upgrade no-transaction\nINSERT INTO log VALUES ('one');\nINSERT INTO log VALUES ('two');\n"),
        ]);
        let runner = Runner::new(&edited);
        assert_eq!(runner.repair(&mut *place.connect().await, &["b"]).await.unwrap(), ["b"]);
        run(&edited, &place).await.unwrap();
        assert_eq!(place.column("SELECT what FROM log").await, ["1", "two"]);
    })
    .await;
}

async fn journals_of_other_versions(places: Places) {
    let graph = three_tables();
    let runner = Runner::new(&graph);
    let place = places.fresh().await;
    let mut target = place.connect().await;
    runner.upgrade(&mut *target, &"a".parse().unwrap()).await.unwrap();

    target.execute("ALTER TABLE underpin_revisions ADD COLUMN mood text").await.unwrap();
    let error = runner.upgrade(&mut *target, &Destination::head()).await.unwrap_err();
    assert!(error.is_journal(), "{error}");
    assert!(
        error.to_string().contains("newer version: this one does not know its column mood; use the newer"),
        "{error}"
    );
    target.execute("ALTER TABLE underpin_revisions DROP COLUMN mood").await.unwrap();

    target.execute("UPDATE underpin_revisions SET state = 'dreaming'").await.unwrap();
    let error = runner.applied(&mut *target).await.unwrap_err();
    assert!(error.is_journal() && error.hint().contains("may know states"), "{error}");

    target.execute("DROP TABLE underpin_revisions").await.unwrap();
    target.execute("CREATE TABLE underpin_revisions (revision text)").await.unwrap();
    let error = runner.upgrade(&mut *target, &Destination::head()).await.unwrap_err();
    assert!(error.is_journal() && error.problem().contains("it has no column checksum, state"), "{error}");
}

#[tokio::test]
async fn on_postgres_a_journal_of_another_version_is_refused() {
    on_postgres("versions", journals_of_other_versions).await;
}

#[tokio::test]
async fn on_sqlite_a_journal_of_another_version_is_refused() {
    on_sqlite(journals_of_other_versions).await;
}

async fn foreign_tables(places: Places) {
    let place = places.fresh().await;
    let mut target = place.connect().await;
    assert!(foreign::read(&mut *target).await.unwrap().is_empty());
    for sql in [
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY)",
        "INSERT INTO alembic_version VALUES ('ae1027a6acf'), ('1975ea83b712')",
        "CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, success boolean NOT NULL)",
        "INSERT INTO _sqlx_migrations VALUES (20, 'b', true), (3, 'a', true), (21, 'c', false)",
        "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp)",
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('20240102030405'), ('00000000000000')",
        "CREATE TABLE refinery_schema_history (version integer PRIMARY KEY, name varchar(255))",
        "INSERT INTO refinery_schema_history VALUES (10, 'b'), (9, 'a')",
    ] {
        target.execute(sql).await.unwrap();
    }
    let found = foreign::read(&mut *target).await.unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|history| {
            format!("{} {} {}", history.tool, history.versions.join(","), history.failed.join(","))
        })
        .collect();
    assert_eq!(
        found,
        [
            "alembic 1975ea83b712,ae1027a6acf ",
            "sqlx 3,20 21",
            "diesel 00000000000000,20240102030405 ",
            "refinery 9,10 "
        ]
    );
}

#[tokio::test]
async fn on_postgres_the_tables_of_other_tools_are_read() {
    on_postgres("foreign", foreign_tables).await;
}

#[tokio::test]
async fn on_sqlite_the_tables_of_other_tools_are_read() {
    on_sqlite(foreign_tables).await;
}

#[tokio::test]
async fn a_squash_takes_the_rows_of_what_it_replaces() {
    on_sqlite(|places| async move {
        let table = |id: &str| format!("-- +upgrade\nCREATE TABLE {id} (id integer);\n-- +downgrade\nDROP TABLE {id};\n");
        let file = |id: &str, revises: &str, more: &str, body: &str| {
            (format!("{id}.sql"), format!("-- Make {id}\n--\n-- revision: {id}\n-- revises: {revises}\n{more}\n{body}"))
        };
        let both = "-- +upgrade\nCREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\n-- +downgrade\nDROP TABLE b;\nDROP TABLE a;\n";
        let old = [file("a", "none", "", &table("a")), file("b", "a", "", &table("b"))];
        let new = [file("s", "none", "-- replaces: a, b\n", both), file("c", "b", "", &table("c"))];
        let graph = |files: &[(String, String)]| {
            let files: Vec<_> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
            Graph::new(underpin_migrate::Revisions::embedded(&files).unwrap()).unwrap()
        };
        let (before, after) = (graph(&old), graph(&[&old[..], &new[..]].concat()));
        let ids = |rows: &[underpin_migrate::Applied]| {
            let mut ids: Vec<_> = rows.iter().map(|row| row.revision.clone()).collect();
            ids.sort();
            ids.join(",")
        };
        let (old, fresh) = (places.fresh().await, places.fresh().await);
        run(&before, &old).await.unwrap();
        for place in [&old, &fresh] {
            run(&after, place).await.unwrap();
            let rows = Runner::new(&after).applied(&mut *place.connect().await).await.unwrap();
            assert_eq!(ids(&rows), "c,s");
            assert!(Runner::new(&after).plan_upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap().is_empty());
        }
        assert_eq!(old.catalog().await, fresh.catalog().await);
    })
    .await;
}
