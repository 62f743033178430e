//! Keys, unique values, NOT NULL, versions, and what does not fit a column.

use super::tables::{COLOUR, LINKS, SEATS, THINGS, USERS};
use super::*;

fn user(id: i64, email: &str, version: i64) -> [Datum; 4] {
    [int(id), text(email), NULL, int(version)]
}

fn seat(id: i64, position: i64) -> [Datum; 5] {
    [int(id), int(position), NULL, NULL, text("")]
}

#[test]
fn a_unique_value_is_taken_once() {
    let driver = store(&[&USERS]);
    let mut connection = connect(&driver);
    write(&mut connection, &[insert(&USERS, &[user(1, "a", 1)])]).unwrap();

    let error = write(&mut connection, &[insert(&USERS, &[user(2, "a", 1)])]).unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!((error.constraint(), error.table()), (Some("uq_users_email"), Some("users")));

    let error = write(&mut connection, &[insert(&USERS, &[user(1, "b", 1)])]).unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(error.constraint(), Some("pk_users"));
    assert_eq!(committed(&driver, &USERS), [user(1, "a", 1)]);
}

#[test]
fn a_value_that_is_let_go_can_be_taken_by_a_later_row() {
    let driver = store(&[&USERS]);
    let mut connection = connect(&driver);
    write(&mut connection, &[insert(&USERS, &[user(1, "a", 1), user(2, "b", 1)])]).unwrap();

    let passed_on = update(&USERS, 1, &[(user(1, "a", 1), text("c")), (user(2, "b", 1), text("a"))]);
    write(&mut connection, &[passed_on]).unwrap();
    assert_eq!(committed(&driver, &USERS), [user(1, "c", 2), user(2, "a", 2)]);

    // In the other order the value is still taken when the row comes.
    let too_early = update(&USERS, 1, &[(user(1, "c", 2), text("a")), (user(2, "a", 2), text("d"))]);
    assert!(write(&mut connection, &[too_early]).unwrap_err().is_unique_violation());
}

#[test]
fn several_columns_are_unique_together_and_null_equals_nothing() {
    let driver = store(&[&SEATS]);
    let mut connection = connect(&driver);
    let at = |id, place: Datum, side: Datum| [int(id), int(id), place, side, text("")];
    write(
        &mut connection,
        &[insert(
            &SEATS,
            &[at(1, int(1), int(1)), at(2, int(1), int(2)), at(3, int(1), NULL), at(4, int(1), NULL)],
        )],
    )
    .unwrap();
    let error = write(&mut connection, &[insert(&SEATS, &[at(5, int(1), int(2))])]).unwrap_err();
    assert_eq!(error.constraint(), Some("ix_place"));
}

#[test]
fn partial_indexes_are_not_enforced() {
    let driver = store(&[&SEATS]);
    let mut connection = connect(&driver);
    let with_note = |id| [int(id), int(id), NULL, NULL, text("same")];
    write(&mut connection, &[insert(&SEATS, &[with_note(1), with_note(2)])]).unwrap();
    assert_eq!(committed(&driver, &SEATS).len(), 2);
}

#[test]
fn a_deferred_unique_constraint_is_checked_at_commit() {
    let driver = store(&[&SEATS]);
    let mut connection = begin(&driver);
    write(&mut connection, &[insert(&SEATS, &[seat(1, 1), seat(2, 2)])]).unwrap();
    // Both are at 2 for a while.
    write(&mut connection, &[update(&SEATS, 1, &[(seat(1, 1), int(2)), (seat(2, 2), int(1))])]).unwrap();
    now(connection.commit()).unwrap();
    assert_eq!(committed(&driver, &SEATS), [seat(1, 2), seat(2, 1)]);

    let mut connection = begin(&driver);
    write(&mut connection, &[insert(&SEATS, &[seat(3, 1)])]).unwrap();
    let error = now(connection.commit()).unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(error.constraint(), Some("uq_seats_position"));
    assert_eq!(committed(&driver, &SEATS).len(), 2);
}

#[test]
fn not_null_names_the_column() {
    let driver = store(&[&THINGS]);
    let mut connection = connect(&driver);
    let error =
        write(&mut connection, &[insert_some(&THINGS, &[4], &[[NULL, NULL, NULL, NULL, NULL]])]).unwrap_err();
    assert!(error.is_not_null_violation(), "{error}");
    assert_eq!((error.table(), error.column()), (Some("things"), Some("name")));
}

#[test]
fn a_version_that_has_moved_is_stale() {
    let driver = store(&[&USERS]);
    let mut connection = connect(&driver);
    write(&mut connection, &[insert(&USERS, &[user(1, "a", 1), user(2, "b", 1)])]).unwrap();
    write(&mut connection, &[update(&USERS, 2, &[(user(2, "b", 1), text("Bea"))])]).unwrap();
    let row = [int(2), text("b"), text("Bea"), int(2)];
    assert_eq!(committed(&driver, &USERS), [user(1, "a", 1).to_vec(), row.to_vec()]);

    let both = [(user(1, "a", 1), text("Al")), (user(2, "b", 1), text("Bo"))];
    let error = write(&mut connection, &[update(&USERS, 2, &both)]).unwrap_err();
    assert!(error.is_stale(), "{error}");
    assert_eq!((error.table(), error.key()), (Some("users"), Some("number 1")));
    // The first row of the group was not kept either.
    assert_eq!(committed(&driver, &USERS)[0], user(1, "a", 1));

    let error = write(&mut connection, &[delete(&USERS, &[user(2, "b", 1)])]).unwrap_err();
    assert!(error.is_stale(), "{error}");
    write(&mut connection, &[delete(&USERS, &[row])]).unwrap();
    assert_eq!(committed(&driver, &USERS), [user(1, "a", 1)]);
}

#[test]
fn a_row_that_is_not_there_is_stale() {
    let driver = store(&[&SEATS]);
    let mut connection = connect(&driver);
    assert!(write(&mut connection, &[update(&SEATS, 1, &[(seat(1, 1), int(2))])]).unwrap_err().is_stale());
    assert!(write(&mut connection, &[delete(&SEATS, &[seat(1, 1)])]).unwrap_err().is_stale());
}

#[test]
fn an_update_without_its_version_leaves_it() {
    let driver = store(&[&USERS]);
    let mut connection = connect(&driver);
    write(&mut connection, &[insert(&USERS, &[user(1, "a", 5)])]).unwrap();
    let parked = Group { versioned: false, ..update(&USERS, 1, &[(user(1, "a", 1), text("p"))]) };
    write(&mut connection, &[parked]).unwrap();
    assert_eq!(committed(&driver, &USERS), [user(1, "p", 5)]);
}

#[test]
fn what_does_not_fit_its_column_is_refused() {
    let driver = store(&[&USERS, &THINGS]);
    let mut connection = connect(&driver);
    let error =
        write(&mut connection, &[insert(&USERS, &[user(1, "more than twenty letters", 1)])]).unwrap_err();
    assert!(error.is_value(), "{error}");
    assert_eq!((error.table(), error.column()), (Some("users"), Some("email")));
    assert!(!format!("{error:?}").contains("letters"));

    let purple = [NULL, text("x"), NULL, text("purple"), NULL];
    let error = write(&mut connection, &[insert_some(&THINGS, &[1, 3, 4], &[purple])]).unwrap_err();
    assert!(error.to_string().contains(COLOUR.name), "{error}");
}

#[test]
fn a_key_may_have_several_columns_and_move() {
    let driver = store(&[&LINKS]);
    let mut connection = connect(&driver);
    let link = |left, right: &str| [int(left), text(right), NULL];
    write(&mut connection, &[insert(&LINKS, &[link(1, "a"), link(1, "b"), link(2, "a")])]).unwrap();
    let error = write(&mut connection, &[insert(&LINKS, &[link(1, "b")])]).unwrap_err();
    assert_eq!(error.constraint(), Some("pk_links"));

    write(&mut connection, &[update(&LINKS, 0, &[(link(1, "b"), int(3))])]).unwrap();
    let error =
        write(&mut connection, &[update(&LINKS, 0, &[(link(3, "b"), int(3)), (link(2, "a"), int(1))])]);
    assert!(error.unwrap_err().is_unique_violation());
    let rows = committed(&driver, &LINKS);
    assert_eq!(rows.len(), 3);
    for expected in [link(1, "a"), link(2, "a"), link(3, "b")] {
        assert!(rows.contains(&expected.to_vec()));
    }
}

#[test]
fn a_table_outside_of_the_schema_is_named() {
    let driver = store(&[&USERS]);
    let error = write(&mut connect(&driver), &[insert(&SEATS, &[seat(1, 1)])]).unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("seats"), "{error}");
}
