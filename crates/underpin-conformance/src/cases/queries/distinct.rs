//! DISTINCT and DISTINCT ON, counting, one row.

use underpin::query::{from, row};

use crate::lot::{Asked, CarRow, cars};

/// Equal rows once, and the first of each.
pub async fn distinct_rows(lot: &Asked) {
    let makes = from::<CarRow>().select(CarRow::MAKE.lower()).distinct().order_by(CarRow::MAKE.lower().asc());
    lot.gives("distinct", makes.clone(), ["audi", "bmw", "škoda"].map(str::to_owned).to_vec()).await;
    assert_eq!(makes.at(&lot.database).count().await.unwrap(), 3);
    let make = || CarRow::MAKE.lower();
    let newest = from::<CarRow>().distinct_on(make()).order_by((make().asc(), CarRow::YEAR.desc()));
    lot.gives(
        "distinct on",
        newest.clone().select((CarRow::ID, CarRow::YEAR)),
        vec![(2, 2020), (4, 2021), (5, 2012)],
    )
    .await;
    lot.gives("distinct on, rows", newest.clone().limit(1).select(row::<CarRow>()), vec![cars().remove(1)])
        .await;
    assert_eq!(newest.select(CarRow::ID).at(&lot.database).count().await.unwrap(), 3);
}
