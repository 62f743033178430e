//! Eight processes are told at the same time to upgrade the same empty database.

use super::child;
use super::place::{Places, on_postgres, on_sqlite};

const ROUNDS: usize = 100;
const PROCESSES: usize = 8;

async fn each_revision_is_applied_once(places: Places) {
    for round in 0..ROUNDS {
        let place = places.fresh().await;
        let processes: Vec<_> = (0..PROCESSES).map(|_| child::upgrade(&place, "once", None)).collect();
        for process in processes {
            let output = process.wait_with_output().unwrap();
            assert!(output.status.success(), "round {round}: {}", String::from_utf8_lossy(&output.stderr));
        }
        // A second run of a revision fails, or inserts a second row.
        assert_eq!(
            place.column("SELECT what FROM log ORDER BY what").await,
            ["a", "b", "c"],
            "round {round}"
        );
        assert_eq!(place.journal().await.matches(" applied ").count(), 3, "round {round}");
    }
}

#[tokio::test]
async fn on_postgres_each_revision_is_applied_once() {
    on_postgres("processes", each_revision_is_applied_once).await;
}

#[tokio::test]
async fn on_sqlite_each_revision_is_applied_once() {
    on_sqlite(each_revision_is_applied_once).await;
}
