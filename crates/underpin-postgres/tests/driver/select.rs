//! Reading: by key, by condition, in portions.

use underpin_core::{CellError, ColumnSet, Encoder, Value};
use underpin_sql::driver::TransactionOptions;
use underpin_sql::{Comparison, Lock, Order, Param, Query, Select, Tree};

use crate::rows::{Cells, Owned, Rows, int, text};
use crate::scratch::{Scratch, fetch, insert, write};
use crate::tables::{EVENTS, MISSING, USERS};

async fn with_users(count: i64) -> Scratch {
    let scratch = Scratch::new().await;
    let users = (0..count)
        .map(|n| vec![text(&format!("u{n:05}")), text(&format!("{n}@x")), int(n % 50), int(1)])
        .collect();
    let rows = Rows::new(&USERS, users);
    let mut connection = scratch.connection().await;
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    drop(connection);
    scratch
}

fn keys(rows: &[Cells]) -> Vec<String> {
    rows.iter()
        .map(|row| match &row[0] {
            underpin_core::Datum::Text(key) => key.clone(),
            other => format!("{other:?}"),
        })
        .collect()
}

#[tokio::test]
async fn keys_find_their_rows_in_one_round_trip() {
    let scratch = with_users(10).await;
    let mut connection = scratch.connection().await;
    let one: &[Cells] = &[vec![text("u00003")]];
    let none: &[Cells] = &[vec![text("nobody")]];
    let three: &[Cells] = &[vec![text("u00001")], vec![text("nobody")], vec![text("u00002")]];
    assert_eq!(keys(&fetch(&mut *connection, &USERS, Some(one)).await.unwrap()), ["u00003"]);
    assert!(fetch(&mut *connection, &USERS, Some(none)).await.unwrap().is_empty());
    let mut found = keys(&fetch(&mut *connection, &USERS, Some(three)).await.unwrap());
    found.sort();
    assert_eq!(found, ["u00001", "u00002"]);

    let again = scratch.counted(async {
        fetch(&mut *connection, &USERS, Some(one)).await.unwrap();
        fetch(&mut *connection, &USERS, Some(three)).await.unwrap();
        fetch(&mut *connection, &USERS, Some(&[])).await.unwrap();
    });
    let ((), statements, round_trips) = again.await;
    assert_eq!((statements, round_trips), (2, 2), "no key is no request");
}

fn sample() -> Select {
    let mut select = Select::new(&USERS);
    select.filter(Tree::column(&USERS, 2).compare_value(Comparison::Ge, Param::new(7_i32)));
    let among = ["u00008", "u00009", "u00001"].map(|id| Param::new(id.to_owned()));
    select.filter(Tree::column(&USERS, 0).is_in(among.to_vec()));
    select.order.push(Order::desc(Tree::column(&USERS, 0)));
    select.limit = Some(5);
    select.offset = Some(0);
    select
}

/// Few keys are found in less time than it takes to plan for them; a hundred are a statement of their own.
#[tokio::test]
async fn the_server_keeps_the_plans_for_few_keys() {
    let scratch = with_users(200).await;
    let mut connection = scratch.connection().await;
    let some = |from: usize, to: usize| -> Vec<Cells> {
        (from..to).map(|n| vec![text(&format!("u{n:05}"))]).collect()
    };
    for step in 0..9 {
        assert_eq!(fetch(&mut *connection, &USERS, Some(&some(step, step + 3))).await.unwrap().len(), 3);
        assert_eq!(fetch(&mut *connection, &USERS, Some(&some(step, step + 100))).await.unwrap().len(), 100);
    }
    let plans = connection
        .texts(
            "SELECT generic_plans::text, custom_plans::text FROM pg_prepared_statements \
             WHERE statement LIKE 'SELECT _id%unnest((SELECT $1%'",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(plans, [[Some("4".to_owned()), Some("5".to_owned())]]);
}

#[tokio::test]
async fn conditions_are_prepared_once_per_text() {
    let scratch = with_users(10).await;
    let mut connection = scratch.connection().await;
    let select = sample();
    let query = Query::Select(&select);
    let mut all = Vec::new();
    let ((), statements, round_trips) = scratch
        .counted(async {
            for _ in 0..3 {
                let rows = connection.fetch(&query, Owned::receiver(&USERS)).await.unwrap();
                all.push(keys(&Owned::rows(rows).unwrap()));
            }
        })
        .await;
    assert_eq!(all, [["u00009", "u00008"]; 3]);
    assert_eq!((statements, round_trips), (3, 4));
}

#[tokio::test]
async fn the_cache_of_texts_has_a_limit() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0&statement_cache_size=2").await;
    let mut connection = scratch.connection().await;
    for limit in [None, Some(1), None, Some(1)] {
        for offset in [None, Some(1)] {
            let mut select = Select::new(&USERS);
            (select.limit, select.offset) = (limit, offset);
            connection.fetch(&Query::Select(&select), Owned::receiver(&USERS)).await.unwrap();
        }
    }
    // The limit is the connection's: what is over it has been closed on the server.
    let sql = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT \"id%'";
    let kept = connection.texts(sql, &[]).await.unwrap();
    assert_eq!(kept, [[Some("1".to_owned())]], "one of two places has gone to this query");
}

#[tokio::test]
async fn locks_hold_others_off() {
    let scratch = with_users(3).await;
    let (mut first, mut second) = (scratch.connection().await, scratch.connection().await);
    let one = Rows::keys(&USERS, &[vec![text("u00001")]]);
    let all = Rows::keys(&USERS, &[vec![text("u00000")], vec![text("u00001")]]);
    first.begin(TransactionOptions::new());
    let query = Query::Keys { table: &USERS, keys: &one, lock: Lock::ForUpdate };
    first.fetch(&query, Owned::receiver(&USERS)).await.unwrap();

    second.begin(TransactionOptions::new());
    let skip = Query::Keys { table: &USERS, keys: &all, lock: Lock::SkipLocked };
    let found = second.fetch(&skip, Owned::receiver(&USERS)).await.unwrap();
    assert_eq!(keys(&Owned::rows(found).unwrap()), ["u00000"]);
    let at_once = Query::Keys { table: &USERS, keys: &one, lock: Lock::NoWait };
    let error = second.fetch(&at_once, Owned::receiver(&USERS)).await.err().unwrap();
    assert!(error.is_retryable() && error.is_timeout(), "{error}");
}

#[tokio::test]
async fn portions_come_as_they_are_asked_for() {
    let scratch = with_users(2_500).await;
    let mut connection = scratch.connection().await;
    let mut select = Select::new(&USERS);
    select.order.push(Order::asc(Tree::column(&USERS, 0)));
    let query = Query::Select(&select);
    let mut stream = connection.stream(&query).await.unwrap();
    let mut sizes = Vec::new();
    let mut last = String::new();
    loop {
        let (rows, more) = stream.next(Owned::receiver(&USERS), 1_000).await.unwrap();
        let rows = keys(&Owned::rows(rows).unwrap());
        sizes.push(rows.len());
        last = rows.last().cloned().unwrap_or(last);
        if !more {
            break;
        }
    }
    assert_eq!((sizes, last.as_str()), (vec![1_000, 1_000, 500], "u02499"));
    let (rows, more) = stream.next(Owned::receiver(&USERS), 1).await.unwrap();
    assert!(Owned::rows(rows).unwrap().is_empty() && !more);
    drop(stream);
    // The end was reached, so the connection goes on.
    assert_eq!(fetch(&mut *connection, &USERS, Some(&[vec![text("u00001")]])).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_stream_may_be_left_inside_a_transaction() {
    let scratch = with_users(2_500).await;
    let mut connection = scratch.connection().await;
    connection.begin(TransactionOptions::new());
    let select = Select::new(&USERS);
    let query = Query::Select(&select);
    let mut stream = connection.stream(&query).await.unwrap();
    stream.next(Owned::receiver(&USERS), 1).await.unwrap();
    drop(stream);
    let rows = Rows::new(&USERS, vec![vec![text("new"), text("new@x"), int(1), int(1)]]);
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    assert_eq!(scratch.count(&USERS).await, 2_501);
}

#[tokio::test]
async fn what_fails_in_the_rest_of_a_stream_is_not_committed() {
    let scratch = with_users(2_500).await;
    // A view whose last row cannot be computed, under the name of the table.
    scratch
        .script(
            "CREATE SCHEMA broken;
             CREATE VIEW broken.users AS
             SELECT id, email, CASE id WHEN 'u02499' THEN 1 / (age - age) ELSE age END AS age, version
             FROM public.users;",
        )
        .await;
    let mut connection = scratch.connection().await;
    connection.begin(TransactionOptions::new());
    let rows = Rows::new(&USERS, vec![vec![text("new"), text("new@x"), int(1), int(1)]]);
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], false).await.unwrap();
    connection.texts("SELECT set_config('search_path', 'broken, public', true)", &[]).await.unwrap();
    let select = Select::new(&USERS);
    let query = Query::Select(&select);
    let mut stream = connection.stream(&query).await.unwrap();
    stream.next(Owned::receiver(&USERS), 1).await.unwrap();
    drop(stream);
    let error = connection.commit().await.unwrap_err();
    assert!(error.to_string().starts_with("commit: the transaction was aborted"), "{error}");
    assert!(connection.in_transaction());
    connection.rollback().await.unwrap();
    drop(connection);
    assert_eq!(scratch.count(&USERS).await, 2_500);
}

#[tokio::test]
async fn a_stream_left_outside_a_transaction_costs_its_connection() {
    let scratch = with_users(2_500).await;
    let mut connection = scratch.connection().await;
    let select = Select::new(&USERS);
    let query = Query::Select(&select);
    let mut stream = connection.stream(&query).await.unwrap();
    stream.next(Owned::receiver(&USERS), 1).await.unwrap();
    drop(stream);
    assert!(fetch(&mut *connection, &USERS, None).await.unwrap_err().is_usage());
    drop(connection);
    assert_eq!(scratch.status().open, 0);
    assert_eq!(scratch.count(&USERS).await, 2_500);
}

#[tokio::test]
async fn a_table_that_is_not_there_is_named() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let error = fetch(&mut *connection, &MISSING, None).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "select from missing: relation \"missing\" does not exist (SQLSTATE 42P01)"
    );
    assert!(error.hint().unwrap().contains("migrated"));
    assert!(fetch(&mut *connection, &EVENTS, None).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_table_altered_meanwhile_is_read_anew() {
    let scratch = with_users(3).await;
    let mut connection = scratch.connection().await;
    let key: &[Cells] = &[vec![text("u00001")]];
    fetch(&mut *connection, &USERS, Some(key)).await.unwrap();
    scratch.script("ALTER TABLE users ALTER age TYPE bigint; ALTER TABLE users ALTER age TYPE integer").await;
    scratch.script("ALTER TABLE users ALTER email TYPE text").await;
    assert_eq!(fetch(&mut *connection, &USERS, Some(key)).await.unwrap().len(), 1);

    // In a transaction whose first request it is, too.
    scratch.script("ALTER TABLE users ALTER email TYPE varchar(20)").await;
    connection.begin(TransactionOptions::new());
    assert_eq!(fetch(&mut *connection, &USERS, Some(key)).await.unwrap().len(), 1);
    connection.commit().await.unwrap();

    // Later in a transaction the unit of work has to start again.
    connection.begin(TransactionOptions::new());
    fetch(&mut *connection, &EVENTS, None).await.unwrap();
    scratch.script("ALTER TABLE users ALTER email TYPE text").await;
    let error = fetch(&mut *connection, &USERS, Some(key)).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    connection.rollback().await.unwrap();
    connection.begin(TransactionOptions::new());
    assert_eq!(fetch(&mut *connection, &USERS, Some(key)).await.unwrap().len(), 1);
}

#[derive(Clone)]
struct Unfit;

impl Value for Unfit {
    const TYPE: underpin_core::ColumnType = underpin_core::ColumnType::Text;
    fn encode(&self, _: &mut dyn Encoder) -> Result<(), CellError> {
        Err(CellError::OutOfRange("this value never fits"))
    }
    fn decode(_: &dyn underpin_core::Cells, _: usize) -> Result<Self, CellError> {
        Ok(Self)
    }
    fn same(&self, _: &Self) -> bool {
        true
    }
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_refused() {
    let scratch = with_users(1).await;
    let mut connection = scratch.connection().await;
    let mut select = Select::new(&USERS);
    select.filter(Tree::column(&USERS, 0).compare_value(Comparison::Eq, Param::new(Unfit)));
    let error = connection.fetch(&Query::Select(&select), Owned::receiver(&USERS)).await.err().unwrap();
    assert!(error.is_value() && error.to_string().contains("never fits"), "{error}");
    assert_eq!(fetch(&mut *connection, &USERS, None).await.unwrap().len(), 1);
}
