//! A rotation in a process of its own, which is killed at each step, in the middle of a batch, and at any moment.

use std::time::Duration;

use underpin_secrets::{KeyRing, Rotation, Usage};
use underpin_sql::driver::{Access, TransactionOptions};

use crate::child::{BATCH, ROWS, STEPS, Work, Working};
use crate::scratch::{Scratch, connect};
use crate::table::{TOKENS, fill_tokens, opened_tokens, plain, tokens};

async fn prepared(scratch: &Scratch) -> KeyRing {
    scratch.script(TOKENS).await;
    let old = KeyRing::generate().unwrap();
    fill_tokens(scratch, &old, 0..ROWS).await;
    old.with_new_key().unwrap().promote(2).unwrap()
}

async fn nothing_is_lost(scratch: &Scratch, ring: &KeyRing) -> u64 {
    let expected: Vec<(usize, String)> = (0..ROWS).map(|number| (number, plain(number))).collect();
    assert_eq!(opened_tokens(scratch, ring).await, expected);
    let usage = Usage::count(&mut scratch.place(), &tokens()).await.unwrap();
    assert_eq!(usage.rows_of(1) + usage.rows_of(2), ROWS as u64);
    usage.rows_of(2)
}

#[tokio::test]
async fn killed_at_each_step_it_goes_on_where_it_was() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        let mut written = 0;
        // Each process comes one step further than nothing: its first batch is read, or written too.
        for kill in 0..STEPS {
            let mut rotating = Working::begin(Work::Rotate, &scratch, &ring, false);
            let steps = 1 + kill % 2;
            for step in 0..steps {
                let told = rotating.told().unwrap();
                assert_eq!(told, ["step read", "step written"][step]);
                if step + 1 < steps {
                    rotating.go_on();
                }
            }
            rotating.kill();
            written += if steps == 2 { BATCH as u64 } else { 0 };
            assert_eq!(nothing_is_lost(&scratch, &ring).await, written);
        }
        assert_eq!(written, ROWS as u64);
    }
}

#[tokio::test]
async fn killed_at_each_step_of_one_run_another_run_does_the_rest() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        for steps in 1..=STEPS {
            scratch.script("DELETE FROM tokens").await;
            let old = ring.promote(1).unwrap();
            fill_tokens(&scratch, &old, 0..ROWS).await;
            let mut rotating = Working::begin(Work::Rotate, &scratch, &ring, false);
            for step in 1..=steps {
                assert!(rotating.told().unwrap().starts_with("step"));
                if step < steps {
                    rotating.go_on();
                }
            }
            rotating.kill();
            let written = nothing_is_lost(&scratch, &ring).await;
            assert_eq!(written, (steps / 2 * BATCH) as u64);
            let report = Rotation::new(&ring).run(&mut scratch.place(), &tokens(), |_| {}).await.unwrap();
            assert_eq!((report.read, report.written), (ROWS as u64 - written, ROWS as u64 - written));
            assert_eq!(nothing_is_lost(&scratch, &ring).await, ROWS as u64);
        }
    }
}

#[tokio::test]
async fn killed_in_the_middle_of_a_write_the_batch_is_whole_or_not_there() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        for _ in 0..3 {
            // Somebody holds a row of the batch, so that the write has begun and cannot end.
            let mut holder = connect(&scratch.url).await.acquire(Access::Write).await.unwrap();
            holder.begin(TransactionOptions::new());
            let row = "UPDATE tokens SET kind = kind WHERE value NOT LIKE 'AQEAAAAC%'";
            holder.script(row).await.unwrap();
            let mut rotating = Working::begin(Work::Rotate, &scratch, &ring, false);
            assert_eq!(rotating.told().unwrap(), "step read");
            rotating.go_on();
            if scratch.is_postgres() {
                let waiting = "SELECT '1' FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
                    AND datname = current_database()";
                while scratch.rows(waiting).await.is_empty() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            } else {
                tokio::time::sleep(Duration::from_millis(150)).await;
            }
            rotating.kill();
            holder.rollback().await.unwrap();
            drop(holder);
            if scratch.is_postgres() {
                // The server may finish what it was sent, or not; it is done with it when it has closed the session.
                let sessions = "SELECT '1' FROM pg_stat_activity WHERE query LIKE 'UPDATE%tokens%RETURNING%' \
                    AND state = 'active' AND datname = current_database()";
                while !scratch.rows(sessions).await.is_empty() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
            assert_eq!(nothing_is_lost(&scratch, &ring).await % BATCH as u64, 0);
        }
        Rotation::new(&ring).run(&mut scratch.place(), &tokens(), |_| {}).await.unwrap();
        assert_eq!(nothing_is_lost(&scratch, &ring).await, ROWS as u64);
    }
}

#[tokio::test]
async fn killed_at_any_moment_no_row_is_lost() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        for round in 0..12_u64 {
            let mut rotating = Working::begin(Work::Rotate, &scratch, &ring, true);
            let _ = rotating.told();
            std::thread::sleep(Duration::from_micros(round * 700));
            rotating.kill();
            assert_eq!(nothing_is_lost(&scratch, &ring).await % BATCH as u64, 0);
        }
        let told = Working::begin(Work::Rotate, &scratch, &ring, true).end();
        assert!(told.unwrap().starts_with("done"));
        assert_eq!(nothing_is_lost(&scratch, &ring).await, ROWS as u64);
    }
}
