//! Loading takes one statement for each table, and gives the unit of work's own version.

use underpin::{Database, Error};

use crate::model::{Order, OrderHead, OrderRow, Suite, Tag};

/// Three orders of four lines of two items, and one without anything.
async fn stocked(database: &Database<Suite>) -> Vec<Order> {
    let mut orders: Vec<Order> = (1..=3).map(|id| Order::filled(id, 4, 2)).collect();
    orders.push(Order::new(4, "nobody"));
    orders[0].address = Some("Lane 1".to_owned());
    orders[0].tags = vec![(1, None), (2, Some("rush".to_owned()))];
    orders[2].tags = vec![(2, None)];
    let mut uow = database.begin().await.unwrap();
    for id in 1..=2 {
        uow.add(&mut Tag { id, name: format!("tag {id}") }).unwrap();
    }
    for order in &mut orders {
        uow.add(order).unwrap();
    }
    uow.commit().await.unwrap();
    orders
}

/// Five tables, five statements, whatever the number of orders and the way in which they are asked for.
pub async fn one_statement_a_table(database: &Database<Suite>) {
    let orders = stocked(database).await;
    let spent = |before: u64| database.status().statements - before;

    let before = database.status().statements;
    assert_eq!(database.get::<Order>(1).await.unwrap().as_ref(), Some(&orders[0]));
    assert_eq!(spent(before), 5);

    let before = database.status().statements;
    let mut found = database.get_many::<Order>([4, 2, 1, 3, 9]).await.unwrap();
    assert_eq!(spent(before), 5);
    found.sort_by_key(|order| order.id);
    assert_eq!(found, orders);

    let before = database.status().statements;
    assert_eq!(database.select::<Order>().order_by(OrderRow::ID.asc()).all().await.unwrap(), orders);
    assert_eq!(spent(before), 5);

    let mut uow = database.begin().await.unwrap();
    let before = database.status().statements;
    assert_eq!(uow.select::<Order>().order_by(OrderRow::ID.asc()).all().await.unwrap(), orders);
    assert_eq!(spent(before), 5);
    // Known by now, parts included.
    assert_eq!(uow.get::<Order>(2).await.unwrap().as_ref(), Some(&orders[1]));
    assert_eq!(uow.get_many::<Order>([3, 4]).await.unwrap(), orders[2..]);
    assert_eq!(spent(before), 5);
    uow.rollback().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    assert_eq!(uow.get_for_update::<Order>(1).await.unwrap().as_ref(), Some(&orders[0]));
    assert_eq!(uow.get::<Order>(9).await.unwrap(), None);
    uow.rollback().await.unwrap();
}

/// Where there is nothing above, nothing is asked for below.
pub async fn no_parents_no_statement(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Order::new(1, "one")).unwrap();
    uow.commit().await.unwrap();
    let before = database.status().statements;
    assert_eq!(database.get::<Order>(2).await.unwrap(), None);
    assert_eq!(database.status().statements - before, 1);
    let before = database.status().statements;
    database.get::<Order>(1).await.unwrap().unwrap();
    assert_eq!(database.status().statements - before, 4, "no line, so no item is asked for");
}

/// Portions and single ones are whole as well.
pub async fn portions_are_whole(database: &Database<Suite>) {
    let orders = stocked(database).await;
    let mut seen = Vec::new();
    let query = database.select::<Order>().order_by(OrderRow::ID.asc());
    let take = |portion: Vec<Order>| {
        assert!(portion.len() <= 2);
        seen.push(portion);
        Ok::<(), Error>(())
    };
    query.portions(2, take).await.unwrap();
    assert_eq!(seen.concat(), orders);
    let last = database.select::<Order>().order_by(OrderRow::ID.desc()).first().await.unwrap();
    assert_eq!(last.as_ref(), orders.last());
    let mut uow = database.begin().await.unwrap();
    let mut seen = Vec::new();
    let query = uow.select::<Order>().order_by(OrderRow::ID.asc());
    let take = |portion| {
        seen.push(portion);
        Ok::<(), Error>(())
    };
    query.portions(3, take).await.unwrap();
    assert_eq!(seen.concat(), orders);
    uow.rollback().await.unwrap();
}

/// What was changed in the unit of work is what it gives again, and what was removed is not there.
pub async fn own_version_has_its_parts(database: &Database<Suite>) {
    stocked(database).await;
    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    order.lines.remove(1);
    order.lines[0].quantity = 9;
    order.lines[2].items.clear();
    order.address = None;
    order.tags.retain(|(tag, _)| *tag == 2);
    uow.save(&mut order).unwrap();
    assert_eq!(uow.get::<Order>(1).await.unwrap().unwrap(), order);
    let all = uow.select::<Order>().order_by(OrderRow::ID.asc()).all().await.unwrap();
    assert_eq!(all[0], order);
    uow.remove(&mut order).unwrap();
    assert_eq!(uow.get::<Order>(1).await.unwrap(), None);
    assert_eq!(uow.select::<Order>().all().await.unwrap().len(), 3);
    uow.rollback().await.unwrap();
}

/// A root that is known as another entity gets its parts when it is asked for whole; before, they are nobody's.
pub async fn parts_follow_a_known_root(database: &Database<Suite>) {
    let orders = stocked(database).await;
    let mut uow = database.begin().await.unwrap();
    let head = uow.get::<OrderHead>(1).await.unwrap().unwrap();
    assert_eq!(head.1, "somebody");
    for error in [uow.save(&mut orders[0].clone()).unwrap_err(), uow.flush().await.unwrap_err()] {
        assert!(error.is_usage(), "{error}");
    }
    uow.rollback().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    uow.get::<OrderHead>(1).await.unwrap().unwrap();
    let error = uow.remove(&mut orders[0].clone()).unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("order_lines"), "{error}");
    uow.rollback().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    uow.get::<OrderHead>(1).await.unwrap().unwrap();
    let before = database.status().statements;
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    assert_eq!(order, orders[0]);
    assert_eq!(database.status().statements - before, 4);
    order.lines.clear();
    uow.save(&mut order).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Order>(1).await.unwrap().unwrap().lines, []);
}
