//! Pages by cursor.

use std::str::FromStr;

use underpin::query::Cursor;

use crate::lot::{Asked, Car, CarRow};

/// Every row once, whatever the order, ties and NULLs.
pub async fn pages(lot: &Asked) {
    let query = || lot.database.select::<Car>();
    for size in [1, 2, 3, 5, 6] {
        let mut orders = Vec::new();
        for nullable in [CarRow::MILEAGE.asc(), CarRow::MILEAGE.desc(), CarRow::MILEAGE.asc().nulls_first()] {
            orders.push(vec![nullable.clone()]);
            orders.push(vec![CarRow::SOLD.desc(), nullable.clone()]);
            orders.push(vec![nullable, CarRow::PRICE.desc()]);
        }
        orders.push(vec![CarRow::PRICE.asc()]);
        orders.push(vec![CarRow::SOLD.asc(), CarRow::MAKE.asc()]);
        orders.push(vec![CarRow::MAKE.desc(), CarRow::ID.desc()]);
        orders.push(vec![CarRow::LISTED.asc(), CarRow::DAY.desc()]);
        orders.push(vec![CarRow::RATING.desc()]);
        orders.push(Vec::new());
        for order in orders {
            let mut keys = order.clone();
            keys.push(CarRow::ID.asc());
            let all: Vec<Car> = query().order_by(keys).all().await.unwrap();
            let mut seen = Vec::new();
            let mut after: Option<Cursor> = None;
            loop {
                let page = query().order_by(order.clone()).page(size, after.as_ref()).await.unwrap();
                assert!(page.items.len() <= size as usize);
                seen.extend(page.items);
                // Through its text, as through a link.
                after = page.next.map(|next| Cursor::from_str(&next.to_string()).unwrap());
                if after.is_none() {
                    break;
                }
                assert!(seen.len() <= all.len(), "{order:?} never ends");
            }
            assert_eq!(seen, all, "{order:?} by {size}");
        }
    }
    let tuples =
        || lot.database.query((CarRow::MAKE, CarRow::ID)).from::<CarRow>().order_by(CarRow::MAKE.asc());
    let first = tuples().page(2, None).await.unwrap();
    assert_eq!(first.items, [("Audi".to_owned(), 1), ("Audi".to_owned(), 2)]);
    let second = tuples().page(2, first.next.as_ref()).await.unwrap();
    assert_eq!(second.items[0], ("BMW".to_owned(), 3));
    // A cursor of another order, and what is none, are refused.
    let cursor = first.next.unwrap();
    let foreign = query().order_by(CarRow::YEAR.asc()).page(2, Some(&cursor)).await.unwrap_err();
    assert!(foreign.is_cursor() && foreign.to_string().contains("cursor"), "{foreign}");
    for hostile in ["x", "0", "zz", "'; DROP TABLE cars", &cursor.to_string()[2..], &format!("{cursor}00")] {
        let refused = match Cursor::from_str(hostile) {
            Ok(cursor) => tuples().page(2, Some(&cursor)).await.map(drop),
            Err(error) => Err(error),
        };
        assert!(refused.unwrap_err().is_cursor(), "{hostile}");
    }
    assert!(!format!("{cursor:?}").contains(&cursor.to_string()));
    let grouped = lot.database.query(CarRow::MAKE).from::<CarRow>().group_by(CarRow::MAKE);
    assert!(grouped.page(2, None).await.unwrap_err().is_usage());
}
