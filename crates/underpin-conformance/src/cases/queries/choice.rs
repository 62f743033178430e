//! CASE: the value of the first condition that holds.

use rust_decimal::Decimal;
use underpin::query::{from, value, when};

use crate::lot::{Asked, CarRow};

/// Conditions with values.
pub async fn choices(lot: &Asked) {
    let of = || from::<CarRow>().filter(CarRow::ID.le(3)).order_by(CarRow::ID.asc());
    let band = when(CarRow::YEAR.ge(2020), value::<String>("new"))
        .when(CarRow::YEAR.ge(2018), value::<String>("young"))
        .otherwise(value::<String>("old"));
    let text = |texts: [&str; 3]| texts.map(str::to_owned).to_vec();
    lot.gives("case", of().select(band), text(["young", "new", "old"])).await;
    let missing = when(CarRow::SOLD, CarRow::MODEL).end();
    lot.gives("no else", of().select(missing), vec![None, Some("A6".to_owned()), None]).await;
    let decimals = when(CarRow::SOLD, CarRow::PRICE).otherwise(CarRow::TAX);
    let expected = ["0.16", "41000", "0.16"].map(|text| text.parse::<Decimal>().unwrap());
    lot.gives("decimals", of().select(decimals), expected.to_vec()).await;
    let order = when(CarRow::MAKE.eq("BMW"), value::<i32>(0)).otherwise(value::<i32>(1));
    lot.gives(
        "order",
        from::<CarRow>().select(CarRow::ID).order_by((order.asc(), CarRow::ID.asc())),
        vec![3, 1, 2, 4, 5],
    )
    .await;
}
