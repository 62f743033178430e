//! Saving writes the difference, and nothing else.

use underpin::Database;

use crate::model::{Item, ItemRow, Line, LineRow, Order, OrderHead, OrderRow, Suite, Tag};

async fn add(database: &Database<Suite>, orders: &mut [Order]) {
    let mut uow = database.begin().await.unwrap();
    if database.get::<Tag>(1).await.unwrap().is_none() {
        uow.add(&mut Tag { id: 1, name: "one".to_owned() }).unwrap();
    }
    for order in orders {
        uow.add(order).unwrap();
    }
    uow.commit().await.unwrap();
}

/// The rows of all tables of orders.
async fn rows(database: &Database<Suite>) -> Vec<Order> {
    database.select::<Order>().order_by(OrderRow::ID.asc()).all().await.unwrap()
}

/// Added ones are inserted, missing ones deleted with what they have, changed ones updated in what differs.
pub async fn only_the_difference_is_written(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 3, 2)]).await;
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    uow.save(&mut order).unwrap();
    assert!(uow.plan().unwrap().groups.is_empty(), "{}", uow.plan().unwrap());

    order.lines[0].quantity = 2;
    order.lines[1].items[0].label = "another".to_owned();
    order.lines[1].items.push(Item { id: 99_999, label: "new".to_owned() });
    order.lines.remove(2);
    order.address = Some("Lane 2".to_owned());
    order.tags.push((1, None));
    uow.save(&mut order).unwrap();
    assert_eq!(
        uow.plan().unwrap().to_string(),
        "DELETE line_items: 2 rows\n\
         DELETE order_lines: 1 row\n\
         UPDATE orders: 1 row, its version alone\n\
         UPDATE order_lines: 1 row, columns quantity\n\
         UPDATE line_items: 1 row, columns label\n\
         INSERT order_addresses: 1 row\n\
         INSERT line_items: 1 row\n\
         INSERT order_tags: 1 row\n"
    );
    uow.commit().await.unwrap();
    order.version = 2;
    assert_eq!(rows(database).await, [order]);
}

/// Changed and changed back, added and removed again: nothing is written, and no version counted.
pub async fn changed_back_is_no_change(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 2, 2)]).await;
    let mut uow = database.begin().await.unwrap();
    let before = uow.get::<Order>(1).await.unwrap().unwrap();
    let mut order = before.clone();
    order.lines[0].items[0].label = "changed".to_owned();
    order.lines.remove(1);
    order.lines.push(Line {
        id: 77,
        place: 7,
        quantity: 1,
        items: vec![Item { id: 78, label: String::new() }],
    });
    order.address = Some("Lane 3".to_owned());
    uow.save(&mut order).unwrap();
    uow.save(&mut before.clone()).unwrap();
    assert!(uow.plan().unwrap().groups.is_empty(), "{}", uow.plan().unwrap());
    assert_eq!(uow.get::<Order>(1).await.unwrap().unwrap(), before);
    uow.commit().await.unwrap();
    assert_eq!(rows(database).await, [before]);
}

/// A part that goes from one parent to another is one update, whichever of the two is saved first.
pub async fn a_part_that_moves_is_an_update(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 2, 2), Order::filled(2, 1, 1)]).await;
    for (giving_first, version) in [(true, 2), (false, 3)] {
        let mut uow = database.begin().await.unwrap();
        let mut one = uow.get::<Order>(1).await.unwrap().unwrap();
        let mut two = uow.get::<Order>(2).await.unwrap().unwrap();
        let (from, to) = if giving_first { (&mut one, &mut two) } else { (&mut two, &mut one) };
        let mut line = from.lines.pop().unwrap();
        line.place = 10;
        to.lines.push(line);
        to.lines.sort_by_key(|line| line.id);
        let item = from.lines[0].items.pop().unwrap();
        to.lines[0].items.push(item);
        to.lines[0].items.sort_by_key(|item| item.id);
        if giving_first {
            uow.save(&mut one).unwrap();
            uow.save(&mut two).unwrap();
        } else {
            uow.save(&mut one).unwrap();
            uow.save(&mut two).unwrap();
            uow.save(&mut one).unwrap();
        }
        assert_eq!(uow.get::<Order>(1).await.unwrap().unwrap(), one);
        assert_eq!(uow.get::<Order>(2).await.unwrap().unwrap(), two);
        let plan = uow.plan().unwrap();
        assert!(plan.groups.iter().all(|group| group.kind.sql() == "UPDATE"), "{plan}");
        assert_eq!(plan.groups.iter().map(|group| group.rows.len()).sum::<usize>(), 4, "{plan}");
        uow.commit().await.unwrap();
        (one.version, two.version) = (version, version);
        assert_eq!(rows(database).await, [one, two]);
    }
}

/// Unique values of parts change hands as those of any row.
pub async fn parts_swap_unique_values(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 3, 1)]).await;
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    (order.lines[0].place, order.lines[1].place) = (2, 1);
    order.lines[2] = Line { id: 50, place: 3, quantity: 5, items: Vec::new() };
    order.lines.sort_by_key(|line| line.id);
    uow.save(&mut order).unwrap();
    uow.commit().await.unwrap();
    order.version = 2;
    assert_eq!(rows(database).await, [order]);
}

/// Removing the root removes what belongs to it, and nothing else.
pub async fn the_root_takes_its_parts_along(database: &Database<Suite>) {
    let mut orders = [Order::filled(1, 2, 2), Order::filled(2, 2, 2)];
    orders[0].address = Some("Lane 4".to_owned());
    orders[0].tags = vec![(1, None)];
    add(database, &mut orders).await;
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    uow.remove(&mut order).unwrap();
    assert_eq!(
        uow.plan().unwrap().groups.iter().map(|group| group.rows.len()).sum::<usize>(),
        1 + 2 + 4 + 1 + 1
    );
    uow.commit().await.unwrap();
    assert_eq!(rows(database).await, orders[1..]);
    assert!(database.get::<Tag>(1).await.unwrap().is_some());

    // Removed and added again: what is the same stays where it is.
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(2).await.unwrap().unwrap();
    uow.remove(&mut order).unwrap();
    order.lines.pop();
    uow.add(&mut order).unwrap();
    assert_eq!(
        uow.plan().unwrap().to_string(),
        "DELETE line_items: 2 rows\nDELETE order_lines: 1 row\nUPDATE orders: 1 row, its version alone\n"
    );
    uow.commit().await.unwrap();
    order.version = 2;
    assert_eq!(rows(database).await, [order.clone()]);

    // Added and removed: nothing at all.
    let mut uow = database.begin().await.unwrap();
    let mut short = Order::filled(7, 2, 2);
    uow.add(&mut short).unwrap();
    uow.remove(&mut short).unwrap();
    assert!(uow.plan().unwrap().groups.is_empty());
    uow.commit().await.unwrap();
    assert_eq!(rows(database).await, [order]);
}

/// Two people change different lines of one order: the second one is stale.
pub async fn parts_count_for_the_version(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 2, 1)]).await;
    let (mut a, mut b) = (database.begin().await.unwrap(), database.get::<Order>(1).await.unwrap().unwrap());
    let mut order = a.get::<Order>(1).await.unwrap().unwrap();
    order.lines[0].quantity = 5;
    a.save(&mut order).unwrap();
    a.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    uow.attach(&b).unwrap();
    b.lines[1].items.clear();
    uow.save(&mut b).unwrap();
    assert!(uow.commit().await.unwrap_err().is_stale());
    order.version = 2;
    assert_eq!(rows(database).await, [order.clone()]);

    // Attached as it is now, its change is written.
    let mut uow = database.begin().await.unwrap();
    uow.attach(&order).unwrap();
    assert!(uow.attach(&order).unwrap_err().is_usage());
    order.lines[1].items.clear();
    uow.save(&mut order).unwrap();
    uow.commit().await.unwrap();
    order.version = 3;
    assert_eq!(rows(database).await, [order]);
}

/// Going back to a savepoint brings back what belongs to what.
pub async fn a_savepoint_remembers_parts(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 2, 2), Order::filled(2, 1, 1)]).await;
    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Order>(1).await.unwrap().unwrap();
    one.lines[0].quantity = 3;
    uow.save(&mut one).unwrap();
    let savepoint = uow.savepoint().await.unwrap();
    one.version = 2;
    let kept = one.clone();

    let mut two = uow.get::<Order>(2).await.unwrap().unwrap();
    two.lines.extend(one.lines.pop().map(|line| Line { place: 5, ..line }));
    uow.save(&mut one).unwrap();
    uow.save(&mut two).unwrap();
    uow.add(&mut Order::filled(3, 1, 1)).unwrap();
    uow.flush().await.unwrap();
    uow.rollback_to(savepoint).await.unwrap();

    assert_eq!(uow.get::<Order>(1).await.unwrap().unwrap(), kept);
    assert_eq!(uow.get::<Order>(2).await.unwrap().unwrap(), Order::filled(2, 1, 1));
    assert_eq!(uow.get::<Order>(3).await.unwrap(), None);
    one = kept;
    one.lines.remove(0);
    uow.save(&mut one).unwrap();
    uow.commit().await.unwrap();
    one.version = 3;
    assert_eq!(rows(database).await, [one, Order::filled(2, 1, 1)]);
}

/// Wrong use says what and where, and what was registered in part is never written.
pub async fn wrong_parts_are_refused(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 2, 1)]).await;
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    let twin = order.lines[0].clone();
    order.lines.push(twin);
    let error = uow.save(&mut order).unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("order_lines"), "{error}");
    assert!(uow.commit().await.unwrap_err().is_usage());

    let mut uow = database.begin().await.unwrap();
    let error = uow.save(&mut Order::filled(2, 1, 1)).unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("orders"), "{error}");
    let mut stolen = Order::new(2, "thief");
    stolen.lines = order.lines[..1].to_vec();
    uow.add(&mut stolen).unwrap();
    assert!(
        uow.commit().await.unwrap_err().is_unique_violation(),
        "a line that nobody has loaded is a new one"
    );
    assert_eq!(rows(database).await, [Order::filled(1, 2, 1)]);
}

/// The events of an aggregate are stored with it, once.
pub async fn aggregates_have_events(database: &Database<Suite>) {
    let mut order = Order { placed: true, ..Order::filled(1, 1, 1) };
    add(database, std::slice::from_mut(&mut order)).await;
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    (order.placed, order.lines[0].quantity) = (true, 4);
    uow.save(&mut order).unwrap();
    assert_eq!(uow.outgoing().len(), 1);
    uow.commit().await.unwrap();
    let held = crate::random::contents(database).await.unwrap();
    assert_eq!(held.events.iter().filter(|(what, id)| what == "order_placed" && *id == 1).count(), 2);
}

/// Rows of part tables, as the database has them: nobody's are left behind.
pub async fn no_row_is_left_behind(database: &Database<Suite>) {
    add(database, &mut [Order::filled(1, 3, 3)]).await;
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    order.lines.truncate(1);
    uow.save(&mut order).unwrap();
    uow.flush().await.unwrap();
    order.lines[0].items.truncate(1);
    uow.save(&mut order).unwrap();
    uow.commit().await.unwrap();
    let lines = database.select::<PlainLine>().filter(LineRow::ID.gt(0)).all().await.unwrap();
    let items = database.select::<PlainItem>().filter(ItemRow::ID.gt(0)).all().await.unwrap();
    assert_eq!((lines.len(), items.len()), (1, 1));
    assert_eq!(database.get::<OrderHead>(1).await.unwrap().unwrap().2, 3);
}

struct PlainLine;
struct PlainItem;

macro_rules! plain {
    ($name:ident: $row:ident { $($field:ident: $value:expr),+ }) => {
        impl underpin::Entity<Suite> for $name {
            type Row = $row;
            fn to_row(&self) -> $row {
                $row { $($field: $value),+ }
            }
            fn from_row(_: $row) -> Result<Self, underpin::MappingError> {
                Ok(Self)
            }
        }
        impl underpin::Events<Suite> for $name {}
    };
}

plain!(PlainLine: LineRow { id: 0, order_id: 0, place: 0, quantity: 0 });
plain!(PlainItem: ItemRow { id: 0, line_id: 0, label: String::new() });
