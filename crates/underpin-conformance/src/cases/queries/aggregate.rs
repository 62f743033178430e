//! Aggregates, groups and HAVING.

use rust_decimal::Decimal;
use underpin::query::{count, from};

use crate::lot::{Asked, CarRow};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// One value for many rows.
pub async fn aggregates(lot: &Asked) {
    let all = || from::<CarRow>();
    lot.gives("count", all().select(count()), vec![5]).await;
    lot.gives("count values", all().select(CarRow::MILEAGE.count()), vec![4]).await;
    lot.gives("count distinct", all().select(CarRow::MAKE.lower().count_distinct()), vec![3]).await;
    lot.gives("sum", all().select(CarRow::YEAR.sum()), vec![10_086]).await;
    lot.gives("sum decimal", all().select(CarRow::PRICE.sum()), vec![decimal("177000.49")]).await;
    lot.gives("sum nullable", all().select(CarRow::MILEAGE.sum()), vec![Some(380_010)]).await;
    lot.gives("avg", all().select(CarRow::YEAR.avg()), vec![decimal("2017.2")]).await;
    lot.gives("avg decimal", all().select(CarRow::PRICE.avg()), vec![decimal("35400.098")]).await;
    let three = all().filter(CarRow::ID.is_in([1, 3, 5]));
    lot.gives("avg rounded", three.select(CarRow::PRICE.avg()), vec![decimal("16000.16333333")]).await;
    lot.gives("avg float", all().select(CarRow::RATING.avg()), vec![Some(5937.65625)]).await;
    lot.gives(
        "min",
        all().select((CarRow::PRICE.min(), CarRow::MAKE.min())),
        vec![(decimal("7000"), "Audi".to_owned())],
    )
    .await;
    lot.gives(
        "max",
        all().select((CarRow::PRICE.max(), CarRow::DAY.max())),
        vec![(decimal("88000"), jiff::civil::date(2021, 1, 3))],
    )
    .await;
    lot.gives("filter", all().select(count().only_where(CarRow::SOLD)), vec![2]).await;
    let dear = CarRow::PRICE.avg().only_where(CarRow::YEAR.ge(2020));
    lot.gives("filter avg", all().select(dear), vec![decimal("64500")]).await;
    let names = CarRow::MODEL.string_agg(", ").ordered(CarRow::ID.desc()).only_where(CarRow::ID.le(3));
    lot.gives("string_agg", all().select(names), vec!["i3, A6, A4".to_owned()]).await;
    let years = CarRow::YEAR.array_agg().ordered(CarRow::YEAR.asc());
    lot.gives("array_agg", all().select(years), vec![vec![2012, 2015, 2018, 2020, 2021]]).await;
    lot.gives("bool", all().select((CarRow::SOLD.bool_and(), CarRow::SOLD.bool_or())), vec![(false, true)])
        .await;
    let none = || from::<CarRow>().filter(CarRow::ID.eq(99));
    lot.gives("of none", none().select((count(), CarRow::PRICE.avg().nullable())), vec![(0, None)]).await;
    let error = none().select(CarRow::PRICE.avg()).at(&lot.database).one().await.unwrap_err();
    assert!(error.to_string().contains("cars.avg(cars.price)"), "{error}");
    assert!(error.hint().unwrap().contains("nullable"), "{error:?}");
}

/// Groups.
pub async fn groups(lot: &Asked) {
    let per_make = from::<CarRow>().group_by(CarRow::MAKE).order_by(CarRow::MAKE.asc()).select((
        CarRow::MAKE,
        count(),
        CarRow::PRICE.avg(),
    ));
    let row = |make: &str, count, average| (make.to_owned(), count, decimal(average));
    lot.gives(
        "group",
        per_make.clone(),
        vec![
            row("Audi", 2, "33000.25"),
            row("BMW", 1, "15999.99"),
            row("bmw", 1, "88000"),
            row("Škoda", 1, "7000"),
        ],
    )
    .await;
    lot.gives("having", per_make.having(count().gt(1)), vec![row("Audi", 2, "33000.25")]).await;
    let lower = || CarRow::MAKE.lower();
    let by_two = from::<CarRow>()
        .group_by((lower(), CarRow::SOLD))
        .order_by((lower().asc(), CarRow::SOLD.asc()))
        .having(CarRow::PRICE.sum().gt(Decimal::from(20_000)))
        .select((lower(), CarRow::SOLD, CarRow::PRICE.sum() - CarRow::PRICE.min()));
    let row = |make: &str, sold| (make.to_owned(), sold, Decimal::ZERO);
    lot.gives("two", by_two, vec![row("audi", false), row("audi", true), row("bmw", true)]).await;
}
