//! SQL by hand, and plans.

use rust_decimal::Decimal;
use underpin::query::count;

use crate::lot::{Asked, CarRow};

const PER_MAKE: &str = "
SELECT make, count(*) -- not a parameter: $9
FROM cars
WHERE year >= $2 AND make <> '$1' AND price < $1 AND year >= $2 /* nor $8 */
GROUP BY make
ORDER BY make";

/// Bound parameters, typed results.
pub async fn sql_by_hand(lot: &Asked) {
    let asked = |text| lot.database.query((CarRow::MAKE, count())).sql(text);
    let bound = || asked(PER_MAKE).bind_as(CarRow::PRICE, Decimal::from(50_000)).bind::<i32>(2015);
    assert_eq!(bound().all().await.unwrap(), [("Audi".to_owned(), 2), ("BMW".to_owned(), 1)]);
    assert_eq!(bound().first().await.unwrap(), Some(("Audi".to_owned(), 2)));
    bound().check().await.unwrap();
    let price = lot.database.query(CarRow::PRICE).sql("SELECT price FROM cars WHERE make = $1");
    assert_eq!(price.bind::<String>("BMW").all().await.unwrap(), [Decimal::new(1_599_999, 2)]);
    let unbound = asked(PER_MAKE).bind::<i32>(1).all().await.unwrap_err();
    assert!(unbound.is_usage() && unbound.to_string().contains("$2"), "{unbound}");
    let surplus = asked("SELECT make, id FROM cars").bind::<i32>(1).all().await.unwrap_err();
    assert!(surplus.is_usage() && surplus.to_string().contains("$1"), "{surplus}");
    asked("SELECT make, wheels FROM cars").check().await.unwrap_err();
    asked("SELECT make FROM no_such_table").check().await.unwrap_err();
}

/// A plan in the database's own words.
pub async fn plans(lot: &Asked) {
    let plan = lot.database.query(CarRow::MAKE).from::<CarRow>().filter(CarRow::ID.eq(1)).explain().await;
    let plan = plan.unwrap();
    assert!(plan.iter().any(|line| line.contains("cars")), "{plan:?}");
    let plan =
        lot.database.select::<crate::lot::Car>().order_by(CarRow::PRICE.asc()).explain().await.unwrap();
    assert!(!plan.is_empty());
}
