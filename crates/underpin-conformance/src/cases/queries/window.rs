//! Window functions.

use rust_decimal::Decimal;
use underpin::query::{FrameEnd, count, dense_rank, from, ntile, rank, row_number, window};

use crate::lot::{Asked, CarRow};

/// Each window function.
pub async fn windows(lot: &Asked) {
    let all = || from::<CarRow>().order_by(CarRow::ID.asc());
    let by_make = || window().partition_by(CarRow::MAKE.lower()).order_by(CarRow::PRICE.asc());
    lot.gives("row_number", all().select(row_number().over(by_make())), vec![1, 2, 1, 2, 1]).await;
    let sold = || window().order_by(CarRow::SOLD.asc());
    lot.gives("rank", all().select(rank().over(sold())), vec![1, 4, 1, 4, 1]).await;
    lot.gives("dense_rank", all().select(dense_rank().over(sold())), vec![1, 2, 1, 2, 1]).await;
    lot.gives("ntile", all().select(ntile(2).over(window().order_by(CarRow::ID.asc()))), vec![1, 1, 1, 2, 2])
        .await;
    let by_id = || window().order_by(CarRow::ID.asc());
    lot.gives(
        "lag",
        all().select(CarRow::YEAR.lag(1).over(by_id())),
        vec![None, Some(2018), Some(2020), Some(2015), Some(2021)],
    )
    .await;
    lot.gives(
        "lead",
        all().select(CarRow::YEAR.lead(4).over(by_id())),
        vec![Some(2012), None, None, None, None],
    )
    .await;
    lot.gives("first", all().select(CarRow::MODEL.first_value().over(by_make())), {
        ["A4", "A4", "i3", "i3", "Octavia"].map(str::to_owned).to_vec()
    })
    .await;
    let to_end = by_id().rows(FrameEnd::Current, FrameEnd::Last);
    lot.gives("last", all().select(CarRow::ID.last_value().over(to_end)), vec![5, 5, 5, 5, 5]).await;
    lot.gives(
        "count over",
        all().select(count().over(window().partition_by(CarRow::MAKE))),
        vec![2, 2, 1, 1, 1],
    )
    .await;
    let running = by_id().rows(FrameEnd::Before(1), FrameEnd::Current);
    let sums = ["25000.50", "66000.50", "56999.99", "103999.99", "95000.00"];
    lot.gives("sum over rows", all().select(CarRow::PRICE.sum().over(running)), {
        sums.map(|sum| sum.parse::<Decimal>().unwrap()).to_vec()
    })
    .await;
}
