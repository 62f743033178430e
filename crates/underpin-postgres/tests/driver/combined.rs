//! Several writes as one statement.

use underpin_core::{ColumnSet, Error, ErrorKind, Result};
use underpin_sql::driver::{Connection, TransactionOptions};

use crate::batch::{change, delete};
use crate::rows::{Cells, Rows, int, text};
use crate::scratch::{Scratch, insert, write};
use crate::tables::{EVENTS, USERS};
use crate::transaction::user;

fn event(user: &str) -> Rows {
    Rows::of(&EVENTS, &[1, 2], vec![vec![int(0), text(user), text("registered")]])
}

#[tokio::test]
async fn an_aggregate_and_its_events_are_one_statement() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    for (id, cost) in [("a", 3), ("b", 1), ("c", 1)] {
        let (users, events) = (Rows::new(&USERS, vec![user(id)]), event(id));
        let ((), statements, round_trips) = scratch
            .counted(async {
                connection.begin(TransactionOptions::new());
                // The child before its parent: foreign keys are checked at the end.
                let writes = vec![insert(&events, ColumnSet::EMPTY), insert(&users, ColumnSet::EMPTY)];
                write(&mut *connection, writes, true).await.unwrap();
            })
            .await;
        assert_eq!(statements, 1);
        assert!(round_trips <= cost, "{id}: {round_trips}");
        assert!(!connection.in_transaction());
    }
    // Three statements were three transactions, each with both rows.
    let sql =
        "SELECT count(*) FROM users u JOIN events e ON e.user_id = u.id AND e.xmin::text = u.xmin::text";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("3"));
}

#[tokio::test]
async fn a_failure_names_its_table_and_leaves_nothing() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let (users, orphan) = (Rows::new(&USERS, vec![user("a"), user("b")]), event("nobody"));
    for _ in 0..2 {
        connection.begin(TransactionOptions::new());
        let writes = vec![insert(&users, ColumnSet::EMPTY), insert(&orphan, ColumnSet::EMPTY)];
        let error = write(&mut *connection, writes, true).await.unwrap_err();
        assert!(error.is_foreign_key_violation(), "{error}");
        assert!(error.to_string().starts_with("insert into events: "), "{error}");
        connection.rollback().await.unwrap();
        assert_eq!(scratch.count(&USERS).await, 0);
    }
    // A value that does not fit is told by its own table and column.
    let unfit =
        Rows::new(&USERS, vec![vec![text("a"), text("far too long for this column"), int(1), int(1)]]);
    connection.begin(TransactionOptions::new());
    let writes = vec![insert(&orphan, ColumnSet::EMPTY), insert(&unfit, ColumnSet::EMPTY)];
    let error = write(&mut *connection, writes, true).await.unwrap_err();
    assert_eq!((error.table(), error.column()), (Some("users"), Some("email")), "{error}");
}

#[tokio::test]
async fn tables_whose_inserts_watch_each_other_are_written_one_by_one() {
    let scratch = Scratch::new().await;
    // It must see the user, who is inserted in the same batch.
    scratch
        .script(
            "CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 NEW.what := NEW.what || ' as ' || (SELECT email FROM users WHERE id = NEW.user_id);
                 RETURN NEW;
             END $$;
             CREATE TRIGGER look BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION look()",
        )
        .await;
    let mut connection = scratch.connection().await;
    for id in ["a", "b"] {
        let (users, events) = (Rows::new(&USERS, vec![user(id)]), event(id));
        let ((), statements, _) = scratch
            .counted(async {
                connection.begin(TransactionOptions::new());
                let writes = vec![insert(&users, ColumnSet::EMPTY), insert(&events, ColumnSet::EMPTY)];
                write(&mut *connection, writes, true).await.unwrap();
            })
            .await;
        assert_eq!(statements, 2);
    }
    let sql = "SELECT string_agg(what, ',' ORDER BY id) FROM events";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("registered as a@x,registered as b@x"));
}

/// A user as the database holds it in this version.
fn held(id: i64, age: i64, version: i64) -> Cells {
    vec![text(&id.to_string()), text(&format!("{id}@x")), int(age), int(version)]
}

/// What a unit of work does: removes some users, changes others, adds new ones, and tells it.
struct Flush {
    gone: Rows,
    changed: Rows,
    added: Rows,
    happened: Rows,
}

impl Flush {
    /// Removes the users `first` and the one behind, changes the next two, adds one of the number given.
    fn new(first: i64, added: i64) -> Self {
        let both = |id: i64, age: i64| vec![held(id, age, 1), held(id + 1, age, 1)];
        Self {
            gone: Rows::change(&USERS, &[], both(first, 1), both(first, 1)),
            changed: Rows::change(&USERS, &[2], both(first + 2, 1), both(first + 2, 2)),
            added: Rows::new(&USERS, vec![held(added, 3, 1)]),
            happened: event(&(first + 2).to_string()),
        }
    }

    async fn write(&self, connection: &mut dyn Connection) -> Result<()> {
        connection.begin(TransactionOptions::new());
        let writes = vec![
            delete(&self.gone, true),
            change(&self.changed, true),
            insert(&self.added, ColumnSet::EMPTY),
            insert(&self.happened, ColumnSet::EMPTY),
        ];
        let written = write(connection, writes, true).await;
        connection.rollback().await?;
        written.map(drop)
    }
}

async fn with_users() -> Scratch {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users SELECT n::text, n || '@x', 1, 1 FROM generate_series(1, 40) n").await;
    scratch
}

#[tokio::test]
async fn a_mixed_flush_that_comes_often_is_one_statement() {
    let scratch = with_users().await;
    let mut connection = scratch.connection().await;
    let mut sent = Vec::new();
    for step in 0..5 {
        let flush = Flush::new(1 + step * 4, 100 + step);
        let (written, statements, round_trips) = scratch.counted(flush.write(&mut *connection)).await;
        written.unwrap();
        sent.push((statements, round_trips));
    }
    assert_eq!(sent, [(4, 2), (4, 1), (1, 2), (1, 1), (1, 1)]);
    let sql = "SELECT concat_ws(' ', count(*) FILTER (WHERE age = 1 AND version = 1), \
               count(*) FILTER (WHERE age = 2 AND version = 2), count(*) FILTER (WHERE age = 3), \
               (SELECT count(*) FROM events), count(DISTINCT xmin::text)) FROM users";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("20 10 5 5 6"));
}

#[tokio::test]
async fn writes_of_few_rows_keep_their_plan() {
    let scratch = Scratch::new().await;
    // As many as make it worth the server's while to count how many it looks for.
    scratch
        .script("INSERT INTO users SELECT n::text, n || '@x', 1, 1 FROM generate_series(1, 20000) n; ANALYZE users")
        .await;
    let mut connection = scratch.connection().await;
    for step in 0..12 {
        // The last ones as one statement.
        Flush::new(1 + step * 4, 100_000 + step).write(&mut *connection).await.unwrap();
    }
    let sql = "SELECT sum(custom_plans)::text FROM pg_prepared_statements WHERE statement LIKE 'WITH w1 %'";
    let planned = connection.texts(sql, &[]).await.unwrap();
    // The server compares plans five times, then it keeps one.
    assert_eq!(planned, [[Some("5".to_owned())]]);
}

async fn fails(scratch: &Scratch, connection: &mut dyn Connection, flush: Flush) -> (Error, u64) {
    let (failed, statements, _) = scratch.counted(flush.write(connection)).await;
    (failed.unwrap_err(), statements)
}

#[tokio::test]
async fn what_a_mixed_flush_fails_with_is_told_as_if_it_were_written_one_by_one() {
    let scratch = with_users().await;
    let mut connection = scratch.connection().await;
    for step in 0..3 {
        Flush::new(1 + step * 4, 100 + step).write(&mut *connection).await.unwrap();
    }
    let before = scratch.text("SELECT string_agg(u::text, ',' ORDER BY id) FROM users u").await;
    let mut flush = Flush::new(21, 200);
    flush.changed = Rows::change(
        &USERS,
        &[2],
        vec![held(23, 1, 1), held(24, 1, 7)],
        vec![held(23, 2, 1), held(24, 2, 7)],
    );
    let (error, statements) = fails(&scratch, &mut *connection, flush).await;
    assert!(error.is_stale() && error.to_string().starts_with("update users"), "{error}");
    let ErrorKind::Stale(found) = error.kind() else { panic!("{error}") };
    assert_eq!((found.row, statements), (1, 5));

    let mut flush = Flush::new(21, 200);
    flush.gone =
        Rows::change(&USERS, &[], vec![held(1, 1, 1), held(22, 1, 1)], vec![held(1, 1, 1), held(22, 1, 1)]);
    let (error, _) = fails(&scratch, &mut *connection, flush).await;
    assert!(error.is_stale() && error.to_string().starts_with("delete from users"), "{error}");

    let (error, _) = fails(&scratch, &mut *connection, Flush::new(21, 30)).await;
    assert!(error.is_unique_violation() && error.to_string().starts_with("insert into users"), "{error}");

    let mut flush = Flush::new(21, 200);
    flush.happened = event("nobody");
    let (error, _) = fails(&scratch, &mut *connection, flush).await;
    assert!(
        error.is_foreign_key_violation() && error.to_string().starts_with("insert into events"),
        "{error}"
    );

    let mut flush = Flush::new(21, 200);
    flush.added =
        Rows::new(&USERS, vec![vec![text("200"), text("far too long for this column"), int(1), int(1)]]);
    let (error, _) = fails(&scratch, &mut *connection, flush).await;
    assert_eq!((error.table(), error.column()), (Some("users"), Some("email")), "{error}");

    assert_eq!(scratch.text("SELECT string_agg(u::text, ',' ORDER BY id) FROM users u").await, before);
}

#[tokio::test]
async fn a_unique_value_may_change_hands() {
    let scratch = with_users().await;
    let mut connection = scratch.connection().await;
    for step in 0..4 {
        let mut flush = Flush::new(1 + step * 4, 100 + step);
        // The new user takes the address of one that goes.
        let taken = format!("{}@x", 1 + step * 4);
        flush.added =
            Rows::new(&USERS, vec![vec![text(&format!("new {step}")), text(&taken), int(3), int(1)]]);
        flush.write(&mut *connection).await.unwrap();
    }
    let sql = "SELECT string_agg(email, ',' ORDER BY id) FROM users WHERE age = 3";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("1@x,5@x,9@x,13@x"));
}

#[tokio::test]
async fn tables_whose_deletes_reach_others_are_written_one_by_one() {
    let scratch = with_users().await;
    scratch
        .script("CREATE TABLE notes (user_id text REFERENCES users ON DELETE CASCADE); INSERT INTO notes VALUES ('1')")
        .await;
    let mut connection = scratch.connection().await;
    for step in 0..5 {
        let flush = Flush::new(1 + step * 4, 100 + step);
        let (written, statements, _) = scratch.counted(flush.write(&mut *connection)).await;
        written.unwrap();
        assert_eq!(statements, 4);
    }
    assert_eq!(scratch.text("SELECT count(*) FROM notes").await.as_deref(), Some("0"));
}

#[tokio::test]
async fn a_row_that_is_written_twice_is_written_one_by_one() {
    let scratch = with_users().await;
    let mut connection = scratch.connection().await;
    for step in 0..5 {
        let (id, name) = (1 + step, format!("parked {step}"));
        let parked = |version: i64| vec![text(&id.to_string()), text(&name), int(1), int(version)];
        // What breaks a circle of unique values: the address is parked, then the row gets its new one.
        let park = Rows::change(&USERS, &[1], vec![held(id, 1, 1)], vec![parked(1)]);
        let then = Rows::change(&USERS, &[1, 2], vec![held(id, 1, 1)], vec![held(id, 5, 1)]);
        connection.begin(TransactionOptions::new());
        write(&mut *connection, vec![change(&park, false), change(&then, true)], true).await.unwrap();
    }
    let sql = "SELECT count(*) FROM users WHERE age = 5 AND version = 2 AND email = id || '@x'";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("5"));
}
