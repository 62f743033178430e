//! Conditions, order, portions.

use underpin_core::Value;
use underpin_schema::{NullsOrder, SortOrder};
use underpin_sql::{Comparison, Order, Param, Tree};

use super::tables::{LINKS, THINGS};
use super::*;

/// left, right, weight: 1 a 1.5, 2 b NULL, 3 c 0.5
fn links() -> MemoryDriver {
    let driver = store(&[&LINKS, &THINGS]);
    let rows = [
        [int(1), text("a"), Datum::Float(1.5)],
        [int(2), text("b"), NULL],
        [int(3), text("c"), Datum::Float(0.5)],
    ];
    write(&mut connect(&driver), &[insert(&LINKS, &rows)]).unwrap();
    driver
}

fn weight<V: Value>(comparison: Comparison, value: V) -> Tree {
    Tree::column(&LINKS, 2).compare_value(comparison, Param::new(value))
}

fn weights(values: &[Option<f64>]) -> Tree {
    Tree::column(&LINKS, 2).is_in(values.iter().map(|value| Param::new(*value)).collect())
}

fn not(tree: Tree) -> Tree {
    tree.negated()
}

/// The first columns of the rows for which a condition holds.
fn holds(driver: &MemoryDriver, tree: Tree) -> Vec<Datum> {
    let mut select = Select::new(&LINKS);
    select.filter(tree);
    select.order = vec![Order::asc(Tree::column(&LINKS, 0))];
    let rows = fetch(&mut connect(driver), &Query::Select(&select)).unwrap();
    rows.into_iter().map(|row| row[0].clone()).collect()
}

#[test]
fn null_makes_a_condition_unknown() {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    let driver = links();
    let is_null = |negated| {
        let weight = Tree::column(&LINKS, 2);
        if negated { weight.is_not_null() } else { weight.is_null() }
    };
    let (none, all): (&[i64], &[i64]) = (&[], &[1, 2, 3]);
    for (name, tree, expected) in [
        ("=", weight(Eq, 1.5), [1].as_slice()),
        ("<>", weight(Ne, 1.5), &[3]),
        ("<", weight(Lt, 1.5), &[3]),
        ("<=", weight(Le, 1.5), &[1, 3]),
        (">", weight(Gt, 0.5), &[1]),
        (">=", weight(Ge, 0.5), &[1, 3]),
        ("< NULL", weight(Lt, None::<f64>), none),
        ("NOT <", not(weight(Lt, 1.5)), &[1]),
        ("NOT < NULL", not(weight(Lt, None::<f64>)), none),
        ("IS NULL", is_null(false), &[2]),
        ("IS NOT NULL", is_null(true), &[1, 3]),
        ("NOT IS NULL", not(is_null(false)), &[1, 3]),
        ("IN", weights(&[Some(1.5), Some(2.0)]), &[1]),
        ("NOT IN", not(weights(&[Some(1.5)])), &[3]),
        ("IN with NULL", weights(&[Some(1.5), None]), &[1]),
        ("NOT IN with NULL", not(weights(&[Some(1.5), None])), none),
        ("IN ()", weights(&[]), none),
        ("NOT IN ()", not(weights(&[])), all),
        ("AND of none", Tree::all(Vec::new()), all),
        ("OR of none", Tree::any(Vec::new()), none),
        ("unknown OR true", Tree::any(vec![weight(Gt, 1.0), is_null(false)]), &[1, 2]),
        ("NOT (unknown OR false)", not(Tree::any(vec![weight(Gt, 1.0), Tree::any(Vec::new())])), &[3]),
        ("NOT (unknown AND false)", not(Tree::all(vec![weight(Gt, 1.0), is_null(true)])), &[2, 3]),
        ("NOT (unknown AND true)", not(Tree::all(vec![weight(Gt, 1.0), Tree::all(Vec::new())])), &[3]),
    ] {
        let expected: Vec<Datum> = expected.iter().map(|id| int(*id)).collect();
        let found = holds(&driver, tree);
        assert!(found == expected, "{name}: {} rows, not {}", found.len(), expected.len());
    }
}

#[test]
fn nulls_stand_where_the_order_says() {
    let driver = links();
    use NullsOrder::{Default, First, Last};
    use SortOrder::{Asc, Desc};
    for (sort, nulls, expected) in [
        (Asc, Default, [3, 1, 2]),
        (Desc, Default, [2, 1, 3]),
        (Asc, First, [2, 3, 1]),
        (Desc, Last, [1, 3, 2]),
    ] {
        let mut select = Select::new(&LINKS);
        select.order = vec![Order { by: Tree::column(&LINKS, 2), sort, nulls }];
        let rows = fetch(&mut connect(&driver), &Query::Select(&select)).unwrap();
        let found: Vec<Datum> = rows.into_iter().map(|row| row[0].clone()).collect();
        assert!(found == expected.map(int), "{sort:?} {nulls:?}");
    }
}

#[test]
fn later_keys_order_what_earlier_ones_leave_open() {
    let driver = links();
    let more = [[int(1), text("z"), NULL], [int(1), text("y"), NULL]];
    write(&mut connect(&driver), &[insert(&LINKS, &more)]).unwrap();
    let mut select = Select::new(&LINKS);
    let by = |column, sort| Order { by: Tree::column(&LINKS, column), sort, nulls: NullsOrder::Default };
    select.order = vec![by(0, SortOrder::Asc), by(1, SortOrder::Desc)];
    select.offset = Some(1);
    select.limit = Some(3);
    let rows = fetch(&mut connect(&driver), &Query::Select(&select)).unwrap();
    let found: Vec<Datum> = rows.into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(found, [text("y"), text("a"), text("b")]);
    select.offset = Some(u64::MAX);
    assert_eq!(fetch(&mut connect(&driver), &Query::Select(&select)).unwrap().len(), 0);
}

#[test]
fn rows_are_found_by_key_each_once() {
    let driver = links();
    // In the order of the key's columns, which is not that of the table's.
    let keys = [("b".to_owned(), 2_i64), ("b".to_owned(), 2), ("a".to_owned(), 9), ("a".to_owned(), 1)];
    let rows = KeyRows::new(&LINKS, &keys);
    let query = Query::Keys { table: &LINKS, keys: &rows, lock: Lock::None };
    let found = fetch(&mut connect(&driver), &query).unwrap();
    assert_eq!(found, [vec![int(1), text("a"), Datum::Float(1.5)], vec![int(2), text("b"), NULL]]);
}

#[test]
fn an_unfit_value_names_its_column() {
    let driver = links();
    let mut select = Select::new(&THINGS);
    let purple = Param::new("purple".to_owned());
    select.filter(Tree::column(&THINGS, 3).compare_value(Comparison::Eq, purple));
    let error = fetch(&mut connect(&driver), &Query::Select(&select)).unwrap_err();
    assert!(error.is_value() && error.column() == Some("colour"), "{error}");
}

#[test]
fn a_result_comes_in_portions() {
    let driver = links();
    let mut connection = begin(&driver);
    let select = Select::new(&LINKS);
    let query = Query::Select(&select);
    let mut stream = now(connection.stream(&query)).unwrap();
    let mut sizes = Vec::new();
    loop {
        let keep = Keep { table: &LINKS, rows: Vec::new() };
        let (rows, more) = now(stream.next(Box::new(keep), 2)).unwrap();
        sizes.push(kept(rows).len());
        if !more {
            break;
        }
    }
    assert_eq!(sizes, [2, 1]);
    drop(stream);
    now(connection.commit()).unwrap();
}

/// Refuses every row.
struct Refuse;

impl Receive for Refuse {
    fn row(&mut self, _cells: &dyn Cells) -> Result<()> {
        Err(underpin_core::Error::mapping("refused"))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

#[test]
fn a_row_that_cannot_be_decoded_aborts_the_transaction() {
    let driver = links();
    let select = Select::new(&LINKS);
    let query = Query::Select(&select);

    let mut connection = begin(&driver);
    assert!(now(connection.fetch(&query, Box::new(Refuse))).is_err());
    assert!(fetch(&mut connection, &query).unwrap_err().is_usage());

    let mut connection = begin(&driver);
    let mut stream = now(connection.stream(&query)).unwrap();
    assert!(now(stream.next(Box::new(Refuse), 10)).is_err());
    drop(stream);
    assert!(fetch(&mut connection, &query).unwrap_err().is_usage());

    // Outside of one there is nothing to abort.
    let mut connection = connect(&driver);
    assert!(now(connection.fetch(&query, Box::new(Refuse))).is_err());
    assert_eq!(fetch(&mut connection, &query).unwrap().len(), 3);
}
