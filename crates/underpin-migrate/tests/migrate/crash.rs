//! A run is cut off before each change that it makes; the next one finishes it, and nothing tells the difference.

use underpin_migrate::{Destination, Runner};

use super::child;
use super::dying::{Death, Dying};
use super::mixed::{functions, mixed};
use super::place::{Places, on_postgres, on_sqlite};

/// Kills the process of an upgrade before every change that it makes.
async fn killed_on_the_way_up(places: Places) {
    let graph = mixed();
    let runner = Runner::new(&graph).functions(functions());
    let clean = places.fresh().await;
    runner.upgrade(&mut *clean.connect().await, &Destination::head()).await.unwrap();
    let expected = (clean.catalog().await, clean.journal().await);
    let mut killed = 0;
    loop {
        let place = places.fresh().await;
        let process = child::upgrade(&place, "mixed", Some(killed));
        let output = process.wait_with_output().unwrap();
        if output.status.success() {
            break;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), None, "killed, before change {killed}: {said}");
        runner
            .upgrade(&mut *place.connect().await, &Destination::head())
            .await
            .unwrap_or_else(|error| panic!("before change {killed}: {error:?}"));
        assert_eq!((place.catalog().await, place.journal().await), expected, "before change {killed}");
        killed += 1;
    }
    // Each of some thirty statements, what is written about it, and the commits.
    assert!(killed > 60, "{killed}");
}

#[tokio::test]
async fn on_postgres_an_upgrade_that_is_killed_anywhere_is_finished_by_the_next() {
    on_postgres("killed", killed_on_the_way_up).await;
}

#[tokio::test]
async fn on_sqlite_an_upgrade_that_is_killed_anywhere_is_finished_by_the_next() {
    on_sqlite(killed_on_the_way_up).await;
}

/// Cuts the connection of a downgrade before every change that it makes.
async fn cut_off_on_the_way_down(places: Places) {
    let graph = mixed();
    let runner = Runner::new(&graph).functions(functions());
    let expected = places.fresh().await.catalog().await;
    let mut cut = 0;
    loop {
        let place = places.fresh().await;
        runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
        let mut dying = Dying::new(place.connect().await, cut, Death::Drop);
        let outcome = runner.downgrade(&mut dying, &Destination::base()).await;
        if !dying.is_dead() {
            outcome.unwrap();
            break;
        }
        drop(dying);
        runner
            .downgrade(&mut *place.connect().await, &Destination::base())
            .await
            .unwrap_or_else(|error| panic!("before change {cut}: {error:?}"));
        assert_eq!(place.catalog().await, expected, "before change {cut}");
        assert_eq!(place.journal().await, "", "before change {cut}");
        cut += 1;
    }
    assert!(cut > 15, "{cut}");
}

#[tokio::test]
async fn on_postgres_a_downgrade_that_is_cut_off_anywhere_is_finished_by_the_next() {
    on_postgres("cut_off", cut_off_on_the_way_down).await;
}

#[tokio::test]
async fn on_sqlite_a_downgrade_that_is_cut_off_anywhere_is_finished_by_the_next() {
    on_sqlite(cut_off_on_the_way_down).await;
}
