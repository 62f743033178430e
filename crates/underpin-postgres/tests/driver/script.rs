//! Statements of the caller's own.

use underpin_sql::driver::TransactionOptions;

use crate::scratch::Scratch;
use crate::tables::USERS;

#[tokio::test]
async fn cells_come_back_as_text() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let sql = "SELECT true, 1::int2, -2, 3::int8, 1.50::numeric, 'x'::text, 'n'::name, NULL, 'so so'::mood, \
               '2024-02-29'::date, '00:00:01.5'::time, '2024-02-29 12:00:00.000001'::timestamp, \
               '2024-02-29 12:00:00+00'::timestamptz, '{\"a\":1}'::json, '\\x01ff'::bytea, \
               '12121212-1212-1212-1212-121212121212'::uuid, 0.5::float8, '1 day'::interval";
    let rows = connection.texts(sql, &[]).await.unwrap();
    let texts: Vec<Option<&str>> = rows[0].iter().map(Option::as_deref).collect();
    assert_eq!(
        texts,
        [
            Some("true"),
            Some("1"),
            Some("-2"),
            Some("3"),
            Some("1.50"),
            Some("x"),
            Some("n"),
            None,
            Some("so so"),
            Some("2024-02-29"),
            Some("00:00:01.500000"),
            Some("2024-02-29 12:00:00.000001"),
            Some("2024-02-29 12:00:00+00"),
            Some("{\"a\":1}"),
            Some("\\x01ff"),
            Some("12121212-1212-1212-1212-121212121212"),
            Some("5e-1"),
            Some("0 mons 1 days 00:00:00"),
        ]
    );
    let error = connection.texts("SELECT ARRAY[1, 2] AS some", &[]).await.unwrap_err();
    assert!(error.to_string().contains("some") && error.hint().unwrap().contains("::text"), "{error}");
    let rows =
        connection.texts("SELECT ARRAY[1, 2]::text, oid::text FROM pg_class LIMIT 0", &[]).await.unwrap();
    assert!(rows.is_empty());
}

#[tokio::test]
async fn parameters_are_text_of_whatever_type_is_asked_for() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let sql = "INSERT INTO users (id, email, age) VALUES ($1, $2, $3) RETURNING age + 1, version";
    let rows = connection.texts(sql, &[Some("it's"), Some("a\\b"), Some("41")]).await.unwrap();
    assert_eq!(rows, [[Some("42".to_owned()), Some("1".to_owned())]]);
    let rows = connection.texts(sql, &[Some("other"), Some("other"), None]).await.unwrap();
    assert_eq!(rows, [[None, Some("1".to_owned())]]);
    let by_oid = "SELECT relname FROM pg_class WHERE oid = $1";
    let oid = connection.texts("SELECT 'users'::regclass::oid::text", &[]).await.unwrap()[0][0].clone();
    let rows = connection.texts(by_oid, &[oid.as_deref()]).await.unwrap();
    assert_eq!(rows, [[Some("users".to_owned())]]);
    let error = connection.texts("SELECT $1::int", &[Some("secret")]).await.unwrap_err();
    assert!(!format!("{error:?}").contains("secret") && error.sqlstate() == Some("22P02"), "{error:?}");
    assert_eq!(connection.texts("SHOW server_encoding", &[]).await.unwrap(), [[Some("UTF8".to_owned())]]);
}

#[tokio::test]
async fn a_script_is_all_or_nothing_and_its_failure_has_a_line() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let sql = "INSERT INTO users VALUES ('a', 'a', 1, 1);\nINSERT INTO users VALUES ('b', 'b', 1, 1);\nSELECT colour FROM users";
    let error = connection.script(sql).await.unwrap_err();
    assert_eq!(error.to_string(), "line 3: column \"colour\" does not exist (SQLSTATE 42703)");
    assert_eq!(scratch.count(&USERS).await, 0);

    connection.begin(TransactionOptions::new());
    connection
        .script("INSERT INTO users VALUES ('a', 'a', 1, 1); INSERT INTO users VALUES ('b', 'b', 1, 1)")
        .await
        .unwrap();
    connection.rollback().await.unwrap();
    assert_eq!(scratch.count(&USERS).await, 0);
}

#[tokio::test]
async fn what_a_statement_leaves_in_the_session_is_not_handed_on() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0&options=-c%20work_mem%3D5MB").await;
    let whoami = "SELECT pg_backend_pid()::text";
    let mut connection = scratch.connection().await;
    let pid = connection.texts(whoami, &[]).await.unwrap();
    connection.texts("SELECT pg_advisory_lock(42) IS NULL", &[]).await.unwrap();
    connection.texts("SET work_mem = '6MB'", &[]).await.unwrap();
    connection.texts("SET search_path = nowhere", &[]).await.unwrap();
    drop(connection);

    let mut connection = scratch.connection().await;
    assert_eq!(connection.texts(whoami, &[]).await.unwrap(), pid, "the connection is the same");
    assert_eq!(connection.texts("SHOW work_mem", &[]).await.unwrap(), [[Some("5MB".to_owned())]]);
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(connection.texts(locks, &[]).await.unwrap(), [[Some("0".to_owned())]]);
    // After a script there is no telling, so the connection is closed.
    connection.script("BEGIN; SET search_path = nowhere").await.unwrap();
    drop(connection);
    let mut connection = scratch.connection().await;
    assert_ne!(connection.texts(whoami, &[]).await.unwrap(), pid);
}

#[tokio::test]
async fn what_is_found_at_the_very_end_of_a_statement_is_told() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    connection
        .script(
            "CREATE TABLE parent (id bigint PRIMARY KEY);
             CREATE TABLE child (parent bigint REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
        )
        .await
        .unwrap();
    let orphan = "INSERT INTO child VALUES (4711)";
    let error = connection.texts(orphan, &[]).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("23503"), "{error}");
    // In a transaction it is its end that finds out.
    let mut connection = scratch.connection().await;
    connection.begin(TransactionOptions::new());
    connection.texts(orphan, &[]).await.unwrap();
    assert_eq!(connection.commit().await.unwrap_err().sqlstate(), Some("23503"));
    connection.rollback().await.unwrap();
    assert_eq!(connection.texts("SELECT count(*) FROM child", &[]).await.unwrap(), [[Some("0".to_owned())]]);
}
