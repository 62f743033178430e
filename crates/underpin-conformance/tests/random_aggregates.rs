//! Random aggregates, changed at random and saved, leave what a save of everything anew leaves, with the fewest rows written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use underpin::Database;
use underpin_conformance::Target;
use underpin_conformance::model::{Order, OrderRow, Suite, Tag};
use underpin_conformance::random::{Changes, fewest_changes, rows};

async fn held(database: &Database<Suite>) -> Vec<Order> {
    let mut orders = database.select::<Order>().order_by(OrderRow::ID.asc()).all().await.unwrap();
    orders.iter_mut().for_each(|order| order.version = 1);
    orders
}

async fn prepared(database: &Database<Suite>, orders: &[Order]) {
    let mut uow = database.begin().await.unwrap();
    for id in 1..=4 {
        uow.add(&mut Tag { id, name: format!("tag {id}") }).unwrap();
    }
    for order in orders {
        uow.add(&mut order.clone()).unwrap();
    }
    uow.commit().await.unwrap();
}

/// Saves what differs; gives the number of rows written.
async fn save(database: &Database<Suite>, changes: &mut Changes, after: &[Order]) -> usize {
    let mut uow = database.begin().await.unwrap();
    let mut stored = uow.select::<Order>().all().await.unwrap();
    let mut wanted: Vec<Order> = after.to_vec();
    // In any order: parts go from one to the other.
    while !stored.is_empty() || !wanted.is_empty() {
        let number = changes.below(stored.len() + wanted.len());
        if number < stored.len() {
            let mut order = stored.swap_remove(number);
            if !after.iter().any(|wanted| wanted.id == order.id) {
                uow.remove(&mut order).unwrap();
            }
        } else {
            let mut order = wanted.swap_remove(number - stored.len());
            match uow.get::<Order>(order.id).await.unwrap() {
                Some(_) => uow.save(&mut order).unwrap(),
                None => drop(uow.add(&mut order).unwrap()),
            }
        }
    }
    let plan = uow.plan().unwrap();
    let lasting = plan.groups.iter().filter(|group| group.rows.iter().all(|row| row.instead.is_empty()));
    let written = lasting.map(|group| group.rows.len()).sum();
    uow.commit().await.unwrap();
    written
}

/// Deletes everything, then inserts everything.
async fn save_anew(database: &Database<Suite>, after: &[Order]) {
    let mut uow = database.begin().await.unwrap();
    for mut order in uow.select::<Order>().all().await.unwrap() {
        uow.remove(&mut order).unwrap();
    }
    uow.flush().await.unwrap();
    for order in after {
        uow.add(&mut order.clone()).unwrap();
    }
    uow.commit().await.unwrap();
}

async fn run(target: Target, seeds: u64) {
    let scratches = [target.scratch().await, target.scratch().await];
    let mut orders = vec![Order::filled(1, 3, 2), Order::filled(2, 2, 0), Order::filled(3, 0, 0)];
    let [a, b] = [scratches[0].database::<Suite>().await, scratches[1].database::<Suite>().await];
    prepared(&a, &orders).await;
    prepared(&b, &orders).await;
    let mut written = 0;
    let mut changes = Changes::new(7);
    for seed in 0..seeds {
        let before = orders.clone();
        changes.change(&mut orders);
        orders.sort_by_key(|order| order.id);
        let found = save(&a, &mut changes, &orders).await;
        assert_eq!(found, fewest_changes(&before, &orders), "round {seed}: {before:#?}\n{orders:#?}");
        written += found;
        save_anew(&b, &orders).await;
        let (left, right) = (held(&a).await, held(&b).await);
        assert_eq!(left, right, "round {seed}");
        assert_eq!(rows(&left), rows(&orders), "round {seed}");
    }
    assert!(written > usize::try_from(seeds).unwrap(), "only {written} rows were written");
    for (database, scratch) in [a, b].into_iter().zip(scratches) {
        database.close().await;
        drop(database);
        scratch.drop_database().await;
    }
}

#[tokio::test]
async fn saved_alike_in_memory() {
    run(Target::Memory, 500).await;
}

#[tokio::test]
async fn saved_alike_on_sqlite() {
    run(Target::Sqlite, 250).await;
}

#[tokio::test]
async fn saved_alike_on_postgres() {
    run(Target::Postgres, 150).await;
}
