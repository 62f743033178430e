//! Arithmetic of integers, floats and decimals.

use rust_decimal::Decimal;
use underpin::query::from;

use crate::lot::{Asked, CarRow};

fn decimals(texts: &[&str]) -> Vec<Decimal> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// Integers.
pub async fn whole_numbers(lot: &Asked) {
    let of = || from::<CarRow>().filter(CarRow::ID.is_in([1, 3])).order_by(CarRow::ID.asc());
    lot.gives("+", of().select(CarRow::YEAR + 1), vec![2019, 2016]).await;
    lot.gives("- expr", of().select(CarRow::ID - CarRow::ID * 2_i64), vec![-1, -3]).await;
    lot.gives("/ cuts off", of().select(CarRow::YEAR / 1000), vec![2, 2]).await;
    lot.gives("/ of negative", of().select(-CarRow::YEAR / 1000), vec![-2, -2]).await;
    lot.gives("%", of().select(CarRow::YEAR % 1000), vec![18, 15]).await;
    lot.gives("negative", of().select(-CarRow::YEAR), vec![-2018, -2015]).await;
    lot.gives("abs", of().select((CarRow::ID - 2_i64).abs()), vec![1, 1]).await;
    lot.gives("nullable", of().select(CarRow::MILEAGE + CarRow::YEAR), vec![Some(62_018), Some(122_015)])
        .await;
    lot.gives("filter", of().filter((CarRow::YEAR + 1).gt(2018)).select(CarRow::ID), vec![1]).await;
    let query = of().select(CarRow::YEAR / (CarRow::YEAR * 0));
    let error = query.at(&lot.database).all().await.unwrap_err();
    // PostgreSQL tells a code alone, because its message could quote a value.
    let by_zero = error.sqlstate() == Some("22012") || error.to_string().contains("division by zero");
    assert!(by_zero, "{error}");
}

/// Decimals are exact on every database, whatever their columns' digits.
pub async fn decimals_are_exact(lot: &Asked) {
    let of = || from::<CarRow>().filter(CarRow::ID.is_in([1, 3])).order_by(CarRow::ID.asc());
    let one = Decimal::new(105, 2);
    lot.gives("+", of().select(CarRow::PRICE + one), decimals(&["25001.55", "16001.04"])).await;
    lot.gives("-", of().select(CarRow::PRICE - CarRow::TAX), decimals(&["25000.34", "15999.83"])).await;
    lot.gives("*", of().select(CarRow::PRICE * CarRow::TAX), decimals(&["4000.08", "2559.9984"])).await;
    lot.gives("/", of().select(CarRow::PRICE / Decimal::from(3)), decimals(&["8333.50", "5333.33"])).await;
    lot.gives("%", of().select(CarRow::PRICE % Decimal::from(7)), decimals(&["3.50", "4.99"])).await;
    lot.gives(
        "round",
        of().select((CarRow::PRICE * CarRow::TAX).round(2)),
        decimals(&["4000.08", "2560.00"]),
    )
    .await;
    lot.gives("round to tens", of().select(CarRow::PRICE.round(0)), decimals(&["25001", "16000"])).await;
    lot.gives("round negative", of().select((-CarRow::PRICE).round(0)), decimals(&["-25001", "-16000"]))
        .await;
    lot.gives("ceil", of().select(CarRow::PRICE.ceil()), decimals(&["25001", "16000"])).await;
    lot.gives("floor", of().select((-CarRow::PRICE).floor()), decimals(&["-25001", "-16000"])).await;
    lot.gives("abs", of().select((-CarRow::PRICE).abs()), decimals(&["25000.50", "15999.99"])).await;
    let taxed = CarRow::PRICE + CarRow::PRICE * CarRow::TAX;
    lot.gives("filter", of().filter(taxed.gt(Decimal::from(20_000))).select(CarRow::ID), vec![1]).await;
    let dear = (CarRow::PRICE * CarRow::TAX).gt_expr(CarRow::PRICE / Decimal::from(7));
    lot.gives("compare", of().filter(dear).select(CarRow::ID), vec![1, 3]).await;
    let by_tax = from::<CarRow>().select(CarRow::ID).order_by((CarRow::PRICE * CarRow::TAX).desc());
    lot.gives("order", by_tax, vec![4, 2, 1, 3, 5]).await;
}

/// Floats.
pub async fn floats(lot: &Asked) {
    let of = || from::<CarRow>().filter(CarRow::ID.is_in([1, 4])).order_by(CarRow::ID.asc());
    lot.gives("/", of().select(CarRow::RATING / 2.0), vec![Some(1875.0), Some(0.3125)]).await;
    lot.gives("round", of().select(CarRow::RATING.round()), vec![Some(3750.0), Some(1.0)]).await;
    lot.gives("ceil", of().select(CarRow::RATING.ceil()), vec![Some(3750.0), Some(1.0)]).await;
    lot.gives("floor", of().select(CarRow::RATING.floor()), vec![Some(3750.0), Some(0.0)]).await;
}

/// Casts.
pub async fn casts(lot: &Asked) {
    let of = || from::<CarRow>().filter(CarRow::ID.eq(1));
    lot.gives("to i64", of().select(CarRow::YEAR.to_i64()), vec![2018]).await;
    lot.gives("to f64", of().select(CarRow::YEAR.to_f64()), vec![2018.0]).await;
    lot.gives(
        "to decimal",
        of().select(CarRow::YEAR.to_decimal() * CarRow::PRICE),
        decimals(&["50451009.00"]),
    )
    .await;
    lot.gives("to text", of().select(CarRow::YEAR.to_text()), vec!["2018".to_owned()]).await;
    lot.gives("decimal to f64", of().select(CarRow::PRICE.to_f64()), vec![25_000.5]).await;
    lot.gives("decimal to text", of().select(CarRow::PRICE.to_text()), vec!["25000.50".to_owned()]).await;
}
