//! Whatever goes wrong while plain values are encrypted: logs at trace level, errors, `Debug` and panics show no value and no key.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

use underpin_secrets::{
    Backfill, KeyRing, Move, Padding, Report, Rotation, SecretsError, StoredColumn, Usage,
};

use crate::captured::Captured;
use crate::scratch::Scratch;

const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const PLAIN: &str = "hunter2-in-a-column";

/// A row that names itself, one whose name is missing, and one that the table refuses once it is encrypted.
const TABLE: &str = "CREATE TABLE visits (id integer PRIMARY KEY, owner text, note text, sealed BYTES, \
    CHECK (sealed IS NULL OR owner <> 'refused'))";

impl Captured {
    /// Says everything that can be said of how it went, and panics with it too.
    fn say(&mut self, went: Result<Report, SecretsError>) {
        writeln!(self, "{went:?} {went:#?}").unwrap();
        if let Err(error) = &went {
            let mut cause: Option<&dyn std::error::Error> = Some(error);
            while let Some(error) = cause {
                writeln!(self, "{error} {error:?}").unwrap();
                cause = error.source();
            }
            writeln!(self, "{:?} {:?}", error.reason(), error.hint()).unwrap();
        }
        let hook = self.clone();
        set_hook(Box::new(move |info| writeln!(hook.clone(), "{info}").unwrap()));
        let _ = catch_unwind(AssertUnwindSafe(|| drop(went.expect("a backfill"))));
        drop(take_hook());
    }
}

fn visits() -> StoredColumn {
    let column = StoredColumn::new("visits", "sealed").with_context("visits.note").bound_to(["owner"]);
    column.moved_from("note").padded(Padding::To32)
}

async fn backfill(scratch: &Scratch, ring: &KeyRing, said: &mut Captured) {
    scratch.script(TABLE).await;
    let mut place = scratch.place();
    let run = Backfill::new(ring);
    writeln!(said, "{run:?} {:?} {place:?}", visits()).unwrap();
    scratch.script(&format!("INSERT INTO visits (id, owner, note) VALUES (1, 'ana', '{PLAIN}')")).await;
    scratch.script(&format!("INSERT INTO visits (id, owner, note) VALUES (2, NULL, '{PLAIN}')")).await;
    let mut progressed = said.clone();
    let report =
        run.run(&mut place, &visits(), |progress| writeln!(progressed, "{progress:?}").unwrap()).await;
    let report = report.unwrap();
    assert_eq!((report.written, report.refused), (1, 1), "{report:?}");
    said.say(Ok(report));

    // The database quotes the row that it refuses.
    scratch.script(&format!("INSERT INTO visits (id, owner, note) VALUES (3, 'refused', '{PLAIN}')")).await;
    let refused = run.run(&mut place, &visits(), |_| {}).await;
    assert!(refused.is_err());
    said.say(refused);
    scratch.script("DELETE FROM visits WHERE id = 3").await;

    // A trigger that does the same in its own words would be somebody else's; a key that is used up is ours.
    scratch.script(&format!("INSERT INTO visits (id, owner, note) VALUES (4, 'eva', '{PLAIN}')")).await;
    let spent = KeyRing::parse(&ring.expose().expose().clone()).unwrap();
    spent.cipher("visits.note").unwrap().count_others(u64::MAX);
    let exhausted = Backfill::new(&spent).run(&mut place, &visits(), |_| {}).await;
    assert!(exhausted.as_ref().unwrap_err().is_exhausted());
    said.say(exhausted);

    for wrong in
        [StoredColumn::new("visits", "sealed"), visits().moved_from("notes"), visits().bound_to(["own"])]
    {
        let went = run.run(&mut place, &wrong, |_| {}).await;
        assert!(went.is_err());
        said.say(went);
    }
    let new = ring.with_new_key().unwrap().promote(2).unwrap();
    let misnamed = visits().with_context("visits.notes");
    said.say(Rotation::new(&new).run(&mut place, &misnamed, |_| {}).await);
    said.say(Rotation::new(&new).run(&mut place, &visits(), |_| {}).await);
    let usage = Usage::count(&mut place, &visits()).await.unwrap();
    writeln!(said, "{usage:?} {new:?}").unwrap();
    let moved = Move::of(&mut place, &StoredColumn::new("visits", "other").moved_from("note")).await.unwrap();
    writeln!(said, "{moved:?} {:?}", moved.revisions()).unwrap();
}

#[tokio::test]
async fn nothing_that_is_said_of_a_backfill_shows_anything() {
    let mut said = Captured::default();
    let log = said.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
    // For all threads: SQLite has one of its own.
    let _ = tracing::subscriber::set_global_default(
        subscriber.with_writer(move || log.clone()).with_ansi(false).finish(),
    );
    let ring = KeyRing::parse(&format!("1:primary:{KEY}")).unwrap();
    for scratch in Scratch::each().await {
        backfill(&scratch, &ring, &mut said).await;
    }
    let said = String::from_utf8(said.0.lock().unwrap().clone()).unwrap();
    for expected in
        ["what names the row is NULL", "a backfill", "breaks a rule of the table", "DEBUG underpin::sql"]
    {
        assert!(said.contains(expected), "{expected} is missing in\n{said}");
    }
    let hex: String = PLAIN.bytes().map(|byte| format!("{byte:02x}")).collect();
    for hidden in ["hunter2", "MDEy", "0123456789", &hex, &hex.to_uppercase(), "104, 117, 110, 116"] {
        assert!(!said.contains(hidden), "{hidden} in\n{said}");
    }
}
