//! Values that the store makes, and how many requests it counts.

use super::tables::{COMPUTED, SMALL, THINGS, USERS};
use super::*;

const TOKEN_GIVEN: &[usize] = &[1, 4];

fn thing(name: &str) -> [Datum; 5] {
    [NULL, text(name), NULL, NULL, NULL]
}

#[test]
fn counted_columns_and_plain_defaults_come_back_in_the_order_of_the_rows() {
    let driver = store(&[&THINGS]);
    let mut connection = connect(&driver);
    let group = insert_some(&THINGS, TOKEN_GIVEN, &[thing("b"), thing("a")]).returning(&[0, 2, 3]);
    let returned = write(&mut connection, &[group]).unwrap();
    let rows = &returned[0];
    assert_eq!((rows[0].0[0].clone(), rows[1].0[0].clone()), (int(1), int(2)));
    assert_eq!(rows[0].0[2], text("green"));
    let moment = &rows[0].0[1];
    // After the beginning of 2024, and the same for both rows.
    assert!(matches!(moment, Datum::Micros(micros) if *micros > 1_704_067_200_000_000), "no moment");
    assert_eq!(moment, &rows[1].0[1]);
    assert_eq!(committed(&driver, &THINGS)[0], [int(1), text("b"), moment.clone(), text("green"), NULL]);
}

#[test]
fn the_present_moment_is_that_of_the_transaction() {
    let driver = store(&[&THINGS]);
    let mut connection = begin(&driver);
    let moment = |connection: &mut Box<dyn Connection>| {
        write(connection, &[insert_some(&THINGS, TOKEN_GIVEN, &[thing("a")]).returning(&[2])]).unwrap()
    };
    let first = moment(&mut connection);
    std::thread::sleep(std::time::Duration::from_millis(1));
    assert_eq!(moment(&mut connection), first);
    now(connection.rollback()).unwrap();
    assert_ne!(moment(&mut connection), first);
}

#[test]
fn counters_do_not_go_back_nor_follow_given_values() {
    let driver = store(&[&THINGS]);
    let mut connection = begin(&driver);
    write(&mut connection, &[insert_some(&THINGS, TOKEN_GIVEN, &[thing("a")])]).unwrap();
    now(connection.rollback()).unwrap();
    let given = [int(3), text("given"), NULL, NULL, NULL];
    write(&mut connection, &[insert_some(&THINGS, &[0, 1, 4], &[given])]).unwrap();
    let returned =
        write(&mut connection, &[insert_some(&THINGS, TOKEN_GIVEN, &[thing("b")]).returning(&[0])]).unwrap();
    assert_eq!(returned[0][0].0, [int(2)]);
    // As in PostgreSQL, whose sequence knows nothing of the value that was given.
    let error = write(&mut connection, &[insert_some(&THINGS, TOKEN_GIVEN, &[thing("c")])]).unwrap_err();
    assert_eq!(error.constraint(), Some("pk_things"));
}

#[test]
fn a_counter_ends_where_its_column_does() {
    let driver = store(&[&SMALL]);
    let mut connection = connect(&driver);
    let rows: Vec<[Datum; 1]> = vec![[NULL]; 32_767];
    write(&mut connection, &[insert_some(&SMALL, &[], &rows)]).unwrap();
    let error = write(&mut connection, &[insert_some(&SMALL, &[], &[[NULL]])]).unwrap_err();
    assert!(error.is_value(), "{error}");
    let error = write(&mut connection, &[insert(&SMALL, &[[int(1)]])]).unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("small.id"), "{error}");
}

#[test]
fn what_only_a_database_can_compute_is_refused() {
    let driver = store(&[&THINGS, &COMPUTED]);
    let mut connection = connect(&driver);
    let error = write(&mut connection, &[insert_some(&THINGS, &[1], &[thing("a")])]).unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("things.token"), "{error}");
    assert!(error.hint().is_some());
    let error = write(&mut connection, &[insert_some(&COMPUTED, &[0], &[[int(1), NULL]])]).unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("computed.double"), "{error}");
}

#[test]
fn rows_are_loaded_in_bulk() {
    let driver = store(&[&USERS]);
    let mut connection = connect(&driver);
    let rows: Vec<[Datum; 4]> = (0..100).map(|id| [int(id), text(&id.to_string()), NULL, int(1)]).collect();
    let group = insert(&USERS, &rows);
    assert_eq!(now(connection.load(&USERS, &mut Some((group.columns, &group.rows)))).unwrap(), 100);
    assert!(
        now(connection.load(&USERS, &mut Some((group.columns, &group.rows))))
            .unwrap_err()
            .is_unique_violation()
    );
    assert_eq!(committed(&driver, &USERS).len(), 100);
}

#[test]
fn there_is_no_sql() {
    let driver = store(&[&USERS]);
    let mut connection = connect(&driver);
    assert!(now(connection.script("SELECT 1")).unwrap_err().is_usage());
    let error = now(connection.texts("SELECT $1", &[Some("hunter2")])).unwrap_err();
    assert!(error.is_usage() && !format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[test]
fn statements_and_round_trips_are_counted() {
    let driver = store(&[&USERS]);
    let counts = || {
        let status = driver.status();
        (status.statements, status.round_trips)
    };
    let mut connection = begin(&driver);
    assert_eq!(driver.status().open, 1);
    assert_eq!(counts(), (0, 0));
    let user = |id: i64| insert(&USERS, &[[int(id), text(&id.to_string()), NULL, int(1)]]);
    write(&mut connection, &[user(1), user(2)]).unwrap();
    assert_eq!(counts(), (2, 1));
    all(&mut connection, &USERS);
    assert_eq!(counts(), (3, 2));
    now(connection.commit()).unwrap();
    assert_eq!(counts(), (3, 3));
    // A transaction in which nothing was asked is nothing.
    connection.begin(TransactionOptions::new());
    now(connection.commit()).unwrap();
    connection.begin(TransactionOptions::new());
    now(connection.rollback()).unwrap();
    now(connection.write(&Batch { steps: &[], commit: true })).unwrap();
    assert_eq!(counts(), (3, 3));
    let third = user(3);
    connection.begin(TransactionOptions::new());
    now(connection.write(&Batch { steps: &[third.step()], commit: true })).unwrap();
    assert_eq!(counts(), (4, 4));
    assert!(!connection.in_transaction());
    drop(connection);
    assert_eq!(driver.status().open, 0);
}

#[test]
fn a_closed_store_gives_no_connections() {
    let driver = store(&[&USERS]);
    let mut connection = connect(&driver);
    now(driver.close());
    assert!(now(driver.acquire(Access::Read)).err().unwrap().is_usage());
    assert_eq!(all(&mut connection, &USERS).len(), 0);
    assert!(format!("{driver:?}").contains("users"));
}
