//! Comparisons with values and with expressions, and, or, not.

use underpin::query::{all_of, any_of, both, from};

use crate::lot::{Asked, CarRow, OwnerRow};

/// Each comparison.
pub async fn comparisons(lot: &Asked) {
    let ids = || from::<CarRow>().select(CarRow::ID).order_by(CarRow::ID.asc());
    let price = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
    lot.gives("eq", ids().filter(CarRow::MAKE.eq("Audi")), vec![1, 2]).await;
    lot.gives("ne", ids().filter(CarRow::MAKE.ne("Audi")), vec![3, 4, 5]).await;
    lot.gives("lt", ids().filter(CarRow::PRICE.lt(price("15999.99"))), vec![5]).await;
    lot.gives("le", ids().filter(CarRow::PRICE.le(price("15999.99"))), vec![3, 5]).await;
    lot.gives("gt", ids().filter(CarRow::YEAR.gt(2020)), vec![4]).await;
    lot.gives("ge", ids().filter(CarRow::YEAR.ge(2020)), vec![2, 4]).await;
    lot.gives("between", ids().filter(CarRow::YEAR.between(2012, 2018)), vec![1, 3, 5]).await;
    lot.gives("in", ids().filter(CarRow::ID.is_in([5, 1, 9])), vec![1, 5]).await;
    lot.gives("in none", ids().filter(CarRow::ID.is_in(Vec::<i64>::new())), vec![]).await;
    lot.gives("not in", ids().filter(!CarRow::ID.is_in([5, 1])), vec![2, 3, 4]).await;
    lot.gives("null", ids().filter(CarRow::MILEAGE.is_null()), vec![2]).await;
    lot.gives("not null", ids().filter(CarRow::OWNER.is_not_null()), vec![1, 2, 4]).await;
    lot.gives("bool", ids().filter(CarRow::SOLD), vec![2, 4]).await;
    lot.gives("not bool", ids().filter(!CarRow::SOLD), vec![1, 3, 5]).await;
    lot.gives("columns", ids().filter(CarRow::ID.eq_expr(CarRow::OWNER)), vec![1, 2]).await;
    lot.gives(
        "decimals of two scales",
        ids().filter(CarRow::TAX.lt_expr(CarRow::PRICE)),
        vec![1, 2, 3, 4, 5],
    )
    .await;
}

/// And, or, not, and their mixtures.
pub async fn logic(lot: &Asked) {
    let ids = || from::<CarRow>().select(CarRow::ID).order_by(CarRow::ID.asc());
    let young = || CarRow::YEAR.ge(2020);
    lot.gives("and", ids().filter(young().and(CarRow::MAKE.eq("Audi"))), vec![2]).await;
    lot.gives("or", ids().filter(young().or(CarRow::MAKE.eq("Audi"))), vec![1, 2, 4]).await;
    let mixed = young().or(CarRow::ID.eq(1)).and(!CarRow::MAKE.eq("bmw"));
    lot.gives("or in and", ids().filter(mixed), vec![1, 2]).await;
    lot.gives("all of", ids().filter(all_of([young(), CarRow::ID.gt(2)])), vec![4]).await;
    lot.gives("any of", ids().filter(any_of([young(), CarRow::ID.eq(5)])), vec![2, 4, 5]).await;
    lot.gives("any of none", ids().filter(any_of::<CarRow>([])), vec![]).await;
    let joined = from::<CarRow>()
        .inner_join::<OwnerRow>()
        .on(CarRow::OWNER.eq_expr(OwnerRow::ID))
        .filter(both(OwnerRow::NAME.eq("Ann"), CarRow::MAKE.eq("bmw")))
        .select(CarRow::ID);
    lot.gives("both", joined, vec![4]).await;
}
