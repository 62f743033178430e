//! Queries for entities: joins for filtering, counting, one entity, locks.

use underpin::query::{exists, from};

use crate::lot::{Asked, Car, CarRow, OwnerRow};

/// Entities by what other tables say.
pub async fn entities(lot: &Asked) {
    let database = &lot.database;
    let of_ann = || {
        database
            .select::<Car>()
            .inner_join::<OwnerRow>()
            .on(CarRow::OWNER.eq_expr(OwnerRow::ID))
            .filter(OwnerRow::NAME.eq("Ann"))
            .order_by(CarRow::ID.asc())
    };
    let ids = |cars: Vec<Car>| cars.into_iter().map(|car| car.0.id).collect::<Vec<_>>();
    lot.show("entities", of_ann().as_select());
    assert_eq!(ids(of_ann().all().await.unwrap()), [1, 4]);
    assert_eq!(of_ann().count().await.unwrap(), 2);
    assert_eq!(of_ann().limit(1).count().await.unwrap(), 1);
    assert!(of_ann().exists().await.unwrap());
    assert!(!of_ann().filter(CarRow::YEAR.gt(2100)).exists().await.unwrap());
    assert_eq!(of_ann().filter(CarRow::ID.eq(4)).one().await.unwrap().0.model, "X5_100%");
    assert!(of_ann().one().await.unwrap_err().to_string().contains("several"));
    assert!(of_ann().filter(CarRow::ID.eq(2)).one().await.unwrap_err().to_string().contains("none"));
    let owner = from::<OwnerRow>().outer::<CarRow>().filter(OwnerRow::ID.eq_expr(CarRow::OWNER));
    let orphans = database.select::<Car>().filter(!exists(owner)).order_by(CarRow::ID.asc());
    assert_eq!(ids(orphans.all().await.unwrap()), [3, 5]);

    let mut uow = database.begin().await.unwrap();
    let locked = uow
        .select::<Car>()
        .inner_join::<OwnerRow>()
        .on(CarRow::OWNER.eq_expr(OwnerRow::ID))
        .filter(CarRow::ID.eq(1))
        .for_update();
    lot.show("locked", locked.as_select());
    let car = locked.one().await.unwrap();
    let again = uow.get::<Car>(1).await.unwrap().unwrap();
    assert_eq!(car, again);
    let pairs = uow.query((CarRow::ID, CarRow::YEAR)).from::<CarRow>().filter(CarRow::ID.lt(3));
    assert_eq!(pairs.order_by(CarRow::ID.asc()).all().await.unwrap(), [(1, 2018), (2, 2020)]);
    uow.rollback().await.unwrap();
    let mut checkout = database.checkout().await.unwrap();
    assert_eq!(checkout.query(CarRow::ID.max()).from::<CarRow>().one().await.unwrap(), 5);
    assert_eq!(checkout.select::<Car>().count().await.unwrap(), 5);
}

/// Tuples in portions, and an error of the caller's own.
pub async fn portions_of_tuples(lot: &Asked) {
    #[derive(Debug)]
    enum Own {
        Enough(i64),
        Storage,
    }
    impl From<underpin::Error> for Own {
        fn from(_: underpin::Error) -> Self {
            Self::Storage
        }
    }
    let query = || lot.database.query((CarRow::ID, CarRow::MAKE)).from::<CarRow>().order_by(CarRow::ID.asc());
    let mut seen = Vec::new();
    let all = query().portions(2, |cars| {
        seen.push(cars.len());
        Ok::<(), Own>(())
    });
    all.await.unwrap();
    assert_eq!(seen.iter().sum::<usize>(), 5);
    assert!(seen.iter().all(|portion| *portion <= 2), "{seen:?}");
    let stopped = query().portions(2, |cars| Err(Own::Enough(cars[0].0))).await;
    assert!(matches!(stopped, Err(Own::Enough(1))), "{stopped:?}");
    assert_eq!(query().all().await.unwrap().len(), 5);
}
