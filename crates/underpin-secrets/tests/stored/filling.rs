//! A backfill in a process of its own, which is killed at each step and at any moment: nothing is lost, and nothing done twice.

use std::time::Duration;

use underpin_secrets::{Backfill, KeyRing, Rotation, Usage};
use underpin_sql::driver::{Access, TransactionOptions};

use crate::child::{BATCH, ROWS, SESSION, STEPS, Work, Working};
use crate::scratch::{Scratch, connect};
use crate::table::{VISITS, fill_visits, plain, stored_visits, visits};

/// Rows that have a plain value: those of the child's steps, and as many without one as come with them.
const ALL: usize = ROWS / 9 * 10 + ROWS % 9;

async fn prepared(scratch: &Scratch) -> KeyRing {
    scratch.script(VISITS).await;
    fill_visits(scratch, 0..ALL).await;
    KeyRing::generate().unwrap()
}

/// Every plain value is where it was, and every envelope holds it; gives the envelopes.
async fn nothing_is_lost(scratch: &Scratch, ring: &KeyRing) -> Vec<(usize, String)> {
    let stored = stored_visits(scratch).await;
    assert_eq!(stored.iter().map(|visit| visit.number).collect::<Vec<_>>(), (0..ALL).collect::<Vec<_>>());
    let mut sealed = Vec::new();
    for visit in stored {
        let expected = if visit.number % 10 == 9 { String::new() } else { plain(visit.number) };
        assert_eq!(visit.note, expected);
        if let Some(opened) = visit.opened(ring) {
            assert_eq!(opened, expected);
            sealed.push((visit.number, visit.sealed));
        }
    }
    sealed
}

/// A run to the end writes the rest alone: what was encrypted before keeps its envelope.
async fn the_rest_is_done(scratch: &Scratch, ring: &KeyRing, before: &[(usize, String)]) {
    let report = Backfill::new(ring).run(&mut scratch.place(), &visits(), |_| {}).await.unwrap();
    let rest = (ROWS - before.len()) as u64;
    assert_eq!((report.read, report.written, report.overtaken, report.refused), (rest, rest, 0, 0));
    let after = nothing_is_lost(scratch, ring).await;
    assert_eq!(after.len(), ROWS);
    assert!(before.iter().all(|row| after.contains(row)), "a row was encrypted twice");
}

#[tokio::test]
async fn killed_at_each_step_another_run_does_the_rest_and_no_more() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        for steps in 1..=STEPS {
            scratch.script("UPDATE visits SET sealed = NULL").await;
            let mut working = Working::begin(Work::Fill, &scratch, &ring, false);
            for step in 1..=steps {
                assert_eq!(working.told().unwrap(), ["step read", "step written"][(step + 1) % 2]);
                if step < steps {
                    working.go_on();
                }
            }
            working.kill();
            let before = nothing_is_lost(&scratch, &ring).await;
            assert_eq!(before.len(), steps / 2 * BATCH);
            the_rest_is_done(&scratch, &ring, &before).await;
        }
    }
}

#[tokio::test]
async fn killed_at_any_moment_no_row_is_lost_or_done_twice() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        let mut before = Vec::new();
        for round in 0..12_u64 {
            let mut working = Working::begin(Work::Fill, &scratch, &ring, true);
            let _ = working.told();
            std::thread::sleep(Duration::from_micros(round * 700));
            working.kill();
            let after = settled(&scratch, &ring).await;
            assert!(before.iter().all(|row| after.contains(row)), "a row was encrypted twice");
            assert_eq!(after.len() % BATCH, 0);
            if after.len() == ROWS {
                scratch.script("UPDATE visits SET sealed = NULL").await;
                before.clear();
            } else {
                before = after;
            }
        }
        let told = Working::begin(Work::Fill, &scratch, &ring, true).end();
        assert_eq!(told.unwrap(), format!("done {}", ROWS - before.len()));
        the_rest_is_done(&scratch, &ring, &nothing_is_lost(&scratch, &ring).await).await;
    }
}

#[tokio::test]
async fn when_the_plain_column_has_gone_only_a_backfill_misses_it() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        let mut place = scratch.place();
        Backfill::new(&ring).run(&mut place, &visits(), |_| {}).await.unwrap();
        scratch.script("ALTER TABLE visits DROP COLUMN note").await;
        let new = ring.with_new_key().unwrap().promote(2).unwrap();
        let report = Rotation::new(&new).run(&mut place, &visits(), |_| {}).await.unwrap();
        assert_eq!((report.written, report.refused), (ROWS as u64, 0));
        assert_eq!(Usage::count(&mut place, &visits()).await.unwrap().rows_of(2), ROWS as u64);
        let error = Backfill::new(&new).run(&mut place, &visits(), |_| {}).await.unwrap_err();
        assert_eq!(error.to_string(), "the table visits has no column note");
    }
}

/// What is there when the server is done with what the killed process had sent.
async fn settled(scratch: &Scratch, ring: &KeyRing) -> Vec<(usize, String)> {
    if scratch.is_postgres() {
        // It closes a session when it has done what was sent there, whether it had begun with it or not.
        let sessions = format!(
            "SELECT '1' FROM pg_stat_activity WHERE application_name = '{SESSION}' AND datname = current_database()"
        );
        while !scratch.rows(&sessions).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    nothing_is_lost(scratch, ring).await
}

#[tokio::test]
async fn killed_while_its_write_waits_for_somebody_the_batch_is_whole_or_not_there() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        let mut holder = connect(&scratch.url).await.acquire(Access::Write).await.unwrap();
        holder.begin(TransactionOptions::new());
        // Who holds the row writes another value into it, which must be the one that is encrypted at the end.
        holder.script("UPDATE visits SET note = 'overtaken' WHERE id = 3").await.unwrap();
        let mut working = Working::begin(Work::Fill, &scratch, &ring, false);
        assert_eq!(working.told().unwrap(), "step read");
        working.go_on();
        tokio::time::sleep(Duration::from_millis(150)).await;
        working.kill();
        holder.commit().await.unwrap();
        drop(holder);
        let report = Backfill::new(&ring).run(&mut scratch.place(), &visits(), |_| {}).await.unwrap();
        assert_eq!(report.refused, 0);
        let stored = stored_visits(&scratch).await;
        assert_eq!(stored[3].opened(&ring).unwrap(), "overtaken");
        for visit in stored.iter().filter(|visit| visit.number % 10 != 9) {
            assert_eq!(visit.opened(&ring).as_deref(), Some(visit.note.as_str()));
        }
    }
}
