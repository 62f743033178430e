//! Several inserts as one statement.

use underpin_core::ColumnSet;
use underpin_sql::driver::TransactionOptions;

use crate::rows::{Rows, int, text};
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
