//! A rotation beside those who write and read the same rows.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use underpin_secrets::{KeyRing, Rotation, Usage};
use underpin_sql::driver::Access;

use crate::scratch::Scratch;
use crate::table::{TOKENS, fill_tokens, opened_tokens, plain, sealed_token, tokens};

const ROWS: usize = 400;

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn nothing_that_is_written_meanwhile_is_lost() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        let old = KeyRing::generate().unwrap();
        fill_tokens(&scratch, &old, 0..ROWS).await;
        // A rolling deploy: one writer has the new primary key, one only reads it yet.
        let active = old.with_new_key().unwrap();
        let new = active.promote(2).unwrap();
        let scratch = Arc::new(scratch);
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = [(0, active.clone()), (1, new.clone())]
            .into_iter()
            .map(|(turn, ring)| tokio::spawn(write(Arc::clone(&scratch), ring, turn, Arc::clone(&stop))))
            .collect();
        let reader = tokio::spawn(read(Arc::clone(&scratch), active.clone(), Arc::clone(&stop)));
        let mut place = scratch.place();
        let mut overtaken = 0;
        for _ in 0..5 {
            let rotation = Rotation::new(&new).batch(25).rate(4000);
            let report = rotation.run(&mut place, &tokens(), |_| {}).await.unwrap();
            overtaken += report.overtaken;
            assert_eq!(report.refused, 0, "{report:?}");
        }
        stop.store(true, Ordering::Relaxed);
        let mut last: BTreeMap<usize, String> = (0..ROWS).map(|number| (number, plain(number))).collect();
        let mut written = 0;
        for writer in writers {
            for (number, value) in writer.await.unwrap() {
                last.insert(number, value);
                written += 1;
            }
        }
        let read = reader.await.unwrap();
        assert!(written > 0 && read > 0, "{written} {read} {overtaken}");
        // The old process has gone: what it wrote last comes under the new key too.
        Rotation::new(&new).run(&mut place, &tokens(), |_| {}).await.unwrap();
        assert_eq!(opened_tokens(&scratch, &new).await, last.into_iter().collect::<Vec<_>>());
        assert_eq!(Usage::count(&mut place, &tokens()).await.unwrap().rows_of(1), 0);
    }
}

/// Writes rows of its own parity again and again; gives the last value of each.
async fn write(
    scratch: Arc<Scratch>,
    ring: KeyRing,
    turn: usize,
    stop: Arc<AtomicBool>,
) -> BTreeMap<usize, String> {
    let cipher = ring.cipher("secrets.token").unwrap();
    let mut last = BTreeMap::new();
    let mut round = 0;
    while !stop.load(Ordering::Relaxed) {
        round += 1;
        let number = (round * 7 % (ROWS / 2)) * 2 + turn;
        let value = format!("written {round} by {turn}");
        let sealed = sealed_token(&cipher, number, &value);
        let mut connection = scratch.driver.acquire(Access::Write).await.unwrap();
        let sql = if scratch.is_postgres() {
            "UPDATE tokens SET value = $1 WHERE id = CAST($2 AS integer)"
        } else {
            "UPDATE tokens SET value = ?1 WHERE id = CAST(?2 AS INTEGER)"
        };
        connection.texts(sql, &[Some(&sealed), Some(&number.to_string())]).await.unwrap();
        last.insert(number, value);
        tokio::task::yield_now().await;
    }
    last
}

/// Reads all rows again and again: each decrypts whenever it is looked at, with either ring.
async fn read(scratch: Arc<Scratch>, ring: KeyRing, stop: Arc<AtomicBool>) -> usize {
    let mut rounds = 0;
    while !stop.load(Ordering::Relaxed) {
        assert_eq!(opened_tokens(&scratch, &ring).await.len(), ROWS);
        rounds += 1;
    }
    rounds
}
