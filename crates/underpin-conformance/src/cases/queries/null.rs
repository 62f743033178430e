//! NULL: what takes its place, and what becomes it.

use underpin::query::from;

use crate::lot::{Asked, CarRow};

/// What takes the place of NULL.
pub async fn nulls(lot: &Asked) {
    let of = || from::<CarRow>().filter(CarRow::ID.le(3)).order_by(CarRow::ID.asc());
    let owner = || CarRow::OWNER;
    lot.gives("nullable column", of().select(owner()), vec![Some(1), Some(2), None]).await;
    lot.gives("coalesce", of().select(owner().coalesce(0)), vec![1, 2, 0]).await;
    lot.gives("coalesce expr", of().select(owner().coalesce_expr(CarRow::ID)), vec![1, 2, 3]).await;
    lot.gives("nullif", of().select(CarRow::ID.nullif(2)), vec![Some(1), None, Some(3)]).await;
    let mileage = CarRow::MILEAGE.greatest(CarRow::YEAR);
    lot.gives("greatest", of().select(mileage), vec![Some(60_000), Some(2020), Some(120_000)]).await;
    let mileage = CarRow::MILEAGE.least(CarRow::YEAR);
    lot.gives("least", of().select(mileage), vec![Some(2018), Some(2020), Some(2015)]).await;
    let greater = CarRow::PRICE.greatest(CarRow::TAX);
    let prices = ["25000.50", "41000.00", "15999.99"].map(|price| price.parse().unwrap());
    lot.gives("greatest decimal", of().select(greater), prices.to_vec()).await;
    let by_mileage = from::<CarRow>().select(CarRow::ID);
    lot.gives("order", by_mileage.clone().order_by(CarRow::MILEAGE.asc()), vec![4, 1, 3, 5, 2]).await;
    lot.gives(
        "order first",
        by_mileage.clone().order_by(CarRow::MILEAGE.asc().nulls_first()),
        vec![2, 4, 1, 3, 5],
    )
    .await;
    lot.gives("order down", by_mileage.order_by(CarRow::MILEAGE.desc()), vec![2, 5, 3, 1, 4]).await;
}
