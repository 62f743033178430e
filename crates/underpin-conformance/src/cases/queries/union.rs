//! UNION, INTERSECT, EXCEPT.

use underpin::query::from;

use crate::lot::{Asked, CarRow, OwnerRow};

/// Several queries as one.
pub async fn unions(lot: &Asked) {
    let cars = || from::<CarRow>().select(CarRow::ID);
    let owners = || from::<OwnerRow>().select(OwnerRow::ID);
    let order = || CarRow::ID.asc();
    lot.gives("union", cars().union(owners()).order_by(order()), vec![1, 2, 3, 4, 5]).await;
    let young = || cars().filter(CarRow::YEAR.ge(2020));
    lot.gives("union all", young().union_all(young()).order_by(order()), vec![2, 2, 4, 4]).await;
    lot.gives("intersect", cars().intersect(owners()).order_by(CarRow::ID.desc()), vec![4, 3, 2, 1]).await;
    lot.gives("except", cars().except(owners()), vec![5]).await;
    // From left to right, whatever the dialect binds more tightly.
    let three = young().union(owners()).intersect(cars().filter(CarRow::ID.ge(4)));
    lot.gives("three", three.order_by(order()), vec![4]).await;
    let first = owners().order_by(OwnerRow::ID.asc()).limit(1);
    lot.gives("with a limit inside", young().union(first).order_by(order()).limit(2), vec![1, 2]).await;
    let error =
        young().union(owners()).order_by(CarRow::YEAR.asc()).at(&lot.database).all().await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("cars.year"), "{error}");
    let pairs = from::<CarRow>().select((CarRow::MAKE, CarRow::OWNER.nullable()));
    let names = from::<OwnerRow>().select((OwnerRow::NAME, OwnerRow::BOSS));
    let both = pairs.union(names).order_by((CarRow::OWNER.asc(), CarRow::MAKE.asc())).limit(3);
    let row = |name: &str| (name.to_owned(), Some(1));
    lot.gives("tuples", both, vec![row("Audi"), row("Bob"), row("Cid")]).await;
}
