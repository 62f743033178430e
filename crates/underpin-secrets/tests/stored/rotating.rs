//! A rotation from its beginning to its end, and how it refuses.

use std::time::Instant;

use underpin_secrets::{KeyRing, Rotation, Step, StoredColumn, Usage};

use crate::scratch::Scratch;
use crate::table::{
    NOTES, TOKENS, fill_notes, fill_tokens, notes, opened_notes, opened_tokens, plain, tokens,
};

#[tokio::test]
async fn every_row_comes_under_the_primary_key_and_keeps_its_value() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        scratch.script(NOTES).await;
        let old = KeyRing::generate().unwrap();
        fill_tokens(&scratch, &old, 0..107).await;
        fill_notes(&scratch, &old, 0..107).await;
        let active = old.with_new_key().unwrap();
        // An active key encrypts nothing: there is nothing to rotate.
        let mut place = scratch.place();
        let report = Rotation::new(&active).run(&mut place, &tokens(), |_| {}).await.unwrap();
        assert_eq!((report.read, report.written), (0, 0));

        let new = active.promote(2).unwrap();
        fill_tokens(&scratch, &new, 107..110).await;
        let rotation = Rotation::new(&new).batch(10);
        let report = rotation.clone().dry_run(true).run(&mut place, &tokens(), |_| {}).await.unwrap();
        assert_eq!((report.read, report.written), (107, 107));
        assert_eq!(Usage::count(&mut place, &tokens()).await.unwrap().rows_of(1), 107);

        let mut steps = Vec::new();
        let report = rotation
            .run(&mut place, &tokens(), |progress| {
                assert_eq!(progress.total, 107);
                steps.push((progress.step, progress.report.read, progress.report.written));
            })
            .await
            .unwrap();
        assert_eq!((report.read, report.written, report.overtaken, report.refused), (107, 107, 0, 0));
        assert_eq!(steps.len(), 22);
        assert_eq!(steps[2..4], [(Step::Read, 20, 10), (Step::Written, 20, 20)]);
        let report = rotation.run(&mut place, &notes(), |_| {}).await.unwrap();
        assert_eq!((report.read, report.written, report.refused), (97, 97, 0), "{report:?}");

        for (column, rows, empty) in [(tokens(), 110, 0), (notes(), 97, 10)] {
            let usage = Usage::count(&mut place, &column).await.unwrap();
            assert_eq!((usage.rows_of(1), usage.rows_of(2), usage.empty, usage.other), (0, rows, empty, 0));
        }
        let expected = |numbers: &mut dyn Iterator<Item = usize>| -> Vec<(usize, String)> {
            numbers.map(|number| (number, plain(number))).collect()
        };
        assert_eq!(opened_tokens(&scratch, &new).await, expected(&mut (0..110)));
        assert_eq!(opened_notes(&scratch, &new).await, expected(&mut (0..107).filter(|n| n % 10 != 9)));
        // Again there is nothing to do.
        let report = rotation.run(&mut place, &tokens(), |_| {}).await.unwrap();
        assert_eq!((report.read, report.written), (0, 0));
    }
}

#[tokio::test]
async fn rows_that_cannot_be_decrypted_are_left_alone_and_named() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        let old = KeyRing::generate().unwrap();
        fill_tokens(&scratch, &old, 0..30).await;
        let new = old.with_new_key().unwrap().promote(2).unwrap();
        scratch.script("UPDATE tokens SET value = 'plain text' WHERE id = 3").await;
        scratch.script("UPDATE tokens SET owner = 'user_9' WHERE id = 4").await;
        let mut place = scratch.place();
        let report = Rotation::new(&new).batch(7).run(&mut place, &tokens(), |_| {}).await.unwrap();
        assert_eq!((report.read, report.written, report.refused), (30, 28, 2));
        assert_eq!(report.first_refused[0].key, "id = 3");
        assert_eq!(report.first_refused[0].reason, "the value is no envelope: it has fewer than 34 bytes");
        assert_eq!(report.first_refused[1].key, "id = 4");
        let usage = Usage::count(&mut place, &tokens()).await.unwrap();
        assert_eq!((usage.rows_of(1), usage.rows_of(2), usage.other), (1, 28, 1));
    }
}

#[tokio::test]
async fn a_wrong_context_ends_it_before_anything_is_written() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        let old = KeyRing::generate().unwrap();
        fill_tokens(&scratch, &old, 0..300).await;
        let new = old.with_new_key().unwrap().promote(2).unwrap();
        let mut place = scratch.place();
        let wrong = tokens().with_context("secrets.tokens");
        let error = Rotation::new(&new).batch(50).run(&mut place, &wrong, |_| {}).await.unwrap_err();
        assert!(error.is_stored(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "none of the first 100 rows of tokens.value can be decrypted: key 1 does not authenticate the value in this place"
        );
        assert_eq!(Usage::count(&mut place, &tokens()).await.unwrap().rows_of(1), 300);
    }
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        scratch.script(NOTES).await;
        scratch.script("CREATE TABLE keyless (value text)").await;
        let ring = KeyRing::generate().unwrap();
        let mut place = scratch.place();
        for (column, what, hint) in [
            (StoredColumn::new("tokenz", "value"), "the database has no table tokenz", "newest revision"),
            (
                StoredColumn::new("tokens", "valeu"),
                "the table tokens has no column valeu",
                "its columns are id, owner, kind, value",
            ),
            (tokens().bound_to(["user"]), "the table tokens has no column user", "its columns are"),
            (
                StoredColumn::new("tokens", "id"),
                "tokens.id is of type integer, which holds no encrypted values",
                "BYTEA",
            ),
            (StoredColumn::new("keyless", "value"), "the table keyless has no primary key", "give it one"),
            (
                notes().bound_to([""; 0]),
                "the primary key of no\"tes has 2 columns",
                "say to which columns a value is bound",
            ),
        ] {
            let rotated = Rotation::new(&ring).run(&mut place, &column, |_| {}).await.unwrap_err();
            let counted = Usage::count(&mut place, &column).await.unwrap_err();
            for error in [rotated, counted] {
                assert!(error.is_stored() && error.to_string() == what, "{error:?}");
                assert!(error.hint().unwrap().contains(hint), "{error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_rate_makes_smaller_batches_and_pauses() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        let old = KeyRing::generate().unwrap();
        fill_tokens(&scratch, &old, 0..60).await;
        let new = old.with_new_key().unwrap().promote(2).unwrap();
        let (begun, mut batches) = (Instant::now(), 0);
        let rotation = Rotation::new(&new).rate(200);
        let report = rotation
            .run(&mut scratch.place(), &tokens(), |progress| {
                batches += u32::from(progress.step == Step::Written)
            })
            .await
            .unwrap();
        assert_eq!((report.written, batches), (60, 2));
        assert!(begun.elapsed().as_millis() >= 300, "60 rows at 200 a second take 300 ms at least");
    }
}

#[tokio::test]
async fn long_values_make_small_batches() {
    for scratch in Scratch::each().await {
        scratch.script("CREATE TABLE files (id integer PRIMARY KEY, body BYTES)").await;
        let old = KeyRing::generate().unwrap();
        let cipher = old.cipher("files.body").unwrap();
        // Rows of 3 MiB: the third is read, for the two before it have less than 8 MiB; the fourth is not.
        let filler = vec![0x5a; 3 << 20];
        for id in 0..7 {
            let sealed: String =
                cipher.seal(&id.to_string(), &filler).unwrap().iter().map(|b| format!("{b:02x}")).collect();
            let literal =
                if scratch.is_postgres() { format!("'\\x{sealed}'") } else { format!("x'{sealed}'") };
            scratch.script(&format!("INSERT INTO files VALUES ({id}, {literal})")).await;
        }
        let new = old.with_new_key().unwrap().promote(2).unwrap();
        let mut read = Vec::new();
        let column = StoredColumn::new("files", "body");
        let report = Rotation::new(&new)
            .run(&mut scratch.place(), &column, |progress| {
                if progress.step == Step::Read {
                    read.push(progress.report.read);
                }
            })
            .await
            .unwrap();
        assert_eq!((report.written, read), (7, vec![3, 6, 7]));
    }
}
