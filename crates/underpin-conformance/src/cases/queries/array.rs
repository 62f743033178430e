//! What can be asked of arrays.

use underpin::query::from;

use crate::lot::{Asked, CarRow};

/// What is in an array.
pub async fn arrays(lot: &Asked) {
    let ids = || from::<CarRow>().select(CarRow::ID).order_by(CarRow::ID.asc());
    lot.gives("has", ids().filter(CarRow::TAGS.has("red")), vec![1, 4]).await;
    lot.gives("has quoted", ids().filter(CarRow::TAGS.has("it's")), vec![3]).await;
    lot.gives("has all", ids().filter(CarRow::TAGS.has_all(["red", "fast"])), vec![1]).await;
    lot.gives(
        "has all of none",
        ids().filter(CarRow::TAGS.has_all(Vec::<String>::new())),
        vec![1, 2, 3, 4, 5],
    )
    .await;
    lot.gives("has any", ids().filter(CarRow::TAGS.has_any(["fast", "electric"])), vec![1, 3]).await;
    lot.gives(
        "length",
        from::<CarRow>().select(CarRow::TAGS.cardinality()).order_by(CarRow::ID.asc()),
        vec![2, 0, 2, 1, 0],
    )
    .await;
}
