//! Joins and aliases.

use underpin::query::{alias, count, from, row};

use crate::lot::{Asked, CarRow, OwnerRow, owners};

/// Each kind of join.
pub async fn joins(lot: &Asked) {
    let owns = || CarRow::OWNER.eq_expr(OwnerRow::ID);
    let name = |name: &str| name.to_owned();
    let order = || (CarRow::ID.asc(), OwnerRow::ID.asc());
    let inner = from::<CarRow>().inner_join::<OwnerRow>().on(owns()).order_by(order());
    lot.gives(
        "inner",
        inner.clone().select((CarRow::ID, OwnerRow::NAME)),
        vec![(1, name("Ann")), (2, name("Bob")), (4, name("Ann"))],
    )
    .await;
    let ann = inner.filter(OwnerRow::NAME.eq("Ann"));
    lot.gives("filter on the other", ann.select(CarRow::ID), vec![1, 4]).await;
    let left = from::<CarRow>().left_join::<OwnerRow>().on(owns()).order_by(order());
    let some = |text: &str| Some(name(text));
    lot.gives(
        "left",
        left.clone().select((CarRow::ID, OwnerRow::NAME.nullable())),
        vec![(1, some("Ann")), (2, some("Bob")), (3, None), (4, some("Ann")), (5, None)],
    )
    .await;
    let ann = || owners().remove(0);
    let rows =
        left.clone().filter(CarRow::ID.is_in([3, 4])).select((CarRow::ID, row::<OwnerRow>().nullable()));
    lot.gives("left rows", rows, vec![(3, None), (4, Some(ann()))]).await;
    let error = left.select(OwnerRow::NAME).at(&lot.database).all().await.unwrap_err();
    assert_eq!((error.table(), error.column()), (Some("owners"), Some("name")), "{error}");
    assert!(error.hint().unwrap().contains("nullable"), "{error:?}");
    let right = from::<CarRow>().right_join::<OwnerRow>().on(owns()).order_by(order());
    lot.gives(
        "right",
        right.select((CarRow::ID.nullable(), OwnerRow::ID)),
        vec![(Some(1), 1), (Some(2), 2), (Some(4), 1), (None, 3), (None, 4)],
    )
    .await;
    let full = from::<CarRow>().full_join::<OwnerRow>().on(owns());
    lot.gives("full", full.select(count()), vec![7]).await;
    lot.gives("cross", from::<CarRow>().cross_join::<OwnerRow>().select(count()), vec![20]).await;
}

/// A table twice.
pub async fn aliases(lot: &Asked) {
    let boss = alias::<OwnerRow>("boss");
    let pairs = from::<OwnerRow>()
        .inner_join_as(boss)
        .on(OwnerRow::BOSS.eq_expr(boss.column(OwnerRow::ID)))
        .order_by(OwnerRow::ID.asc())
        .select((OwnerRow::NAME, boss.column(OwnerRow::NAME)));
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    lot.gives("alias", pairs, vec![pair("Bob", "Ann"), pair("Cid", "Ann"), pair("Dee", "Bob")]).await;
    let top = from::<OwnerRow>()
        .left_join_as(boss)
        .on(OwnerRow::BOSS.eq_expr(boss.column(OwnerRow::ID)))
        .filter(boss.column(OwnerRow::ID).is_null())
        .select(row::<OwnerRow>());
    lot.gives("left alias", top, vec![owners().remove(0)]).await;
    let rows = from::<OwnerRow>()
        .left_join_as(boss)
        .on(OwnerRow::BOSS.eq_expr(boss.column(OwnerRow::ID)))
        .order_by(OwnerRow::ID.asc())
        .limit(2)
        .select((OwnerRow::ID, boss.row().nullable()));
    lot.gives("alias rows", rows, vec![(1, None), (2, Some(owners().remove(0)))]).await;
    let nobody = from::<OwnerRow>().filter(boss.column(OwnerRow::ID).eq(1)).select(OwnerRow::ID);
    let error = nobody.at(&lot.database).all().await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("owners under the name boss"), "{error}");
}
