//! Queries inside of queries.

use rust_decimal::Decimal;
use underpin::query::{count, exists, from, scalar, value};

use crate::lot::{Asked, CarRow, OwnerRow, TreeRow};

/// EXISTS, IN, a single value.
pub async fn subqueries(lot: &Asked) {
    let owners = || from::<OwnerRow>().select(OwnerRow::ID).order_by(OwnerRow::ID.asc());
    let cars = || from::<CarRow>().outer::<OwnerRow>().filter(CarRow::OWNER.eq_expr(OwnerRow::ID));
    lot.gives("exists", owners().filter(exists(cars())), vec![1, 2]).await;
    lot.gives("not exists", owners().filter(!exists(cars())), vec![3, 4]).await;
    let dear = cars().filter(CarRow::PRICE.gt(Decimal::from(50_000)));
    lot.gives("exists with a filter", owners().filter(OwnerRow::ID.lt(9).and(exists(dear))), vec![1]).await;
    let of = from::<CarRow>().filter(CarRow::MAKE.eq("Audi")).select(CarRow::OWNER);
    lot.gives("in", owners().filter(OwnerRow::ID.is_in_query(of)), vec![1, 2]).await;
    let number = scalar(cars().select(count())).coalesce(0);
    let counted = from::<OwnerRow>().select((OwnerRow::NAME, number)).order_by(OwnerRow::ID.asc());
    let row = |name: &str, count| (name.to_owned(), count);
    lot.gives("scalar", counted, vec![row("Ann", 2), row("Bob", 1), row("Cid", 0), row("Dee", 0)]).await;
    let average = scalar(from::<CarRow>().select(CarRow::PRICE.avg()));
    let above = from::<CarRow>().filter(CarRow::PRICE.gt_expr(average)).select(CarRow::ID);
    lot.gives("above average", above.order_by(CarRow::ID.asc()), vec![2, 4]).await;
}

/// Common table expressions, recursive ones too.
pub async fn queries_as_tables(lot: &Asked) {
    let per_owner = from::<CarRow>()
        .filter(CarRow::OWNER.is_not_null())
        .group_by(CarRow::OWNER)
        .select((CarRow::OWNER, count()));
    let many = from::<TreeRow>().with::<TreeRow>(per_owner).filter(TreeRow::DEPTH.gt(1));
    lot.gives("with", many.select(TreeRow::ID), vec![1]).await;
    let start = from::<OwnerRow>().filter(OwnerRow::BOSS.is_null()).select((OwnerRow::ID, value::<i64>(0)));
    let step = from::<OwnerRow>()
        .inner_join::<TreeRow>()
        .on(OwnerRow::BOSS.eq_expr(TreeRow::ID))
        .select((OwnerRow::ID, TreeRow::DEPTH + 1_i64));
    let tree = from::<TreeRow>()
        .with_recursive::<TreeRow>(start, step)
        .inner_join::<OwnerRow>()
        .on(OwnerRow::ID.eq_expr(TreeRow::ID))
        .order_by((TreeRow::DEPTH.asc(), TreeRow::ID.asc()))
        .select((OwnerRow::NAME, TreeRow::DEPTH));
    let row = |name: &str, depth| (name.to_owned(), depth);
    lot.gives("recursive", tree, vec![row("Ann", 0), row("Bob", 1), row("Cid", 1), row("Dee", 2)]).await;
}
