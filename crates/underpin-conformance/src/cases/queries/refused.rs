//! What cannot be asked is an error that says so.

use rust_decimal::Decimal;
use underpin::query::{Columns, SelectFrom, count, exists, from};

use crate::lot::{Asked, CarRow, OwnerRow};

/// Errors name table and column, and what to do.
pub async fn refusals(lot: &Asked) {
    let ids = || from::<CarRow>().select(CarRow::ID);
    let asked = async |query: SelectFrom<CarRow, Columns<underpin::Column<CarRow, i64>>>| {
        query.at(&lot.database).all().await.unwrap_err()
    };
    let unfit = asked(ids().filter(CarRow::PRICE.lt(Decimal::new(1_005, 3)))).await;
    assert_eq!((unfit.table(), unfit.column()), (Some("cars"), Some("price")), "{unfit}");
    let nul = asked(ids().filter(CarRow::MAKE.lower().eq("a\0b"))).await;
    assert_eq!((nul.table(), nul.column()), (Some("cars"), Some("make")), "{nul}");
    let nul = asked(ids().filter(CarRow::MAKE.is_in(["a\0b"]))).await;
    assert_eq!((nul.table(), nul.column()), (Some("cars"), Some("make")), "{nul}");
    let pattern = asked(ids().filter(CarRow::MAKE.contains("a\0b"))).await;
    assert_eq!((pattern.table(), pattern.column()), (Some("cars"), Some("make")), "{pattern}");
    let stray = exists(from::<CarRow>().outer::<OwnerRow>().filter(OwnerRow::ID.is_null()));
    let error = asked(ids().filter(stray)).await;
    assert!(error.is_usage() && error.to_string().contains("owners"), "{error}");
    let bosses = from::<CarRow>().select(count()).cross_join::<OwnerRow>().cross_join::<OwnerRow>();
    let error = bosses.at(&lot.database).all().await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("two tables under the name owners"), "{error}");
    let misused = from::<CarRow>().select((CarRow::YEAR + 1).only_where(CarRow::SOLD));
    let error = misused.at(&lot.database).all().await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("aggregate"), "{error}");
}
