//! Behind a pooler: statements are sent as text each time, and nothing stays on the server.

use underpin_core::{ColumnSet, Datum};
use underpin_sql::driver::{Connection, TransactionOptions};
use underpin_sql::{Comparison, Param, Query, Select, Tree};

use crate::codec::{assert_same, every, lists};
use crate::rows::{Owned, Rows, int, text};
use crate::scratch::{Scratch, fetch, insert, load, write};
use crate::tables::{EVENTS, EVERY, LISTS, USERS, WRONG_USERS};
use crate::transaction::user;

const OPTIONS: &str = "pool_size=1&max_overflow=0&prepared_statements=false";

async fn named(connection: &mut dyn Connection) -> String {
    let sql = "SELECT count(*) FROM pg_prepared_statements";
    connection.texts(sql, &[]).await.unwrap()[0][0].clone().unwrap()
}

#[tokio::test]
async fn every_request_works_without_a_name() {
    let scratch = Scratch::with(OPTIONS).await;
    let mut connection = scratch.connection().await;
    for row in every() {
        let rows = Rows::new(&EVERY, vec![row]);
        write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    }
    assert_same(&EVERY, fetch(&mut *connection, &EVERY, None).await.unwrap(), every());
    for many in [vec![lists()[0].clone()], lists()[1..].to_vec()] {
        let rows = Rows::new(&LISTS, many.clone());
        let returned = write(&mut *connection, vec![insert(&rows, LISTS.all())], true).await.unwrap();
        assert_eq!(returned, [many]);
    }
    connection.script("TRUNCATE every, lists").await.unwrap();
    let rows = Rows::new(&EVERY, every());
    let returned = write(&mut *connection, vec![insert(&rows, EVERY.all())], true).await.unwrap();
    assert_eq!(returned, [every()]);
    connection.script("TRUNCATE every").await.unwrap();
    assert_eq!(load(&mut *connection, &EVERY, EVERY.all(), &rows).await.unwrap(), 4);
    assert!(!connection.in_transaction());
    let lists_rows = Rows::new(&LISTS, lists());
    assert_eq!(load(&mut *connection, &LISTS, LISTS.all(), &lists_rows).await.unwrap(), 3);

    let keys: Vec<_> = every().into_iter().map(|row| vec![row[0].clone()]).collect();
    assert_same(&EVERY, fetch(&mut *connection, &EVERY, Some(&keys)).await.unwrap(), every());
    assert_eq!(fetch(&mut *connection, &EVERY, Some(&keys[..1])).await.unwrap(), every()[..1]);
    let mut select = Select::new(&EVERY);
    select.filter(Tree::column(&EVERY, 18).is_in(vec![Param::new("glad".to_owned())]));
    select.filter(Tree::column(&EVERY, 1).compare_value(Comparison::Eq, Param::new(false)));
    select.limit = Some(3);
    // The type of an enumeration's values is left to the server.
    let found = connection.fetch(&Query::Select(&select), Owned::receiver(&EVERY)).await.unwrap();
    assert_eq!(Owned::rows(found).unwrap().len(), 1);
    assert_eq!(named(&mut *connection).await, "0");
}

#[tokio::test]
async fn transactions_and_errors_are_the_same() {
    let scratch = Scratch::with(OPTIONS).await;
    let mut connection = scratch.connection().await;
    let users = Rows::new(&USERS, vec![user("a"), user("b")]);
    let events = Rows::of(&EVENTS, &[1], vec![vec![int(0), text("b"), Datum::Null]]);
    let (done, statements, _) = scratch
        .counted(async {
            connection.begin(TransactionOptions::new());
            let writes = vec![insert(&users, ColumnSet::EMPTY), insert(&events, ColumnSet::EMPTY)];
            write(&mut *connection, writes, true).await
        })
        .await;
    done.unwrap();
    assert_eq!(statements, 1, "combined");
    connection.begin(TransactionOptions::new());
    fetch(&mut *connection, &USERS, Some(&[vec![text("a")]])).await.unwrap();
    let error = write(&mut *connection, vec![insert(&users, ColumnSet::EMPTY)], true).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    connection.rollback().await.unwrap();
    let error = fetch(&mut *connection, &WRONG_USERS, None).await.unwrap_err();
    assert_eq!(error.column(), Some("age"), "{error}");
    drop(connection);
    let mut connection = scratch.connection().await;
    assert_eq!(fetch(&mut *connection, &USERS, None).await.unwrap().len(), 2);
    assert_eq!(named(&mut *connection).await, "0");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_that_share_the_servers_of_a_pooler_do_not_meet() {
    let scratch = std::sync::Arc::new(Scratch::with("pool_size=8&prepared_statements=false").await);
    let rows = Rows::new(&EVERY, every());
    write(&mut *scratch.connection().await, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let scratch = scratch.clone();
            tokio::spawn(async move {
                for n in 0..20 {
                    let mut connection = scratch.connection().await;
                    if n % 3 == 0 {
                        connection.begin(TransactionOptions::new());
                    }
                    assert_same(&EVERY, fetch(&mut *connection, &EVERY, None).await.unwrap(), every());
                    let rows = Rows::new(&USERS, vec![user(&format!("{task}-{n}"))]);
                    write(&mut *connection, vec![insert(&rows, USERS.all())], true).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(scratch.count(&USERS).await, 160);
}
