//! The same looks at the store in memory, which evaluates no function of SQL: what it gives in order, the domain sifts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use catalog_domain::{Car, CatalogFilters, MakeStatistics};
use underpin::{Reads, Result};

use crate::Db;
use crate::look::{Part, order};

/// The cars that fit, in their order.
pub(crate) async fn cars<R: Reads<Db>>(reader: R, filters: &CatalogFilters, part: Part) -> Result<Vec<Car>> {
    let all = reader.select::<Car>().order_by(order()).all().await?.into_iter();
    let is_behind = |car: &Car| part.after.is_none_or(|place| (car.price, car.id) > place);
    let fitting = all.filter(|car| is_behind(car) && filters.fits(car));
    let offset = usize::try_from(part.offset).unwrap_or(usize::MAX);
    Ok(fitting.skip(offset).take(part.limit.into()).collect())
}

/// What the cars of each make cost, in the order of the makes.
pub(crate) async fn statistics<R: Reads<Db>>(reader: R) -> Result<Vec<MakeStatistics>> {
    let mut makes = BTreeMap::new();
    for Car { make, price, .. } in reader.select::<Car>().all().await? {
        match makes.entry(make.clone()) {
            Entry::Vacant(place) => drop(place.insert(MakeStatistics::of_one(make, price))),
            Entry::Occupied(mut place) => {
                let before: MakeStatistics = place.get().clone();
                place.insert(before.with(price));
            }
        }
    }
    Ok(makes.into_values().collect())
}
