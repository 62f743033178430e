//! The minimal query: filter, order, limit, offset, portions.

use underpin::Database;

use crate::model::{Everything, EverythingRow, Mood, Person, PersonRow, Suite};

async fn people(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for id in 1..=10 {
        let nickname = if id % 2 == 0 { Some(format!("nick {id}")) } else { None };
        let boss = if id > 5 { Some(id - 5) } else { None };
        uow.add(&mut Person { nickname, boss, ..Person::new(id, &format!("name {id:02}")) }).unwrap();
    }
    uow.commit().await.unwrap();
}

fn ids(people: Vec<Person>) -> Vec<i64> {
    people.into_iter().map(|person| person.id).collect()
}

/// Comparisons, NULL, lists, and, or, not.
pub async fn filters(database: &Database<Suite>) {
    people(database).await;
    let find = async |filter| {
        ids(database.select::<Person>().filter(filter).order_by(PersonRow::ID.asc()).all().await.unwrap())
    };
    assert_eq!(find(PersonRow::ID.lt(3)).await, [1, 2]);
    assert_eq!(find(PersonRow::ID.between(4, 6)).await, [4, 5, 6]);
    assert_eq!(find(PersonRow::NAME.eq("name 07")).await, [7]);
    assert_eq!(find(PersonRow::BOSS.eq(2)).await, [7]);
    assert_eq!(find(PersonRow::BOSS.is_null()).await, [1, 2, 3, 4, 5]);
    assert_eq!(find(PersonRow::NICKNAME.is_not_null()).await, [2, 4, 6, 8, 10]);
    assert_eq!(find(PersonRow::ID.is_in([9, 1, 99])).await, [1, 9]);
    assert_eq!(find(PersonRow::ID.is_in(Vec::<i64>::new())).await, [0; 0]);
    assert_eq!(find(PersonRow::ID.lt(2).or(PersonRow::ID.gt(9))).await, [1, 10]);
    assert_eq!(find((!PersonRow::ID.gt(2)).and(PersonRow::ID.ne(1))).await, [2]);
    // A comparison with NULL is unknown, and so is its opposite.
    assert_eq!(find(!PersonRow::BOSS.gt(3)).await, [6, 7, 8]);
    assert_eq!(find(PersonRow::NAME.eq("' OR 1=1 --")).await, [0; 0]);
}

/// Order, with NULLs last ascending and first descending on every target; limit and offset.
pub async fn order_limit_offset(database: &Database<Suite>) {
    people(database).await;
    let query = || database.select::<Person>();
    let by_boss = ids(query().order_by((PersonRow::BOSS.desc(), PersonRow::ID.desc())).all().await.unwrap());
    assert_eq!(by_boss, [5, 4, 3, 2, 1, 10, 9, 8, 7, 6]);
    let by_boss =
        ids(query().order_by((PersonRow::BOSS.asc(), PersonRow::ID.asc())).limit(6).all().await.unwrap());
    assert_eq!(by_boss, [6, 7, 8, 9, 10, 1]);
    let order = (PersonRow::BOSS.asc().nulls_first(), PersonRow::ID.asc());
    assert_eq!(ids(query().order_by(order).limit(2).offset(4).all().await.unwrap()), [5, 6]);
    assert_eq!(ids(query().order_by(PersonRow::ID.asc()).offset(8).all().await.unwrap()), [9, 10]);
    assert_eq!(query().order_by(PersonRow::ID.desc()).first().await.unwrap().map(|p| p.id), Some(10));
    assert_eq!(query().filter(PersonRow::ID.gt(100)).first().await.unwrap(), None);
    let none: Option<&str> = None;
    assert_eq!(query().filter_some(none, |name| PersonRow::NAME.eq(name)).all().await.unwrap().len(), 10);
    assert_eq!(
        query().filter_some(Some("name 01"), |name| PersonRow::NAME.eq(name)).all().await.unwrap().len(),
        1
    );
}

/// Filters and orders on decimals, times, labels and bytes compare by value.
pub async fn typed_comparisons(database: &Database<Suite>) {
    super::types::extremes_of_every_type(database).await;
    let find = async |filter| {
        let found =
            database.select::<Everything>().filter(filter).order_by(EverythingRow::ID.asc()).all().await;
        found.unwrap().into_iter().map(|row| row.0.id).collect::<Vec<_>>()
    };
    let money = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
    assert_eq!(find(EverythingRow::MONEY.lt(money("-1.5"))).await, [1]);
    assert_eq!(find(EverythingRow::MONEY.ge(money("123.45"))).await, [2, 3]);
    assert_eq!(find(EverythingRow::EXACT.gt(money("0.0000000001"))).await, [2]);
    assert_eq!(find(EverythingRow::EXACT.le(money("0"))).await, [1]);
    assert_eq!(find(EverythingRow::MOOD.eq(Mood::VerySad)).await, [2, 3]);
    assert_eq!(find(EverythingRow::DAY.gt(jiff::civil::date(2000, 1, 1))).await, [2, 3]);
    assert_eq!(find(EverythingRow::INSTANT.lt(jiff::Timestamp::UNIX_EPOCH)).await, [1]);
    assert_eq!(find(EverythingRow::UUID.eq(uuid::Uuid::max())).await, [2]);
    assert_eq!(find(EverythingRow::BYTES.eq(vec![0, 1, 255])).await, [3]);
    assert_eq!(find(EverythingRow::FLAG.eq(false)).await, [1]);
    let ordered = database.select::<Everything>().order_by(EverythingRow::EXACT.desc()).all().await.unwrap();
    assert_eq!(ordered.into_iter().map(|row| row.0.id).collect::<Vec<_>>(), [2, 3, 1]);
}

/// Portions give every row once, and stop where the caller stops.
pub async fn portions_give_every_row_once(database: &Database<Suite>) {
    people(database).await;
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    let query = database.select::<Person>().order_by(PersonRow::ID.asc());
    query
        .portions(4, |people| {
            sizes.push(people.len());
            seen.extend(ids(people));
            Ok::<(), underpin::Error>(())
        })
        .await
        .unwrap();
    assert_eq!(seen, (1..=10).collect::<Vec<_>>());
    assert!(sizes.iter().all(|size| (1..=4).contains(size)), "{sizes:?}");

    let mut calls = 0;
    let stopped = database
        .select::<Person>()
        .portions(1, |_| {
            calls += 1;
            Err::<(), _>(underpin::Error::mapping("enough"))
        })
        .await;
    assert!(stopped.is_err() && calls == 1);
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 10);
    let mut uow = database.begin().await.unwrap();
    let mut inside = 0;
    uow.select::<Person>()
        .portions(3, |people| {
            inside += people.len();
            Ok::<(), underpin::Error>(())
        })
        .await
        .unwrap();
    assert_eq!(inside, 10);
    uow.commit().await.unwrap();
}

/// Rows by many keys, in one statement, absent ones left out.
pub async fn many_keys_in_one_statement(database: &Database<Suite>) {
    people(database).await;
    let before = database.status().statements;
    let found = database.get_many::<Person>([3_i64, 99, 1, 3]).await.unwrap();
    let mut found = ids(found);
    found.sort_unstable();
    assert_eq!(found, [1, 3]);
    assert!(database.status().statements > before);
    assert_eq!(database.get_many::<Person>(Vec::<i64>::new()).await.unwrap(), []);
}
