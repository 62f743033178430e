//! References and what becomes of them.

use super::tables::{BY_CODE, FALLING, GRANDCHILDREN, LATE, LOOSE, OWNED, PARENTS, PLAIN, RESTRICTED, TREE};
use super::*;

fn parent(id: i64) -> [Datum; 2] {
    [int(id), text(&format!("code {id}"))]
}

fn child(id: i64, parent: i64) -> [Datum; 2] {
    [int(id), int(parent)]
}

fn orphan(id: i64) -> [Datum; 2] {
    [int(id), NULL]
}

/// A store with parents 1 and 2, and a child 10 of parent 1 in this table.
fn with_child(table: &'static TableDef) -> (MemoryDriver, Box<dyn Connection>) {
    let mut tables = vec![&PARENTS, table];
    if table.name == "owned" {
        tables.push(&GRANDCHILDREN);
    }
    let driver = store(&tables);
    let mut connection = connect(&driver);
    write(&mut connection, &[insert(&PARENTS, &[parent(1), parent(2)]), insert(table, &[child(10, 1)])])
        .unwrap();
    (driver, connection)
}

#[test]
fn a_reference_needs_its_row() {
    let (driver, mut connection) = with_child(&PLAIN);
    for refused in [
        insert(&PLAIN, &[child(11, 3)]),
        update(&PLAIN, 1, &[(child(10, 1), int(3))]),
        delete(&PARENTS, &[parent(1)]),
        update(&PARENTS, 0, &[(parent(1), int(3))]),
    ] {
        let error = write(&mut connection, &[refused]).unwrap_err();
        assert!(error.is_foreign_key_violation(), "{error}");
        assert_eq!((error.constraint(), error.table()), (Some("fk_plain"), Some("plain")));
    }
    for accepted in [
        insert(&PLAIN, &[orphan(12)]),
        update(&PLAIN, 1, &[(child(10, 1), int(2))]),
        delete(&PARENTS, &[parent(1)]),
        update(&PLAIN, 1, &[(child(10, 2), NULL)]),
        delete(&PARENTS, &[parent(2)]),
    ] {
        write(&mut connection, &[accepted]).unwrap();
    }
    assert_eq!(committed(&driver, &PLAIN), [orphan(10), orphan(12)]);
}

#[test]
fn references_are_checked_when_the_last_row_is_done() {
    let driver = store(&[&TREE]);
    let mut connection = connect(&driver);
    write(&mut connection, &[insert(&TREE, &[child(1, 2), child(2, 3), child(3, 3)])]).unwrap();
    write(&mut connection, &[delete(&TREE, &[child(3, 3), child(2, 3), child(1, 2)])]).unwrap();
    assert_eq!(committed(&driver, &TREE).len(), 0);
    // One group is one statement: the next one comes too late.
    let error =
        write(&mut connection, &[insert(&TREE, &[child(1, 2)]), insert(&TREE, &[orphan(2)])]).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
}

#[test]
fn a_parent_can_be_replaced_within_a_statement() {
    let (driver, mut connection) = with_child(&PLAIN);
    // 1 becomes 3 and 2 becomes 1: in the end there is a 1.
    write(&mut connection, &[update(&PARENTS, 0, &[(parent(1), int(3)), (parent(2), int(1))])]).unwrap();
    assert_eq!(committed(&driver, &PLAIN), [child(10, 1)]);
}

#[test]
fn a_deferred_reference_is_checked_at_commit() {
    let (driver, _) = with_child(&LATE);
    let mut connection = begin(&driver);
    write(&mut connection, &[insert(&LATE, &[child(11, 3)]), delete(&PARENTS, &[parent(1)])]).unwrap();
    write(&mut connection, &[insert(&PARENTS, &[parent(3), parent(1)])]).unwrap();
    now(connection.commit()).unwrap();

    let mut connection = begin(&driver);
    write(&mut connection, &[delete(&PARENTS, &[parent(1)])]).unwrap();
    let error = now(connection.commit()).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    assert_eq!(error.constraint(), Some("fk_late_parent_parents"));
    assert_eq!(committed(&driver, &PARENTS).len(), 3);

    // Alone, a request is a whole transaction.
    let error = write(&mut connect(&driver), &[insert(&LATE, &[child(12, 4)])]).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
}

#[test]
fn restrict_is_not_put_off() {
    let (driver, _) = with_child(&RESTRICTED);
    let mut connection = begin(&driver);
    let error = write(&mut connection, &[delete(&PARENTS, &[parent(1)])]).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    now(connection.rollback()).unwrap();
    // Its other half is: the row may come later.
    let mut connection = begin(&driver);
    write(&mut connection, &[insert(&RESTRICTED, &[child(11, 3)]), insert(&PARENTS, &[parent(3)])]).unwrap();
    now(connection.commit()).unwrap();
}

#[test]
fn deletes_and_new_keys_cascade() {
    let (driver, mut connection) = with_child(&OWNED);
    write(&mut connection, &[insert(&GRANDCHILDREN, &[child(100, 10), child(101, 10)])]).unwrap();

    write(&mut connection, &[update(&PARENTS, 0, &[(parent(1), int(7))])]).unwrap();
    assert_eq!(committed(&driver, &OWNED), [child(10, 7)]);

    write(&mut connection, &[delete(&PARENTS, &[[int(7), text("code 1")]])]).unwrap();
    assert_eq!(committed(&driver, &OWNED).len(), 0);
    assert_eq!(committed(&driver, &GRANDCHILDREN).len(), 0);
    assert_eq!(committed(&driver, &PARENTS), [parent(2)]);
}

#[test]
fn references_become_null() {
    let (driver, mut connection) = with_child(&LOOSE);
    write(&mut connection, &[insert(&LOOSE, &[child(11, 2)])]).unwrap();
    write(&mut connection, &[update(&PARENTS, 0, &[(parent(2), int(3))]), delete(&PARENTS, &[parent(1)])])
        .unwrap();
    assert_eq!(committed(&driver, &LOOSE), [orphan(10), orphan(11)]);
}

#[test]
fn references_fall_back_to_their_default() {
    let (driver, mut connection) = with_child(&FALLING);
    // The default is 9, which must be there.
    let error = write(&mut connection, &[delete(&PARENTS, &[parent(1)])]).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    write(&mut connection, &[insert(&PARENTS, &[parent(9)]), delete(&PARENTS, &[parent(1)])]).unwrap();
    assert_eq!(committed(&driver, &FALLING), [child(10, 9)]);
    // Nor may the row of the default itself go while it is needed.
    let error = write(&mut connection, &[delete(&PARENTS, &[parent(9)])]).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
}

#[test]
fn a_reference_may_name_a_unique_value() {
    let driver = store(&[&PARENTS, &BY_CODE]);
    let mut connection = connect(&driver);
    write(&mut connection, &[insert(&PARENTS, &[parent(1)])]).unwrap();
    write(&mut connection, &[insert(&BY_CODE, &[[int(5), text("code 1")]])]).unwrap();
    let error = write(&mut connection, &[insert(&BY_CODE, &[[int(6), text("code 2")]])]).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    write(&mut connection, &[update(&PARENTS, 1, &[(parent(1), text("new"))])]).unwrap();
    assert_eq!(committed(&driver, &BY_CODE), [[int(5), text("new")]]);
}
