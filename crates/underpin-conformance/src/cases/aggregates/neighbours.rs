//! What is on the other end of a foreign key, for many at once; and statements, counted.

use underpin::Database;

use crate::model::{Badge, BadgeRow, Order, Person, PersonRow, Suite};

async fn stocked(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for id in 1..=3 {
        let boss = (id > 1).then_some(1);
        uow.add(&mut Person { boss, ..Person::new(id, &format!("person {id}")) }).unwrap();
    }
    for (id, person) in [(1, 2), (2, 1), (3, 2)] {
        uow.add(&mut Badge { id, person, code: 10 - i32::try_from(id).unwrap(), label: None }).unwrap();
    }
    uow.commit().await.unwrap();
}

/// One statement for the parents of many, one for the children of many, on whatever runs them.
pub async fn neighbours_of_many(database: &Database<Suite>) {
    stocked(database).await;
    let badges = database.select::<Badge>().order_by(BadgeRow::ID.asc()).all().await.unwrap();
    let persons = database.parents::<Person>(badges.iter().map(|badge| badge.person));
    let persons = database.expect_statements(1, persons).await.unwrap().unwrap();
    assert_eq!(persons.len(), 2);
    assert!(badges.iter().all(|badge| persons[&badge.person].id == badge.person));

    let bosses = database.parents::<Person>(persons.values().map(|person| person.boss)).await.unwrap();
    assert_eq!(bosses.into_keys().collect::<Vec<_>>(), [1]);

    let ids = |badges: &[Badge]| badges.iter().map(|badge| badge.id).collect::<Vec<_>>();
    let children = database.children::<Badge, _, _>(BadgeRow::PERSON, [1, 2, 3]);
    let children = database.expect_statements(1, children).await.unwrap().unwrap();
    assert_eq!((ids(&children[&1]), ids(&children[&2]), children.get(&3)), (vec![2], vec![1, 3], None));

    // A nullable column, in a unit of work: its own versions.
    let mut uow = database.begin().await.unwrap();
    let mut two = uow.get::<Person>(2).await.unwrap().unwrap();
    two.name = "changed".to_owned();
    uow.save(&mut two).unwrap();
    let staff = uow.children::<Person, _, _>(PersonRow::BOSS, [1_i64]).await.unwrap();
    let names: Vec<_> = staff[&1].iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["changed", "person 3"]);
    let known = uow.parents::<Person>([2_i64, 3]);
    assert_eq!(database.expect_statements(0, known).await.unwrap().unwrap().len(), 2);
    uow.rollback().await.unwrap();

    let mut checkout = database.checkout().await.unwrap();
    assert_eq!(checkout.parents::<Person>([3_i64]).await.unwrap().len(), 1);
    assert_eq!(checkout.children::<Badge, _, _>(BadgeRow::PERSON, [2]).await.unwrap()[&2].len(), 2);
}

/// A block that makes more statements than it should fails, and the failure says how many.
pub async fn too_many_statements_are_told(database: &Database<Suite>) {
    stocked(database).await;
    let one_by_one = async {
        for id in 1..=3 {
            database.get::<Person>(id).await.unwrap().unwrap();
        }
        7
    };
    let error = database.expect_statements(1, one_by_one).await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("3 were made"), "{error}");
    let listed = error.to_string();
    assert!(listed.contains("3 x ") && listed.to_lowercase().contains("persons"), "{error}");
    let none = database.expect_statements(0, async { 7 }).await.unwrap();
    assert_eq!(none, 7);
    let orders = database.expect_statements(1, database.select::<Order>().all()).await.unwrap();
    assert_eq!(orders.unwrap(), []);
}
